"""Real bugs of transport and intake, each by its number in the catalogue (`case_catalogue`)."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from system_under_test.domain.medium import INSTAGRAM, MESSENGER
from system_under_test.service.intake import Intake
from system_under_test.service.ports import StorageError
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import VERIFY_TOKEN, WsgiConsole, entry, envelope, sign

ANA, BIA, CAU = "3603717463085785", "3603717463085786", "3603717463085787"
SECOND = "17841400000000002"
META_WAITS_S = 5.0
# meta-contract §2.1.3 and §3.14
INSTAGRAM_FIELDS = {"messages", "messaging_postbacks", "message_reactions", "messaging_seen"}
PAGE_FIELDS = {
    "messages", "messaging_postbacks", "message_reactions", "message_reads", "message_echoes",
    "message_edits",
}  # fmt: skip


def mark(little: LittleConsole, **content: Any) -> dict[str, Any]:
    item = little.item(ANA, ACCOUNT, {})
    del item["message"]
    return {**item, **content}


def test_case_01_only_metas_signature_opens_the_door(
    lone: LittleConsole, web: WsgiConsole, caplog: pytest.LogCaptureFixture
) -> None:
    body = envelope(entry(lone.message(ANA)))
    old_only = {"X-Hub-Signature": sign(body)["X-Hub-Signature"]}

    refused = [
        web.post(body, {}).status_code,
        web.post(body, sign(body, "another")).status_code,
        web.post(body + b" ", sign(body)).status_code,
    ]
    stored = lone.scalar("SELECT count(*) FROM delivery")

    assert (refused, stored) == ([403, 403, 403], 0)
    assert web.post(body).status_code == 200
    assert "SHA-1" not in caplog.text
    assert web.post(body, old_only).status_code == 200
    assert "only the old X-Hub-Signature (SHA-1)" in caplog.text


@pytest.mark.parametrize(
    "text",
    ["\N{WAVING HAND SIGN} é @empresa a/b <b>", "\\u00e9\\u0040\\/", "  duas   linhas\\n"],
)
def test_case_02_the_signature_is_over_the_bytes_as_they_came(
    lone: LittleConsole, web: WsgiConsole, text: str
) -> None:
    agent = web.agent()
    item = f'{{ "message" : {{"text":"{text}","mid":"m1"}},"timestamp": 1758300000001 ,'
    people = f'"recipient":{{"id":"{ACCOUNT}"}}, "sender":{{"id":"{ANA}"}} }}'
    body = f'{{"entry":[{{"messaging":[{item}{people}],"id":"0"}}],"object":"instagram"}}'

    answer = web.post(body.encode())

    assert answer.status_code == 200
    assert agent.bubbles(ANA)[0]["text"] == json.loads(f'"{text}"')


def test_case_04_what_comes_again_meanwhile_is_one_bubble(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    message = lone.message(ANA, "Oi")
    for _ in range(3):  # the worker is slow: all are stored before the first is worked off
        lone.store_delivery(message)

    lone.inbox.process()

    assert [one["text"] for one in agent.bubbles(ANA)] == ["Oi"]


def test_case_04_meta_has_its_answer_while_nothing_is_worked_off(lone: LittleConsole) -> None:
    intake = Intake(lone.store, lone.clock)
    writer = threading.Thread(target=intake.run)
    body = envelope(entry(lone.message(ANA, "Oi")))  # the same again and again, by a slow worker
    took_s: list[float] = []

    def accept(_number: int) -> None:
        begun_s = time.monotonic()
        intake.accept(body, "{}")
        took_s.append(time.monotonic() - begun_s)

    writer.start()
    try:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(accept, range(300)))
    finally:
        intake.stop()
        writer.join()
    while lone.inbox.process() is not None:
        pass

    assert lone.scalar("SELECT count(*) FROM delivery") == 300
    assert sorted(took_s)[296] < META_WAITS_S
    assert lone.scalar("SELECT count(*) FROM message") == 1
    assert lone.scalar("SELECT unread FROM conversation") == 1


def test_case_05_meta_is_told_that_nothing_was_stored_and_delivers_again(
    lone: LittleConsole, web: WsgiConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = web.agent()
    body = envelope(entry(lone.message(ANA, "Oi")))
    works = lone.store.writing

    @contextmanager
    def broken() -> Iterator[Any]:
        raise StorageError("the disk is full")
        yield

    monkeypatch.setattr(lone.store, "writing", broken)
    refused = web.post(body)
    monkeypatch.setattr(lone.store, "writing", works)
    again = web.post(body)

    assert (refused.status_code, again.status_code) == (503, 200)
    assert [one["text"] for one in agent.bubbles(ANA)] == ["Oi"]


def test_case_05_what_could_not_be_stored_is_not_acknowledged(
    lone: LittleConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(lone.store, lone.clock)
    body = envelope(entry(lone.message(ANA)))
    works = lone.store.writing

    @contextmanager
    def broken() -> Iterator[Any]:
        raise StorageError("the disk is full")
        yield

    monkeypatch.setattr(lone.store, "writing", broken)
    with pytest.raises(StorageError):
        run(intake, body)
    monkeypatch.setattr(lone.store, "writing", works)
    run(Intake(lone.store, lone.clock), body)

    assert lone.scalar("SELECT count(*) FROM delivery") == 1


def run(intake: Intake, body: bytes) -> None:
    """One request with the intake's writer at work."""
    writer = threading.Thread(target=intake.run)
    writer.start()
    try:
        intake.accept(body, "{}")
    finally:
        intake.stop()
        writer.join()


def test_case_06_every_entry_and_item_of_a_batch_counts(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    lone.run(
        "INSERT INTO channel (page_id, account_id, username, token, service_id)"
        f" VALUES ('9', '{SECOND}', 'outra', 'EAAother', 1)"
    )
    agent = web.agent()
    mine = [lone.message(one, "Oi") for one in (ANA, BIA, CAU)]
    theirs = [lone.item(one, SECOND, {"mid": f"x{one}", "text": "Ei"}) for one in (ANA, BIA, CAU)]

    web.post(envelope(entry(*mine), entry(*theirs, account=SECOND)))

    names = sorted(one["channel"]["username"] for one in agent.conversations())
    assert names == ["empresa"] * 3 + ["outra"] * 3


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_case_07_mixed_kinds_in_one_delivery_in_any_order(
    lone: LittleConsole, web: WsgiConsole, order: tuple[int, ...]
) -> None:
    agent = web.agent()
    love = mark(lone, reaction={"mid": "m1", "action": "react", "emoji": "x"})
    items = [lone.message(ANA, "Oi", "m1"), mark(lone, read={"mid": "m0"}), love]

    answer = web.deliver(*(items[place] for place in order))

    assert answer.status_code == 200
    assert [(one["text"], one["reaction"]) for one in agent.bubbles(ANA)] == [("Oi", "x")]


def test_case_08_an_unknown_shape_is_kept_and_stops_nobody(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    lone.change_agent(2, role="supervisor")
    agent, boss = web.agent(), web.agent("agent2", status="")

    answers = [web.deliver({"timestamp": 1}), web.deliver({"new_field": {}}), web.post(b"\xff")]
    web.deliver(lone.message(ANA, "Oi"))

    assert [one.status_code for one in answers] == [200, 200, 200]
    assert [one["note"] for one in boss.get("repairs").json["quarantine"]] == [
        "not JSON: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        "quarantined: a messaging item of no known kind ['new_field']",
        "quarantined: a messaging item of no known kind ['timestamp']",
    ]
    assert agent.bubbles(ANA)[0]["text"] == "Oi"


@pytest.mark.parametrize("length", [170, 400])
def test_case_10_long_message_ids_round_trip(
    lone: LittleConsole, web: WsgiConsole, length: int
) -> None:
    agent = web.agent()
    mid = "aWdfZAG1f".ljust(length, "x")

    web.deliver(lone.message(ANA, "Oi", mid))
    kept = agent.bubbles(ANA)[0]["mid"]
    web.deliver(lone.item(ANA, ACCOUNT, {"mid": mid, "is_deleted": True}))

    assert kept == mid
    assert agent.bubbles(ANA)[0]["deleted"]


def handshake(web: WsgiConsole, token: str) -> Any:
    asked = {"hub.mode": "subscribe", "hub.challenge": "<b>7</b>", "hub.verify_token": token}
    return web.meta.get("/webhooks/meta", query_string=asked)


def test_case_11_the_handshake_reflects_no_markup(web: WsgiConsole) -> None:
    right, wrong = handshake(web, VERIFY_TOKEN), handshake(web, "wrong")

    assert (right.status_code, right.text, right.mimetype) == (200, "<b>7</b>", "text/plain")
    assert (wrong.status_code, "<b>" in wrong.text) == (403, False)


def test_case_12_the_handshake_passes_after_a_restart(lone: LittleConsole) -> None:
    first, second = WsgiConsole(lone), WsgiConsole(lone)

    assert [handshake(one, VERIFY_TOKEN).status_code for one in (first, second)] == [200, 200]


def test_case_12_the_handshake_passes_after_a_rotation(lone: LittleConsole) -> None:
    rotated = WsgiConsole(lone, verify_token="rotated")

    statuses = [handshake(rotated, token).status_code for token in ("rotated", VERIFY_TOKEN)]
    assert statuses == [200, 403]


@pytest.mark.parametrize("read", [{"mid": "mid.out.1"}, {"watermark": 1_758_300_999_000}])
def test_case_14_both_shapes_of_a_read_are_understood(
    lone: LittleConsole, web: WsgiConsole, read: dict[str, Any]
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    agent.reply(ANA, "Bom dia")
    lone.sender.send_next()

    web.deliver(mark(lone, read=read))

    assert agent.bubbles(ANA)[-1]["seen_at_ms"] is not None


def test_case_14_each_product_is_asked_for_fields_that_it_has(lone: LittleConsole) -> None:
    assert set(INSTAGRAM.page_fields) <= INSTAGRAM_FIELDS
    assert set(MESSENGER.page_fields) <= PAGE_FIELDS


def test_case_15_the_test_button_opens_nothing(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    value = {"sender": {"id": "12334"}, "recipient": {"id": "23245"}, "timestamp": "1527459824",
             "message": {"mid": "random_mid", "text": "random_text"}}  # fmt: skip
    body = envelope({"id": "0", "time": 1, "changes": [{"field": "messages", "value": value}]})

    answer = web.post(body)

    assert (answer.status_code, agent.conversations()) == (200, [])
    assert lone.scalar("SELECT outcome FROM event") == "test: messages"


def test_case_16_connecting_a_page_subscribes_the_app(lone: LittleConsole) -> None:
    lone.subscriptions.subscribe()

    assert lone.graph.subscribed == ["1348957937919"]


def test_case_18_what_another_app_owns_is_kept_as_not_ours(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    body = envelope({"id": ACCOUNT, "time": 1, "standby": [lone.message(ANA)]})

    answer = web.post(body)

    assert (answer.status_code, agent.conversations()) == (200, [])
    assert lone.scalar("SELECT outcome FROM event") == "standby: another app owns the thread"
