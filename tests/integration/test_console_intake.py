"""Deliveries: proof, durability, duplicates, shapes."""

from __future__ import annotations

import json
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from tests.fakes.hostile_heads import accepted, answers_to_hostile_heads
from tests.fakes.running_console import (
    VERIFY_TOKEN,
    RunningConsole,
    envelope,
    message,
    signed,
    until,
)
from tests.fakes.slow_body import answer_to, answers_to_a_late_body, ready, stalled_bodies

ANA = "3603717463085785"


def deliveries(console: RunningConsole) -> list[tuple[Any, ...]]:
    with sqlite3.connect(console.folder / "interact.sqlite3") as database:
        return database.execute("SELECT state, note FROM delivery ORDER BY id").fetchall()


def test_a_wrong_or_missing_signature_is_refused_and_nothing_is_kept(
    interact: RunningConsole,
) -> None:
    body = envelope(message(ANA, "Oi"))

    statuses = [
        interact.post(body, signed(body, secret="another")).status_code,
        interact.post(body, {"Content-Type": "application/json"}).status_code,
        interact.post(body + b" ", signed(body)).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert deliveries(interact) == []


def test_the_old_signature_alone_is_accepted_with_a_warning(interact: RunningConsole) -> None:
    body = envelope(message(ANA, "Olá, é só SHA-1 \N{WAVING HAND SIGN}"))
    headers = signed(body)
    del headers["X-Hub-Signature-256"]

    answer = interact.post(body, headers)

    assert answer.status_code == 200
    assert "SHA-1" in interact.log.read_text()


def test_meta_verifies_the_callback(interact: RunningConsole) -> None:
    url = f"{interact.url}/webhooks/meta"
    right = {"hub.mode": "subscribe", "hub.challenge": "<b>42", "hub.verify_token": VERIFY_TOKEN}

    accepted = requests.get(url, params=right, timeout=5)
    refused = requests.get(url, params={**right, "hub.verify_token": "é"}, timeout=5)

    assert (accepted.status_code, accepted.text) == (200, "<b>42")
    assert accepted.headers["Content-Type"].startswith("text/plain")
    assert refused.status_code == 403


def test_the_same_delivery_twice_makes_one_bubble(interact: RunningConsole) -> None:
    agent = interact.operating()
    body = envelope(message(ANA, "Oi"))

    interact.post(body, signed(body))
    interact.post(body, signed(body))
    interact.deliver(message(ANA, "tchau"))

    conversation = agent.wait_for(1)[0]
    texts = [one["text"] for one in agent.wait_for_messages(conversation["id"], 2)]
    assert texts == ["Oi", "tchau"]
    assert agent.conversations()[0]["unread"] == 2


def test_ten_first_messages_at_once_make_one_conversation(interact: RunningConsole) -> None:
    agent = interact.operating()
    items = [message(ANA, f"foto {number}") for number in range(10)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(interact.deliver, items))

    assert {answer.status_code for answer in answers} == {200}
    conversation = agent.wait_for(1)[0]
    messages = agent.wait_for_messages(conversation["id"], 10)
    assert [one["text"] for one in messages] == [f"foto {number}" for number in range(10)]
    assert [slot["conversation_id"] for slot in agent.state()["slots"]] == [
        conversation["id"], *[None] * 7
    ]  # fmt: skip


def test_every_item_of_a_batch_is_handled_whatever_stands_beside_it(
    interact: RunningConsole,
) -> None:
    agent = interact.operating()
    read = {**message(ANA, ""), "message": None, "read": {"mid": "mid.x"}}

    interact.deliver(read, message(ANA, "Oi"), {"message_edit": {"mid": "x"}}, message("77", "Ei"))

    conversations = agent.wait_for(2)
    assert sorted(one["customer"]["igsid"] for one in conversations) == sorted([ANA, "77"])


def test_an_unknown_shape_is_quarantined_and_stops_nobody(interact: RunningConsole) -> None:
    agent = interact.operating()
    bodies = [b"\xff not json", b'{"object":"instagram","entry":[{"id":"0","news":1}]}']

    statuses = [interact.post(body, signed(body)).status_code for body in bodies]
    interact.deliver(message(ANA, "Oi"))

    agent.wait_for(1)
    assert statuses == [200, 200]
    assert [state for state, _ in deliveries(interact)] == [
        "quarantined", "quarantined", "processed"
    ]  # fmt: skip


def test_the_dashboards_test_button_opens_nothing(interact: RunningConsole) -> None:
    agent = interact.operating()
    value = {"sender": {"id": "12334"}, "recipient": {"id": "23245"}, "timestamp": "1527459824",
             "message": {"mid": "random_mid", "text": "random_text"}}  # fmt: skip
    entry = {"id": "0", "time": 1, "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "instagram", "entry": [entry]}).encode()

    answer = interact.post(body, signed(body))
    interact.deliver(message(ANA, "Oi"))

    assert answer.status_code == 200
    assert [one["customer"]["igsid"] for one in agent.wait_for(1)] == [ANA]


def test_a_body_over_three_megabytes_is_too_large(interact: RunningConsole) -> None:
    fits = envelope(message(ANA, "x" * 300_000))
    body = envelope(message(ANA, "x" * (3 * 1024 * 1024)))

    assert interact.post(fits, signed(fits)).status_code == 200
    assert interact.post(body, signed(body)).status_code == 413


def test_very_long_message_ids_round_trip(interact: RunningConsole) -> None:
    agent = interact.operating()
    mid = "aWdfZAG1faXRlbToxO" + "x" * 400

    interact.deliver(message(ANA, "Oi", mid))

    conversation = agent.wait_for(1)[0]
    assert agent.wait_for_messages(conversation["id"], 1)[0]["mid"] == mid


def test_case_05_what_was_acknowledged_survives_a_kill(interact: RunningConsole) -> None:
    answers = [interact.deliver(message(ANA, f"nota {number}")) for number in range(5)]

    interact.stop(signal.SIGKILL)
    until(interact.is_listening, lambda listening: not listening)
    interact.start()

    agent = interact.operating()
    conversation = agent.wait_for(1)[0]
    texts = [one["text"] for one in agent.wait_for_messages(conversation["id"], 5)]
    assert {answer.status_code for answer in answers} == {200}
    assert texts == [f"nota {number}" for number in range(5)]


def test_an_answer_waits_for_a_late_body_so_that_the_connection_lives_on(
    interact: RunningConsole,
) -> None:
    url = f"{interact.url}/interact_multiagent/api/conversations/1/end"

    came_early, refused, following = answers_to_a_late_body(url)

    assert not came_early
    assert refused == "HTTP/1.1 401 Unauthorized"
    assert following == "HTTP/1.1 405 Method Not Allowed"


def test_heads_that_no_honest_client_sends_are_refused_and_slow_bodies_hinder_nobody(
    interact: RunningConsole,
) -> None:
    answers = answers_to_hostile_heads(f"{interact.url}/health")
    assert accepted(answers) == {}

    with stalled_bodies(f"{interact.url}/webhooks/meta", 80):
        health = requests.get(f"{interact.url}/health", timeout=5)
        delivered = interact.deliver(message(ANA, "Oi"))

    assert (health.status_code, delivered.status_code) == (200, 200)


def test_more_of_them_are_refused_and_then_everything_is_as_before(
    interact: RunningConsole,
) -> None:
    with stalled_bodies(f"{interact.url}/webhooks/meta", 200) as connections:
        refused = [answer_to(connection) for connection in ready(connections, 8, within_s=5)]
        delivered = interact.deliver(message(ANA, "Oi"))
        health = requests.get(f"{interact.url}/health", timeout=5)

    assert refused == ["HTTP/1.1 503 Service Unavailable"] * 8
    assert delivered.status_code == 503
    assert delivered.json() == {"error": "too_many_bodies_on_their_way"}
    assert health.status_code == 200
    again = until(lambda: interact.deliver(message(ANA, "Oi")), lambda one: one.status_code == 200)
    assert again.status_code == 200
