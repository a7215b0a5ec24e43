"""The state of the console, kept fresh by events."""

from typing import Any

from harness.targets.console_model import ConsoleModel

STATE: dict[str, Any] = {
    "cursor": 5,
    "csrf_token": "t",
    "status": {"label": "Not ready"},
    "statuses": [],
    "queue_length": 0,
    "conversations": [{"id": "1", "name": "Ana", "preview": "hi"}],
}


def model() -> ConsoleModel:
    return ConsoleModel({**STATE, "conversations": [dict(STATE["conversations"][0])]})


def event(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"id": 6, "type": kind, "data": data}


def test_a_conversation_opens_with_its_messages() -> None:
    console = model()

    opened = {"id": "2", "name": "Bia", "messages": [{"id": "m1", "text": "a"}]}
    console.apply([event("conversation_opened", opened)], 6)

    assert console.conversations["2"]["messages"] == [{"id": "m1", "text": "a"}]
    assert console.cursor == 6


def test_an_update_keeps_the_messages() -> None:
    console = model()
    console.remember({"id": "1", "messages": [{"id": "m1", "text": "a"}]})

    console.apply([event("conversation_updated", {"id": "1", "name": "Ana Silva"})], 6)

    assert console.conversations["1"]["name"] == "Ana Silva"
    assert console.conversations["1"]["messages"] == [{"id": "m1", "text": "a"}]


def test_a_message_that_is_told_twice_stands_once() -> None:
    console = model()
    console.remember({"id": "1", "messages": []})
    told = event("message", {"conversation_id": "1", "message": {"id": "m1", "text": "a"}})

    console.apply([told, told], 6)

    assert console.conversations["1"]["messages"] == [{"id": "m1", "text": "a"}]


def test_an_updated_message_keeps_its_place() -> None:
    console = model()
    console.remember({"id": "1", "messages": [{"id": "m1", "text": "a"}, {"id": "m2"}]})

    changed = {"conversation_id": "1", "message": {"id": "m1", "text": "", "deleted": True}}
    console.apply([event("message_updated", changed)], 6)

    assert [message["id"] for message in console.conversations["1"]["messages"]] == ["m1", "m2"]
    assert console.conversations["1"]["messages"][0]["deleted"]


def test_messages_of_a_conversation_never_read_are_left_for_the_reading() -> None:
    console = model()

    told = {"conversation_id": "1", "message": {"id": "m1"}}
    console.apply([event("message", told)], 6)

    assert "messages" not in console.conversations["1"]


def test_an_ended_conversation_leaves_the_list() -> None:
    console = model()

    console.apply([event("conversation_ended", {"id": "1"})], 6)

    assert console.conversations == {}


def test_a_takeover_is_remembered_in_the_consoles_words() -> None:
    console = model()

    console.apply([event("taken_over", {"message": "Somebody else signed in"})], 6)

    assert console.taken_over == "Somebody else signed in"


def test_unknown_events_are_passed_over() -> None:
    console = model()

    console.apply([event("confetti", {})], 9)

    assert console.cursor == 9
