"""Whom a switched-on fault strikes: customer, event, kind of call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.events import EventName, WebhookEvent
from fake_meta.faults.fault import Fault, Seam

Word = TypeVar("Word", bound=StrEnum)


class CallKind(StrEnum):
    """What a Graph call is about."""

    SEND = "send"
    READ = "read"
    LOGIN = "login"
    SUBSCRIBE = "subscribe"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Scope:
    """None: everybody, everything. `path` is a piece of the path of a call or of media."""

    customer: str | None = None
    account: str | None = None
    event: EventName | None = None
    call: CallKind | None = None
    path: str | None = None

    def covers_event(self, event: WebhookEvent) -> bool:
        """The fault is for this event."""
        return (
            (self.customer is None or self.customer == event.customer)
            and (self.account is None or self.account == event.account_id)
            and (self.event is None or self.event == event.name)
        )

    def covers_call(self, kind: CallKind, path: str, customer: Callable[[], str | None]) -> bool:
        """The fault is for this call; `customer` is asked only where it matters."""
        return (
            (self.call is None or self.call is kind)
            and (self.path is None or self.path in path)
            and (self.customer is None or self.customer == customer())
        )

    def covers_asset(self, path: str) -> bool:
        """The fault is for this address of the CDN."""
        return self.path is None or self.path in path


_OF_SEAM: Mapping[Seam, tuple[str, ...]] = {
    Seam.WEBHOOK: ("customer", "account", "event"),
    Seam.GRAPH: ("customer", "call", "path"),
    Seam.CDN: ("path",),
}
SCOPE_NAMES = frozenset(name for names in _OF_SEAM.values() for name in names)


def scope_names(fault: Fault) -> tuple[str, ...]:
    """What a tester may limit this fault by."""
    fixed = fault.fixed_scope or {}
    return tuple(name for name in _OF_SEAM[fault.seam] if name not in fixed)


def read_scope(fault: Fault, given: Mapping[str, Any]) -> Scope:
    """The scope that a tester asked for, within what the fault is for."""
    allowed = scope_names(fault)
    strange = sorted(set(given) - set(allowed))
    if strange:
        raise InvalidRequestError(
            f"{fault.name} cannot be limited by {strange[0]!r}, only by {', '.join(allowed)}"
        )
    wished = {**given, **(fault.fixed_scope or {})}
    return Scope(
        customer=_text("customer", wished),
        account=_text("account", wished),
        event=_word(EventName, "event", wished),
        call=_word(CallKind, "call", wished),
        path=_text("path", wished),
    )


def _text(name: str, wished: Mapping[str, Any]) -> str | None:
    value = wished.get(name)
    if value is None or (isinstance(value, str) and value):
        return value
    raise InvalidRequestError(f"{name} must be a text that is not empty, not {value!r}")


def _word(kind: type[Word], name: str, wished: Mapping[str, Any]) -> Word | None:
    value = wished.get(name)
    if value is None:
        return None
    try:
        return kind(value)
    except ValueError:
        words = ", ".join(kind)
        raise InvalidRequestError(f"{name} must be one of {words}, not {value!r}") from None
