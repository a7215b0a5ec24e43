"""A message as one line of JSON, and back; what is as usual is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fake_meta.domain.identifiers import Mid
from fake_meta.domain.threads import (
    Attachment,
    MessageKind,
    Offer,
    Origin,
    Reaction,
    Sender,
    ThreadMessage,
)

_ENCODE = json.JSONEncoder(separators=(",", ":")).encode
_USUAL: dict[str, Any] = {
    "unsent": False,
    "reply_to": None,
    "quick_reply": None,
    "postback": None,
    "referral": None,
    "edits": 0,
    "is_self": False,
    "origin": Origin.API,
    "persona": None,
}


def packed(message: ThreadMessage) -> str:
    """The message as text."""
    more = {name: value for name in _USUAL if (value := getattr(message, name)) != _USUAL[name]}
    if message.attachments:
        more["attachments"] = [(one.type, one.payload) for one in message.attachments]
    if message.quick_replies:
        more["quick_replies"] = [(one.title, one.payload, one.url) for one in message.quick_replies]
    if message.reactions:
        more["reactions"] = [(one.sender, one.reaction, one.emoji) for one in message.reactions]
    head = (message.mid, message.sender, message.kind, message.text, message.url)
    return _ENCODE((*head, message.timestamp_ms, more))


def unpacked(text: str) -> ThreadMessage:
    """The message that `packed` wrote; ValueError, TypeError or KeyError for anything else."""
    mid, sender, kind, words, url, timestamp_ms, more = json.loads(text)
    if "origin" in more:
        more["origin"] = Origin(more["origin"])
    for name, make in _MANY.items():
        if name in more:
            more[name] = tuple(make(*one) for one in more[name])
    return ThreadMessage(
        Mid(mid), Sender(sender), MessageKind(kind), words, url, timestamp_ms, **more
    )


def _reaction(sender: str, reaction: str, emoji: str) -> Reaction:
    return Reaction(Sender(sender), reaction, emoji)


_MANY: dict[str, Callable[..., Any]] = {
    "attachments": Attachment,
    "quick_replies": Offer,
    "reactions": _reaction,
}
