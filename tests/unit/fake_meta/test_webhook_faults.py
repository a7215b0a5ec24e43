"""Faults of deliveries, each switched on by the control API (meta-contract §2.7, §12)."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.courier import OutboundRequest
from fake_meta.domain import wire
from fake_meta.domain.accounts import Customer
from fake_meta.domain.signature import sign
from fake_meta.journal import Entry, Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

ON_PHONE = {"surface": "mobile"}


@pytest.fixture(autouse=True)
def standing_clock(emulator: Emulator, world: World) -> None:
    """Delays are over when the test moves the clock, not before."""
    emulator.parts.courier.freeze_clock()


def switch_on(client: FlaskClient, name: str, **wishes: Any) -> dict[str, Any]:
    answer = client.post("/_control/faults", json={"name": name, **wishes})
    assert answer.status_code == 201, answer.json
    assert answer.json is not None
    return dict(answer.json)


def items(request: OutboundRequest) -> list[dict[str, Any]]:
    entries = json.loads(request.body)["entry"]
    return [item for entry in entries for item in entry["messaging"]]


def texts(transport: HandTransport) -> list[str | None]:
    return [
        item.get("message", {}).get("text") for one in transport.requests for item in items(one)
    ]


def advance(emulator: Emulator, seconds: float) -> None:
    emulator.parts.courier.advance_clock(round(seconds * 1000))


def is_signed(request: OutboundRequest, secret: str, body: bytes | None = None) -> bool:
    digest = hmac.new(secret.encode(), request.body if body is None else body, hashlib.sha256)
    return request.headers.get("X-Hub-Signature-256") == "sha256=" + digest.hexdigest()


def test_a_duplicate_has_the_same_mid(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "duplicate", copies=3, times=1)

    message = world.send_text(tester.username, "once")
    world.send_text(tester.username, "more")

    mids = [items(one)[0]["message"]["mid"] for one in transport.requests]
    assert mids[:3] == [message.mid] * 3
    assert len(mids) == 4


def test_a_delayed_event_is_overtaken(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    switch_on(client, "delay", seconds=60, times=1)
    world.send_text(tester.username, "late")
    world.send_text(tester.username, "early")
    before = texts(transport)

    advance(emulator, 60)

    assert (before, texts(transport)) == (["early"], ["early", "late"])


def test_two_events_change_places(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "reorder", times=1)

    for text in ("one", "two", "three"):
        world.send_text(tester.username, text)

    assert texts(transport) == ["two", "one", "three"]


def test_every_pair_changes_places_while_it_is_on(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "reorder")

    for text in ("one", "two", "three", "four"):
        world.send_text(tester.username, text)

    assert texts(transport) == ["two", "one", "four", "three"]


def test_who_is_held_back_for_nobody_comes_after_a_while(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    switch_on(client, "reorder", within_s=30, times=1)
    world.send_text(tester.username, "alone")
    before = texts(transport)

    advance(emulator, 30)
    world.send_text(tester.username, "next")

    assert (before, texts(transport)) == ([], ["alone", "next"])


def test_an_unsend_may_overtake_its_message(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "reorder", event="message", times=1)
    message = world.send_text(tester.username, "gone")

    client.post(
        f"/_control/customers/{tester.username}/messages/{message.mid}/unsend", json=ON_PHONE
    )

    told = [items(one)[0]["message"] for one in transport.requests]
    assert [("is_deleted" in one, one["mid"]) for one in told] == [
        (True, message.mid),
        (False, message.mid),
    ]


def test_concurrent_events_do_not_wait_for_each_other(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "concurrent")
    transport.is_holding = True

    world.send_text(tester.username, "one")
    world.send_text(tester.username, "two")

    assert texts(transport) == ["one", "two"]


def test_a_dropped_event_is_journalled_with_the_fault(
    client: FlaskClient,
    world: World,
    tester: Customer,
    transport: HandTransport,
    journal: Journal,
) -> None:
    switch_on(client, "drop", times=1)

    message = world.send_text(tester.username, "never")

    (entry,) = journal.find(Query(mid=message.mid))
    assert (transport.requests, entry.kind, entry.faults) == ([], "webhook_not_sent", ("drop",))


def test_a_full_batch_goes_in_one_post(
    client: FlaskClient,
    world: World,
    tester: Customer,
    transport: HandTransport,
    journal: Journal,
) -> None:
    switch_on(client, "batch", size=3)

    sent = [world.send_text(tester.username, str(number)).mid for number in range(3)]

    (request,) = transport.requests
    (entry,) = json.loads(request.body)["entry"]
    (told,) = journal.find(Query(kind="webhook_delivery"))
    assert [item["message"]["mid"] for item in entry["messaging"]] == sent
    assert (told.mids, told.events) == (tuple(sent), ("message",) * 3)


def test_entries_of_a_batch_may_stand_apart(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "batch", size=2, form="entries")

    world.send_text(tester.username, "one")
    world.send_text(tester.username, "two")

    assert len(json.loads(transport.requests[0].body)["entry"]) == 2


def test_a_batch_that_stays_small_goes_in_the_end(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    switch_on(client, "batch", size=10, within_s=2)
    world.send_text(tester.username, "one")
    world.send_text(tester.username, "two")

    advance(emulator, 2)

    assert (len(transport.requests), texts(transport)) == (1, ["one", "two"])


def test_a_retry_takes_newer_events_along(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
    journal: Journal,
) -> None:
    switch_on(client, "retry_batch")
    transport.script(*[500] * 4)
    sent = [world.send_text(tester.username, "one").mid]
    advance(emulator, 1)
    sent += [world.send_text(tester.username, text).mid for text in ("two", "three")]
    failed = len(transport.requests)

    advance(emulator, 2)

    (together,) = transport.requests[failed:]
    assert {item["message"]["mid"] for item in items(together)} == set(sent)
    assert is_signed(together, world.app.secret)
    assert set(journal.find(Query(kind="webhook_delivery"))[-1].mids) == set(sent)
    assert emulator.parts.courier.pending_retries == 0


def test_a_retry_takes_along_no_more_than_it_may(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    switch_on(client, "retry_batch", size=2)
    transport.script(*[500] * 3)
    world.send_texts(tester.username, ["one", "two", "three"])

    advance(emulator, 1)

    assert [len(items(one)) for one in transport.requests[3:]] == [2, 1]
    assert sorted(map(str, texts(transport)[3:])) == ["one", "three", "two"]


def test_retries_of_two_companies_stay_apart(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    second = world.of(world.create_company().username)
    second.install_on_page(("messages",))
    switch_on(client, "retry_batch")
    transport.script(500, 500)
    world.send_text(tester.username, "one")
    second.send_text(tester.username, "two")

    advance(emulator, 1)

    assert texts(transport)[2:] == ["one", "two"]
    assert [len(items(one)) for one in transport.requests] == [1] * 4


def test_an_oversized_body_is_well_formed_and_signed(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "oversize", bytes=300_000)

    message = world.send_text(tester.username, "big")

    (request,) = transport.requests
    assert len(request.body) >= 300_000
    assert items(request)[0]["message"]["mid"] == message.mid
    assert is_signed(request, world.app.secret)


@pytest.mark.parametrize(
    ("name", "signed_by"),
    [("wrong_signature", None), ("unsigned", None), ("other_app_signature", "instagram")],
)
def test_a_bad_signature_is_right_at_the_next_attempt(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
    name: str,
    signed_by: str | None,
) -> None:
    switch_on(client, name, times=1)
    transport.script(401)
    world.send_text(tester.username, "forged?")

    advance(emulator, 5)

    first, second = transport.requests
    login = client.get("/_control/login").json
    assert login is not None
    other = login["instagram"]["client_secret"]
    assert not is_signed(first, world.app.secret)
    assert is_signed(first, other) is (signed_by is not None)
    assert is_signed(second, world.app.secret)


@pytest.mark.parametrize(
    ("kept", "names"),
    [("sha256", {"X-Hub-Signature-256"}), ("sha1", {"X-Hub-Signature"})],
)
def test_one_signature_comes_alone_and_is_right(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
    kept: str,
    names: set[str],
) -> None:
    switch_on(client, "one_signature", kept=kept, times=1)
    transport.script(500)
    world.send_text(tester.username, "one header")

    advance(emulator, 5)

    first, second = transport.requests
    signed = sign(world.app.secret, first.body)
    sent = {key: value for key, value in first.headers.items() if "Signature" in key}
    assert sent == {name: signed[name] for name in names}
    assert is_signed(second, world.app.secret)
    assert "X-Hub-Signature" in second.headers


def test_a_plain_body_is_signed_as_it_is_and_has_none_of_metas_escapes(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    switch_on(client, "plain_body", times=1)
    transport.script(500)
    message = world.send_text(tester.username, "ação / 😊 \ud83d")

    advance(emulator, 5)

    plain, escaped = transport.requests
    assert "ação / 😊 ".encode() in plain.body
    assert items(plain) == items(escaped)
    assert items(plain)[0]["message"]["mid"] == message.mid
    assert plain.headers["Content-Length"] == str(len(plain.body))
    assert is_signed(plain, world.app.secret)
    assert not is_signed(plain, world.app.secret, wire.encode(json.loads(plain.body)))
    assert is_signed(escaped, world.app.secret)
    assert escaped.body.isascii()


def test_a_truncated_body_fails_the_signature_of_the_whole(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "truncated_body", share=0.5, times=1)

    world.send_text(tester.username, "cut")

    (request,) = transport.requests
    assert not is_signed(request, world.app.secret)
    assert request.headers["Content-Length"] == str(len(request.body))


def test_a_truncated_body_may_be_signed_as_it_is(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "truncated_body", share=0.5, signature="rest", times=1)

    world.send_text(tester.username, "cut")

    (request,) = transport.requests
    assert is_signed(request, world.app.secret)
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        json.loads(request.body)


def test_extra_fields_leave_the_message_as_it_is(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "extra_fields")

    world.send_text(tester.username, "hello")

    (item,) = items(transport.requests[0])
    assert item["message"]["text"] == "hello"
    assert {"hop_context"} <= set(item) & set(item["message"])


def test_an_unknown_event_takes_the_place_of_a_message(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "unknown_event", times=1)

    world.send_text(tester.username, "hello")

    assert list(items(transport.requests[0])[0]) == [
        "sender", "recipient", "timestamp", "message_context",
    ]  # fmt: skip


def test_a_ghost_edit_names_the_message_and_nobody(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "ghost_edit")

    message = world.send_text(tester.username, "hello")

    (item,) = items(transport.requests[0])
    assert item["message_edit"] == {"mid": message.mid, "num_edit": 0}
    assert "sender" not in item


def test_an_unsend_may_say_true_as_text(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "unsend_as_text")
    message = world.send_text(tester.username, "gone")

    client.post(
        f"/_control/customers/{tester.username}/messages/{message.mid}/unsend", json=ON_PHONE
    )

    assert items(transport.requests[1])[0]["message"]["is_deleted"] == "true"


def test_a_bare_message_says_only_that_it_is_unsupported(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "bare_unsupported")

    message = world.send_text(tester.username, "video")

    assert items(transport.requests[0])[0]["message"] == {
        "mid": message.mid,
        "is_unsupported": True,
    }


def test_a_story_mention_may_lack_its_address(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    switch_on(client, "story_without_url")

    client.post(
        f"/_control/customers/{tester.username}/stories", json={"mentions": ["empresa.exemplo"]}
    )

    (attachment,) = items(transport.requests[0])[0]["message"]["attachments"]
    assert attachment == {"type": "story_mention", "payload": {}}


def test_a_fault_strikes_only_in_its_scope(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    other = world.create_customer({"role": tester.role})
    switch_on(client, "drop", customer=other.username)

    world.send_text(tester.username, "heard")
    world.send_text(other.username, "not heard")

    assert texts(transport) == ["heard"]


def test_chance_is_the_same_for_the_same_seed(
    client: FlaskClient, world: World, tester: Customer, journal: Journal
) -> None:
    def struck() -> list[tuple[str, ...]]:
        client.post("/_control/reset", json={"seed": 7, "keep_subscriptions": True})
        switch_on(client, "drop", probability=0.5)
        name = world.customers[0].username
        for number in range(30):
            world.send_text(name, str(number))
        entries: tuple[Entry, ...] = journal.find(Query())
        return [entry.faults for entry in entries]

    first, second = struck(), struck()

    assert first == second
    assert {(), ("drop",)} == set(first)


def test_a_reset_switches_everything_off(
    client: FlaskClient, world: World, emulator: Emulator
) -> None:
    switch_on(client, "drop")

    client.post("/_control/reset")

    assert emulator.parts.faults.switched() == ()
    assert not emulator.parts.faults.has_webhook_faults


def test_nothing_waits_any_more_after_a_reset(
    client: FlaskClient,
    emulator: Emulator,
    world: World,
    tester: Customer,
    transport: HandTransport,
) -> None:
    switch_on(client, "delay", seconds=5)
    switch_on(client, "reorder")
    world.send_text(tester.username, "never")
    client.post("/_control/reset", json={"keep_subscriptions": True})

    advance(emulator, 100)

    assert transport.requests == []


def test_two_faults_strike_together(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport, journal: Journal
) -> None:
    switch_on(client, "duplicate")
    switch_on(client, "unsigned")

    world.send_text(tester.username, "twice and unsigned")

    told = [entry.faults for entry in journal.find(Query(kind="webhook_delivery"))]
    assert told == [("duplicate", "unsigned")] * 2
    assert all("X-Hub-Signature" not in one.headers for one in transport.requests)
