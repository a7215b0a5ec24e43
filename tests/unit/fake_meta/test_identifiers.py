"""Ids look like Meta's (meta-contract §0.3)."""

import base64
import random

from fake_meta.domain import identifiers
from fake_meta.domain.identifiers import Igid


def source() -> random.Random:
    return random.Random(7)


def test_a_mid_begins_as_observed() -> None:
    bits = source()
    account = identifiers.new_igid(bits)

    mid = identifiers.new_mid(bits, account, identifiers.new_thread_number(bits))

    assert mid.startswith("aWdfZAG1faXRlbToxO")


def test_a_mid_of_a_17_digit_account_has_164_characters() -> None:
    bits = source()
    account = identifiers.new_igid(bits)

    mid = identifiers.new_mid(bits, account, identifiers.new_thread_number(bits))

    assert (len(account), len(mid)) == (17, 164)


def test_a_mid_decodes_to_account_thread_and_item() -> None:
    bits = source()
    thread = identifiers.new_thread_number(bits)

    mid = identifiers.new_mid(bits, Igid("17841453247170088"), thread)

    plain = base64.b64decode(mid.replace("ZD", "=").replace("ZA", "Z")).decode()
    assert plain[:-35] == f"ig_dm_item:1:IGMessageID:17841453247170088:{thread}:"
    assert len(thread) == 39


def test_a_conversation_id_begins_as_observed() -> None:
    thread = identifiers.new_thread_number(source())

    assert identifiers.conversation_id(Igid("17841453247170088"), thread).startswith(
        "aWdfZAG06MTpJR01lc3NhZA2VUaHJlYWQ6"
    )


def test_an_igsid_is_never_mistaken_for_an_account() -> None:
    bits = source()

    igsids = {identifiers.new_igsid(bits) for _ in range(500)}

    assert len(igsids) == 500
    assert not [igsid for igsid in igsids if igsid.startswith("17841") or len(igsid) != 16]


def test_the_same_seed_draws_the_same_ids() -> None:
    assert identifiers.new_access_token(source()) == identifiers.new_access_token(source())


def test_a_trace_id_is_a_and_22_characters() -> None:
    trace_id = identifiers.new_trace_id(source())

    assert trace_id[0] == "A"
    assert len(trace_id) == 23
