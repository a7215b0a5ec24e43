"""Reads Meta's webhook body into events (meta-contract §3.1 to §3.12).

Never raises: Meta adds fields and kinds at will, and a refused delivery is repeated for hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from system_under_test.domain import events as ev
from system_under_test.domain.medium import BY_OBJECT, INSTAGRAM, Medium

MOST_EVENTS = 1000  # of one POST (§2.7)
_MOST_ATTACHMENTS = 50  # a message has ten at most (§4.2)
_SECONDS_BELOW = 100_000_000_000  # changes count seconds, messaging milliseconds (§0.3)
_LONGEST_REACTION = 32
_TEST_SENDER, _TEST_MID = "12334", "random_mid"  # §2.8

_OTHER_KINDS = (
    "delivery", "referral", "optin", "policy_enforcement", "account_linking",
    "pass_thread_control", "take_thread_control", "request_thread_control", "app_roles",
    "response_feedback",
)  # fmt: skip


def parse(body: object) -> tuple[ev.Event, ...]:
    """Events of one webhook body, in the order in which Meta lists them; at least one.

    A body with more than `MOST_EVENTS` updates is one unknown event as a whole.
    """
    every = (event for envelope in _items(body) for event in _envelope(envelope))
    found = tuple(islice(every, MOST_EVENTS + 1))
    if len(found) > MOST_EVENTS:
        # Whatever this is, it is not Meta's, and working it off would hold up everybody else.
        return (ev.Unknown(f"more than {MOST_EVENTS} updates in one body"),)
    return found or (ev.Unknown("the body holds no event"),)


def _envelope(envelope: object) -> Iterator[ev.Event]:
    top = _mapping(envelope)
    medium = BY_OBJECT.get(_text(top.get("object")))
    if medium is None:
        known = " or ".join(map(repr, BY_OBJECT))
        yield ev.Unknown(f"object is {top.get('object')!r}, not {known}", _keys(top))
        return
    for entry in _items(top.get("entry")):
        for event in _entry(_mapping(entry)):
            yield _in_inbox(event, medium)


def _in_inbox(event: ev.Event, medium: Medium) -> ev.Event:
    if medium is INSTAGRAM or not isinstance(event, ev.OfInbox):
        return event
    return replace(event, medium=medium.name)


def _entry(entry: Mapping[str, Any]) -> Iterator[ev.Event]:
    known = False
    for item in _items(entry.get("messaging")):
        known = True
        yield _messaging(_mapping(item), entry)
    for item in _items(entry.get("standby")):
        known = True
        yield ev.StoodBy(_account(_mapping(item), entry), _id_of(_mapping(item), "sender"))
    changes = [entry] if "field" in entry else _items(entry.get("changes"))
    for change in changes:
        known = True
        yield _change(_mapping(change))
    if not known:
        yield ev.Unknown("an entry without messaging, standby or changes", _keys(entry))


def _change(change: Mapping[str, Any]) -> ev.Event:
    field = _text(change.get("field"))
    if not field:
        return ev.Unknown("a change without field", _keys(change))
    # Real direct messages never come as changes: this shape is the dashboard's Test button (§2.8).
    return ev.TestSent(field) if field == "messages" else ev.Ignored(field)


def _messaging(item: Mapping[str, Any], entry: Mapping[str, Any]) -> ev.Event:
    for kind, read in _READERS.items():
        if isinstance(item.get(kind), Mapping):
            return read(item, entry)
    for kind in _OTHER_KINDS:
        if kind in item:
            return ev.Ignored(kind)
    return ev.Unknown("a messaging item of no known kind", _keys(item))


def _message(item: Mapping[str, Any], entry: Mapping[str, Any]) -> ev.Event:
    message = _mapping(item.get("message"))
    mid = _text(message.get("mid"))
    at_ms = _millis(item, entry)
    if not mid:
        return ev.Unknown("a message without mid", _keys(message))
    if _is_true(message.get("is_deleted")):
        business = _is_true(message.get("is_echo"))
        account = _account(item, entry, is_echo=business)
        customer = _id_of(item, "recipient" if business else "sender") or ""
        return ev.Unsent(account, mid, at_ms, by_business=business, customer_id=customer)
    if mid == _TEST_MID and _id_of(item, "sender") == _TEST_SENDER:
        return ev.TestSent("messages")
    if _is_true(message.get("is_self")):
        return ev.Ignored("self_message")
    if _is_true(message.get("is_echo")):
        return _echo(item, entry, message, mid)
    return _inbound(item, entry, message, mid)


def _echo(
    item: Mapping[str, Any], entry: Mapping[str, Any], message: Mapping[str, Any], mid: str
) -> ev.Event:
    customer = _id_of(item, "recipient")
    if not customer:
        return ev.Unknown("an echo without recipient", _keys(item))
    return ev.Echoed(
        account_id=_account(item, entry, is_echo=True),
        customer_id=customer,
        mid=mid,
        at_ms=_millis(item, entry),
        text=_text(message.get("text")),
        attachments=_attachments(message),
    )


def _inbound(
    item: Mapping[str, Any], entry: Mapping[str, Any], message: Mapping[str, Any], mid: str
) -> ev.Event:
    customer = _id_of(item, "sender")
    if not customer:
        return ev.Unknown("a message without sender", _keys(item))
    attachments = _attachments(message)
    reply = _mapping(message.get("reply_to"))
    story = reply.get("story")
    kind: type[ev.Inbound] = ev.MessageReceived
    if any(one.type == "story_mention" for one in attachments):
        kind = ev.StoryMentioned
    elif isinstance(story, Mapping):
        kind = ev.StoryReplied
    return kind(
        account_id=_account(item, entry),
        customer_id=customer,
        mid=mid,
        at_ms=_millis(item, entry),
        text=_text(message.get("text")),
        attachments=attachments,
        is_unsupported=_is_true(message.get("is_unsupported")),
        story_url=_url(_mapping(story).get("url")),
        story_id=_text(_mapping(story).get("id")) or None,
        reply_to_mid=_text(reply.get("mid")) or None,
    )


def _postback(item: Mapping[str, Any], entry: Mapping[str, Any]) -> ev.Event:
    postback = _mapping(item.get("postback"))
    customer = _id_of(item, "sender")
    if not customer:
        return ev.Unknown("a postback without sender", _keys(item))
    at_ms = _millis(item, entry)
    # Before v11.0 a postback had no mid; customer and time identify it as well (§3.7).
    mid = _text(postback.get("mid")) or f"postback:{customer}:{at_ms}"
    title = _text(postback.get("title")) or _text(postback.get("payload"))
    return ev.PostbackTapped(_account(item, entry), customer, mid, at_ms, text=title)


def _read(item: Mapping[str, Any], entry: Mapping[str, Any]) -> ev.Event:
    read = _mapping(item.get("read"))
    return ev.MessageRead(
        account_id=_account(item, entry),
        customer_id=_id_of(item, "sender") or "",
        mid=_text(read.get("mid")) or None,
        watermark_ms=_millis_of(_text(read.get("watermark"))),
        at_ms=_millis(item, entry),
    )


def _reaction(item: Mapping[str, Any], entry: Mapping[str, Any]) -> ev.Event:
    reaction = _mapping(item.get("reaction"))
    mid = _text(reaction.get("mid"))
    if not mid:
        return ev.Unknown("a reaction without mid", _keys(reaction))
    emoji = _text(reaction.get("emoji")) or _text(reaction.get("reaction")) or None
    if _text(reaction.get("action")) == "unreact":
        emoji = None
    customer = _id_of(item, "sender") or ""
    shown = emoji[:_LONGEST_REACTION] if emoji else None
    return ev.Reacted(_account(item, entry), customer, mid, shown, _millis(item, entry))


def _edit(item: Mapping[str, Any], entry: Mapping[str, Any]) -> ev.Event:
    edit = _mapping(item.get("message_edit"))
    mid, text = _text(edit.get("mid")), _text(edit.get("text"))
    if not mid or not text:
        # Such ghosts come for messages that nobody has edited (§3.9): there is nothing to change.
        return ev.Ignored("message_edit")
    number = _text(edit.get("num_edit"))
    author = _id_of(item, "sender") or ""
    account = _account(item, entry, is_echo=author == _text(entry.get("id")))
    return ev.Edited(
        account_id=account,
        author_id=author,
        mid=mid,
        text=text,
        number=int(number) if number.isascii() and number.isdigit() and len(number) <= 6 else 1,
        at_ms=_millis(item, entry),
    )


_READERS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], ev.Event]] = {
    "message": _message,
    "postback": _postback,
    "read": _read,
    "reaction": _reaction,
    "message_edit": _edit,
}


def _attachments(message: Mapping[str, Any]) -> tuple[ev.Attachment, ...]:
    found = []
    for one in islice(_items(message.get("attachments")), _MOST_ATTACHMENTS):
        attachment = _mapping(one)
        payload = _mapping(attachment.get("payload"))
        kind = _text(attachment.get("type")) or "unknown"
        found.append(ev.Attachment(kind, _url(payload.get("url")), _text(payload.get("title"))))
    return tuple(found)


def _account(item: Mapping[str, Any], entry: Mapping[str, Any], *, is_echo: bool = False) -> str:
    # Some of Meta's own examples put another id into entry.id (§3.1): the direction decides first.
    return _id_of(item, "sender" if is_echo else "recipient") or _text(entry.get("id"))


def _id_of(item: Mapping[str, Any], role: str) -> str | None:
    return _text(_mapping(item.get(role)).get("id")) or None


def _millis(item: Mapping[str, Any], entry: Mapping[str, Any]) -> int | None:
    return _millis_of(_text(item.get("timestamp")) or _text(entry.get("time")))


def _millis_of(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        return None
    value = int(text)
    return value if value >= _SECONDS_BELOW else value * 1000


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _url(value: object) -> str | None:
    text = _text(value)
    return text if text.startswith(("https://", "http://")) else None


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    # A lone surrogate is legal JSON and no legal text: neither database nor wire would take it.
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _keys(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(_text(key) for key in value))[:20]
