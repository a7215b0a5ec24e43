"""What an agent knows of the console: a state, kept fresh by events (docs/console.md). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Json = dict[str, Any]


class ConsoleModel:
    """STATE plus every event since."""

    def __init__(self, state: Json) -> None:
        self.cursor: str = str(state["cursor"])
        self.csrf_token: str = state["csrf_token"]
        self.agent: Json = state["agent"]
        self.status: Json = state["status"]
        self.statuses: tuple[Json, ...] = tuple(state["statuses"])
        self.slots: tuple[Json, ...] = tuple(state["slots"])
        self.queue_length: int = state["queue_length"]
        self.taken_over: str | None = None
        self.conversations: dict[str, Json] = {
            str(conversation["id"]): conversation for conversation in state["conversations"]
        }

    def apply(self, events: Iterable[Json], cursor: object) -> None:
        """Take in events, oldest first."""
        for event in events:
            handle = _HANDLERS.get(event["type"])
            if handle is not None:
                handle(self, event["data"])
        self.cursor = str(cursor)

    def remember(self, conversation: Json) -> None:
        """Take in a conversation read on its own."""
        key = str(conversation["id"])
        if key in self.conversations:
            self.conversations[key] = {**self.conversations[key], **conversation}





def _without(data: Json, name: str) -> Json:
    return {key: value for key, value in data.items() if key != name}


_HANDLERS.get(event["type"])
            if handle is not None:
                handle(self, event["data"])
        self.cursor = str(cursor)

    def remember(self, conversation: Json) -> None:
        """Take in a conversation read on its own."""
        key = str(conversation["id"])
        if key in self.conversations:
            self.conversations[key] = {**self.conversations[key], **conversation}

    def _opened(self, data: Json) -> None:
        self.conversations[str(data["id"])] = data

    def _updated(self, data: Json) -> None:
        known = self.conversations.get(str(data["id"]), {})
        self.conversations[str(data["id"])] = {**known, **_without(data, "messages")}

    def _ended(self, data: Json) -> None:
        self.conversations.pop(str(data["id"]), None)

    def _message(self, data: Json) -> None:
        known = self.conversations.get(str(data["conversation_id"]))
        if known is None or "messages" not in known:
            return  # read in full when somebody asks for it
        others = [entry for entry in known["messages"] if entry["id"] != data["message"]["id"]]
        known["messages"] = [*others, data["message"]]

    def _message_updated(self, data: Json) -> None:
        known = self.conversations.get(str(data["conversation_id"]))
        if known is None or "messages" not in known:
            return
        changed = data["message"]
        known["messages"] = [
            changed if entry["id"] == changed["id"] else entry for entry in known["messages"]
        ]

    def _status(self, data: Json) -> None:
        self.status = data

    def _queue(self, data: Json) -> None:
        self.queue_length = data["length"]

    def _taken_over(self, data: Json) -> None:
        self.taken_over = data.get("message") or "taken over"


_HANDLERS: Mapping[str, Callable[[ConsoleModel, Json], None]] = {
    "conversation_opened": _opened,
    "conversation_updated": _updated,
    "conversation_ended": _ended,
    "message": _message,
    "message_updated": _message_updated,
    "status": _status,
    "queue": _queue,
    "taken_over": _taken_over,
}


