"""Every quirk of meta-contract §12: how it is met here, and which test has seen it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import Customer, Subscription
from fake_meta.domain.choices import ROWS
from fake_meta.domain.events import WebhookField
from fake_meta.faults import CATALOGUE
from fake_meta.faults.page import page
from fake_meta.faults.quirks import QUIRKS, Quirk
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

HERE = Path(__file__).parent
MOST = 36

# number of the quirk: file and test, without `test_`
PROOFS: dict[int, tuple[str, ...]] = {
    1: ("world::unsending_on_the_website_does_not", "choices_of_webhooks::web_unsend"),
    2: (
        "webhook_bytes::an_unsend_reuses_the_mid_and_carries_nothing_else",
        "webhook_faults::an_unsend_may_say_true_as_text",
    ),
    3: ("control_gestures::the_companys_unsend_is_a_deleted_echo",),
    4: ("webhook_faults::a_duplicate_has_the_same_mid",),
    5: (
        "fault_board::the_echo_comes_before_the_answer",
        "fault_board::an_echo_may_come_late",
        "control_gestures::what_the_company_writes_elsewhere_is_echoed",
    ),
    6: (
        "webhook_faults::concurrent_events_do_not_wait_for_each_other",
        "courier::messages_written_at_once_are_delivered_at_once",
    ),
    7: (
        "webhook_faults::a_delayed_event_is_overtaken",
        "webhook_faults::every_pair_changes_places_while_it_is_on",
        "courier::a_failed_delivery_is_tried_again_by_the_schedule",
    ),
    8: ("webhook_bytes::the_dashboards_test_has_two_envelopes",),
    9: ("webhook_faults::a_ghost_edit_names_the_message_and_nobody",),
    10: ("graph_api::a_profile_fault_has_its_error", "choices_of_reads::empty_profile"),
    11: (
        "wire_tolerance::demand_13_a_picture_can_be_loaded_until_it_expires",
        "world::a_story_is_over_after_a_day",
        "fault_board::media_may_be_missing",
    ),
    12: (
        "webhook_faults::a_story_mention_may_lack_its_address",
        "webhook_faults::a_bare_message_says_only_that_it_is_unsupported",
    ),
    13: (
        "webhook_bytes::text_is_escaped_as_meta_does",
        "webhook_faults::a_plain_body_is_signed_as_it_is_and_has_none_of_metas_escapes",
    ),
    14: (
        "webhook_bytes::both_signatures_are_over_the_exact_bytes",
        "webhook_faults::one_signature_comes_alone_and_is_right",
    ),
    15: (
        "login_calls::the_instagram_app_signs_for_accounts_it_subscribed",
        "webhook_faults::a_bad_signature_is_right_at_the_next_attempt",
    ),
    16: ("webhook_faults::an_oversized_body_is_well_formed_and_signed",),
    17: (
        "courier::an_hour_of_failure_disables_the_subscription",
        "choices_of_webhooks::resubscribe",
    ),
    18: (
        "choices_of_webhooks::the_answer_limit_is_how_long_the_transport_waits",
        "choices_of_webhooks::a_late_answer_earns_a_remark",
    ),
    19: ("graph_api::sending_from_the_instagram_id_is_refused",),
    20: (
        "missing_permissions::every_permission_has_its_row",
        "choices_of_errors::the_choice_decides_the_error",
        "fault_board::a_call_is_refused_and_not_made",
    ),
    21: ("sending::without_message_access_nothing_works_and_nobody_hears",),
    22: ("choices_of_errors::error_texts_have_a_language",),
    23: ("sending::a_passed_thread_is_heard_on_standby_only",),
    24: ("webhook_faults::a_bare_message_says_only_that_it_is_unsupported",),
    25: ("quirks::a_reaction_overtakes_its_message",),
    26: ("account_kinds::a_creator_is_heard_after_the_first_conversations_call",),
    27: (
        "fault_board::a_lost_response_hides_a_message_that_was_sent",
        "fault_board::a_cut_answer_promises_more_than_comes",
    ),
    28: (
        "conversations_api::only_the_newest_twenty_are_read_in_detail",
        "choices_of_reads::listed_messages",
    ),
    29: ("choices_of_reads::instagram_shapes",),
    30: (
        "webhook_faults::extra_fields_leave_the_message_as_it_is",
        "webhook_faults::an_unknown_event_takes_the_place_of_a_message",
    ),
    31: ("quirks::the_verification_comes_again",),
    32: ("login_dialog::instagram_appends_its_mark_to_the_code",),
    33: ("app_review::an_approval_takes_effect_later_when_told_so",),
    34: ("control_gestures::an_account_that_writes_to_itself_is_marked",),
    35: ("quirks::no_header_names_a_delivery",),
    36: (
        "webhook_faults::a_full_batch_goes_in_one_post",
        "webhook_faults::a_retry_takes_newer_events_along",
    ),
}


@cache
def named_in(file: str) -> dict[str, str]:
    """Name and text of every test of that file; none when there is no such file."""
    path = HERE / f"test_{file}.py"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    functions = (one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef))
    found = {one.name: one for one in functions if one.name.startswith("test_")}
    lines = text.splitlines()
    first = {
        name: min([one.lineno, *(d.lineno for d in one.decorator_list)])
        for name, one in found.items()
    }
    return {name: "\n".join(lines[first[name] - 1 : one.end_lineno]) for name, one in found.items()}


def text_of(proof: str) -> str | None:
    file, _, name = proof.partition("::")
    return named_in(file).get(f"test_{name}")


def test_every_quirk_is_in_both_tables() -> None:
    numbers = list(range(1, MOST + 1))

    assert [one.number for one in QUIRKS] == numbers
    assert list(PROOFS) == numbers


@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda one: str(one.number))
def test_a_quirk_is_met_by_what_there_is(quirk: Quirk) -> None:
    choices = set(re.findall(r"choice `(\w+)`", quirk.otherwise))

    assert quirk.faults or quirk.otherwise, f"nothing here meets quirk {quirk.number}: {quirk.text}"
    assert choices <= {row.name for row in ROWS}
    assert f"| {quirk.number} | {quirk.text} |" in page()


@pytest.mark.parametrize("number", PROOFS)
def test_a_quirk_is_proved_by_tests_that_are_there(number: int) -> None:
    missing = [proof for proof in PROOFS[number] if text_of(proof) is None]

    assert PROOFS[number]
    assert not missing, f"quirk {number} names tests that are not there"


@pytest.mark.parametrize(
    ("fault", "number"), [(one.name, number) for one in CATALOGUE for number in one.quirks]
)
def test_the_fault_of_a_quirk_is_switched_on_by_one_of_its_tests(fault: str, number: int) -> None:
    texts = [text_of(proof) or "" for proof in PROOFS[number]]

    assert any(f'"{fault}"' in text for text in texts), (
        f"no test of quirk {number} switches on {fault}"
    )


def test_no_header_names_a_delivery(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    """§2.3 in full: an app that counts on an id of the delivery finds none."""
    world.send_text(tester.username, "oi")

    assert set(transport.requests[0].headers) == {
        "Accept",
        "Accept-Encoding",
        "Content-Length",
        "Content-Type",
        "User-Agent",
        "X-Hub-Signature",
        "X-Hub-Signature-256",
    }


def test_a_reaction_overtakes_its_message(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    fields = tuple(str(field) for field in WebhookField)
    world.subscribe_app(Subscription("instagram", "http://app.example/webhook", "token", fields))
    client.post("/_control/faults", json={"name": "reorder", "event": "message", "times": 1})

    mid = world.send_text(tester.username, "oi").mid
    client.post(f"/_control/customers/{tester.username}/messages/{mid}/reaction", json={})

    first, second = transport.requests
    assert b'"reaction"' in first.body
    assert b'"text":"oi"' in second.body


def test_the_verification_comes_again(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    client.post("/_control/webhook/verify", json={})
    client.post("/_control/webhook/verify", json={})

    assert [one.method for one in transport.requests] == ["GET", "GET"]
    assert all("hub.verify_token=verify-me" in one.url for one in transport.requests)
