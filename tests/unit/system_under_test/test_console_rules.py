"""Small rules: names, protocol numbers, errors, throttle, statuses, proofs."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from system_under_test.domain.conversations import protocol_number
from system_under_test.domain.customers import Customer, display_name
from system_under_test.domain.graph_errors import MOST_ATTEMPTS, Fate, judge, retry_delay_ms
from system_under_test.domain.medium import INSTAGRAM
from system_under_test.domain.signature import Proof, answer_challenge, check_signature
from system_under_test.domain.statuses import STATUSES, find_status, routable_ids
from system_under_test.domain.throttle import Attempts, after_failure, is_forgettable, wait_ms

IGSID = "3603717463085785"


@pytest.mark.parametrize(
    ("name", "username", "shown"),
    [
        ("Ana Silva", "ana.silva", "Ana Silva"),
        (None, "ana.silva", "ana.silva"),
        ("", "", "Instagram customer ·5785"),
    ],
)
def test_a_name_is_never_invented(name: str | None, username: str | None, shown: str) -> None:
    assert display_name(Customer(1, 1, IGSID, name, username), INSTAGRAM) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana\u202egnp.exe", "Anagnp.exe"),
        ("\u2066\u202e\u200b", "ana.silva"),
        ("Ana\r\nSet-Cookie: a", "Ana Set-Cookie: a"),
        ("a" + "\u0301" * 500 + "na", "a" + "\u0301" * 3 + "na"),
        ("x" * 10_000, "x" * 99 + "…"),
        ("नमस्ते مريم 👩‍👩‍👧", "नमस्ते مريم 👩‍👩‍👧"),
        ("<b>Ana</b>", "<b>Ana</b>"),
    ],
    ids=["turned", "nothing to see", "two lines", "stacked", "endless", "any script", "markup"],
)
def test_a_hostile_name_stays_in_its_line(name: str, shown: str) -> None:
    assert display_name(Customer(1, 1, IGSID, name, "ana.silva"), INSTAGRAM) == shown


def test_a_protocol_number_names_the_day() -> None:
    assert protocol_number(1_758_300_000_000, 42) == "20250919-000042"


@pytest.mark.parametrize(
    ("code", "subcode", "http", "fate"),
    [
        (2, None, 500, Fate.RETRY),
        (613, 2534040, 400, Fate.RETRY),
        (1, 1357046, 400, Fate.UNSURE),
        (1, None, 500, Fate.UNSURE),
        (10, 2534022, 400, Fate.PERMANENT),
        (190, 463, 400, Fate.PERMANENT),
        (4711, None, 400, Fate.PERMANENT),
        (4711, None, 503, Fate.RETRY),
        (None, None, 404, Fate.PERMANENT),
    ],
)
def test_an_error_is_judged_by_its_codes(
    code: int | None, subcode: int | None, http: int, fate: Fate
) -> None:
    assert judge(code, subcode, http, transient=False).fate is fate


def test_an_error_that_calls_itself_transient_is_tried_again() -> None:
    assert judge(4711, None, 400, transient=True).fate is Fate.RETRY


def test_retries_double_and_end() -> None:
    assert [retry_delay_ms(attempts) for attempts in (1, 2, 3)] == [500, 1000, 2000]
    assert retry_delay_ms(MOST_ATTEMPTS) is None


def failures(count: int, now_ms: int = 1000) -> Attempts:
    attempts = Attempts()
    for _ in range(count):
        attempts = after_failure(attempts, now_ms)
    return attempts


def test_the_fifth_failure_locks_for_thirty_seconds() -> None:
    assert wait_ms(failures(4), 1000) == 0
    assert wait_ms(failures(5), 1000) == 30_000
    assert wait_ms(failures(5), 31_000) == 0


def test_after_the_lock_counting_starts_afresh() -> None:
    again = after_failure(failures(5), 40_000)

    assert (again.failures, wait_ms(again, 40_000)) == (1, 0)


def test_old_failures_are_forgotten() -> None:
    assert after_failure(failures(4), 10_000_000).failures == 1
    assert is_forgettable(failures(5), 10_000_000)
    assert not is_forgettable(failures(5), 2000)


def test_operating_and_ready_receive_and_nothing_else() -> None:
    assert routable_ids(STATUSES) == {"operating", "ready"}
    assert find_status(STATUSES, "lunch") is None


def signature(body: bytes, kind: str = "sha256") -> str:
    return f"{kind}=" + hmac.new(b"secret", body, getattr(hashlib, kind)).hexdigest()


BODY = b'{"text":"ol\\u00e1 \\ud83d\\ude0a <&> \\/"}'


def test_a_signature_is_made_of_the_exact_bytes() -> None:
    headers = {"X-Hub-Signature-256": signature(BODY)}

    assert check_signature("secret", headers, BODY) is Proof.VALID
    assert check_signature("secret", headers, BODY + b"\n") is Proof.INVALID
    assert check_signature("other", headers, BODY) is Proof.INVALID


def test_a_wrong_new_signature_is_not_saved_by_a_right_old_one() -> None:
    headers = {"X-Hub-Signature-256": "sha256=é", "X-Hub-Signature": signature(BODY, "sha1")}

    assert check_signature("secret", headers, BODY) is Proof.INVALID


def test_the_old_signature_alone_is_known_as_such() -> None:
    headers = {"X-Hub-Signature": signature(BODY, "sha1")}

    assert check_signature("secret", headers, BODY) is Proof.VALID_SHA1_ONLY
    assert check_signature("secret", {}, BODY) is Proof.INVALID


@pytest.mark.parametrize(
    "wrong", [{"hub.mode": "unsubscribe"}, {"hub.verify_token": "x"}, {"hub.challenge": ""}]
)
def test_the_handshake_wants_mode_token_and_challenge(wrong: dict[str, str]) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "t", "hub.challenge": "42"}

    assert answer_challenge(query, "t") == "42"
    assert answer_challenge(query | wrong, "t") is None
