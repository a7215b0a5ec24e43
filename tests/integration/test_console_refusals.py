"""What an agent's browser could send by mistake or on purpose, and what it is told."""

from __future__ import annotations

import requests

from tests.fakes.running_console import AgentHands, RunningConsole, message

ANA = "3603717463085785"
TOO_LARGE = (10**18, 2**63, 10**25, "9" * 5000, "\u0663")


def refused(agent: AgentHands, path: str, **headers: bytes) -> tuple[int, str]:
    answer = requests.get(
        f"{agent.base}/api/{path}",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        cookies=agent.http.cookies,
        timeout=5,
    )
    return answer.status_code, answer.json()["error"]


def test_a_number_that_no_conversation_can_have_is_not_found(interact: RunningConsole) -> None:
    agent = interact.operating()
    paths = [f"conversations/{number}" for number in TOO_LARGE]

    read = {agent.get(path).status_code for path in paths}
    written = {
        agent.post(f"{path}/{verb}", {"text": "x"}).status_code
        for path in paths
        for verb in ("messages", "read", "end")
    }

    assert (read, written) == ({404}, {404})


def test_a_cursor_is_a_number_that_the_database_can_hold(interact: RunningConsole) -> None:
    agent = interact.operating()
    wrong = ("abc", "1e5", "-5", "", str(2**63), "9" * 5000, "%D9%A3")

    told = {
        refused(agent, f"{route}?after={one}")
        for route in ("routing-log", "events", "stream")
        for one in wrong
    }
    largest = agent.get("routing-log", after=2**63 - 1)

    assert told == {(400, "bad_cursor")}
    assert (largest.status_code, largest.json()) == (200, {"entries": []})


def test_the_last_event_is_named_in_ascii(interact: RunningConsole) -> None:
    agent = interact.operating()

    told = refused(agent, "stream?after=0", Last_Event_ID="\u0663".encode())

    assert told == (400, "bad_cursor")


def test_a_lone_surrogate_is_no_text(interact: RunningConsole) -> None:
    agent = interact.operating()
    interact.deliver(message(ANA, "Oi"))
    path = f"conversations/{agent.wait_for(1)[0]['id']}/messages"

    text = agent.post(path, {"text": "a\ud800", "idempotency_key": "k"})
    key = agent.post(path, {"text": "a", "idempotency_key": "\udc00"})

    assert (text.status_code, text.json()["field"]) == (422, "text")
    assert (key.status_code, key.json()["field"]) == (422, "idempotency_key")
    assert "surrogate" in key.json()["message"]


def test_a_used_key_with_another_text_is_a_conflict(interact: RunningConsole) -> None:
    agent = interact.operating()
    interact.deliver(message(ANA, "Oi"))
    path = f"conversations/{agent.wait_for(1)[0]['id']}/messages"

    first = agent.post(path, {"text": "um", "idempotency_key": "k"})
    other = agent.post(path, {"text": "dois", "idempotency_key": "k"})

    assert first.status_code == 202
    assert (other.status_code, other.json()["error"]) == (409, "key_reused")
    assert "idempotency_key" in other.json()["message"]
