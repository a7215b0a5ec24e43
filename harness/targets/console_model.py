"""What an agent knows of the console: a state, kept fresh by events (docs/console.md). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

Json = dict[str, Any]


class ConsoleModel:
    """STATE plus every event since; an event may repeat what is known already."""

    def __init__(self, state: Json) -> None:
        self.cursor: int = state["cursor"]
        self.csrf_token: str = state["csrf_token"]
        self.status: Json = state["status"]
        self.statuses: tuple[Json, ...] = tuple(state["statuses"])
        self.queue_length: int = state["queue_length"]
        self.taken_over: str | None = None
        self.conversations: dict[str, Json] = {
            conversation["id"]: conversation for conversation in state["conversations"]
        }

    def apply(self, events: Iterable[Json], cursor: int) -> None:
        """Take in events, oldest first; kinds we do not know are none of our business."""
        for event in events:
            handle = HANDLERS.get(event["type"])
            if handle is not None:
                handle(self, event["data"])
        self.cursor = cursor

    def remember(self, conversation: Json) -> None:
        """Take in a conversation read on its own."""
        known = self.conversations.get(conversation["id"], {})
        self.conversations[conversation["id"]] = {**known, **conversation}


def _opened(model: ConsoleModel, data: Json) -> None:
    model.remember(data)


def _updated(model: ConsoleModel, data: Json) -> None:
    model.remember({key: value for key, value in data.items() if key != "messages"})


def _ended(model: ConsoleModel, data: Json) -> None:
    model.conversations.pop(data["id"], None)


def _message(model: ConsoleModel, data: Json) -> None:
    known = model.conversations.get(data["conversation_id"], {})
    if "messages" not in known:
        return  # read in full when somebody asks for it
    ids = [message["id"] for message in known["messages"]]
    news = data["message"]
    if news["id"] in ids:
        known["messages"][ids.index(news["id"])] = news
    else:
        known["messages"].append(news)


def _status(model: ConsoleModel, data: Json) -> None:
    model.status = data


def _queue(model: ConsoleModel, data: Json) -> None:
    model.queue_length = data["length"]


def _taken_over(model: ConsoleModel, data: Json) -> None:
    model.taken_over = data.get("message") or "taken over"


HANDLERS: Mapping[str, Callable[[ConsoleModel, Json], None]] = MappingProxyType(
    {
        "conversation_opened": _opened,
        "conversation_updated": _updated,
        "conversation_ended": _ended,
        "conversation_removed": _ended,
        "message": _message,
        "message_updated": _message,
        "status": _status,
        "queue": _queue,
        "taken_over": _taken_over,
    }
)
