"""One POST on its way to the app: which events it tells, what faults do to its bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fake_meta.courier.failures import About
from fake_meta.courier.transport import OutboundRequest, delivery_request
from fake_meta.domain import messenger_threads, wire
from fake_meta.domain.events import (
    PAGE_OBJECT,
    JsonObject,
    WebhookEvent,
    batch_envelope,
    envelope_of,
)
from fake_meta.domain.signature import Signing
from fake_meta.faults import Parcel
from fake_meta.journal import Entry, EntryKind, EntryOutcome
from fake_meta.world import DeliveryTarget

_STRANGER = "6009438572983746"


@dataclass(slots=True)
class Delivery:
    """`attempts` counts those made; `also` are events in the same POST.

    `parcel` None: no fault struck. `in_lane`: its lane waits for its first attempt.
    """

    event: WebhookEvent
    generation: int
    attempts: int = 0
    first_attempt_ms: int = 0
    parcel: Parcel | None = None
    also: tuple[WebhookEvent, ...] = ()
    in_lane: bool = True
    is_cancelled: bool = False

    @property
    def about(self) -> About:
        """Object and account of its event."""
        return self.event.object, self.event.account_id

    @property
    def faults(self) -> tuple[str, ...]:
        """What struck it, for the journal."""
        return () if self.parcel is None else self.parcel.faults

    def takes_along(self, other: Delivery) -> bool:
        """Both are retries of one inbox, meant to go together, and one POST can hold them."""
        most = min(_together(self), _together(other))
        return self.about == other.about and len(self.also) + len(other.also) + 2 <= most

    def absorb(self, other: Delivery) -> None:
        """Tell what the other tells, too."""
        self.also += (other.event, *other.also)

    def entry(self, kind: EntryKind, outcome: EntryOutcome, at_ms: int, **came: Any) -> Entry:
        """The journal's entry of its next attempt and what came of it."""
        event = self.event
        mids: tuple[str, ...] = event.mids
        names: tuple[str, ...] = (event.told_as,)
        if self.also:
            mids += tuple(mid for one in self.also for mid in one.mids)
            names += tuple(one.told_as for one in self.also)
        return Entry(
            kind=kind,
            outcome=outcome,
            at_ms=at_ms,
            customer=event.customer,
            mids=mids,
            events=names,
            attempt=self.attempts + 1,
            faults=self.faults,
            **came,
        )

    def silence(self, at_ms: int, reason: str) -> Entry:
        """The journal's entry when there is no next attempt."""
        return self.entry(EntryKind.WEBHOOK_NOT_SENT, EntryOutcome.NOT_SENT, at_ms, reason=reason)


def _together(one: Delivery) -> int:
    """How many events the next attempt may tell; a first attempt stays alone."""
    return one.parcel.retried_with if one.parcel is not None and one.attempts else 1


def request_of(
    delivery: Delivery, target: DeliveryTarget, at_ms: int, *, timeout_s: float, is_bare: bool
) -> OutboundRequest:
    """The signed POST; faults of the bytes strike the first attempt, the next one is right."""
    parcel = delivery.parcel
    if parcel is None:
        body = wire.encode(envelope_of(delivery.event, at_ms, is_bare=is_bare))
        return delivery_request(target.url, target.secret, body, timeout_s=timeout_s)
    whole = _body(delivery, parcel, at_ms, is_bare=is_bare)
    if delivery.attempts:
        return delivery_request(target.url, target.secret, whole, timeout_s=timeout_s)
    if parcel.is_plain:
        whole = wire.plain(whole)
    kept = whole[: int(len(whole) * parcel.kept_share)] if parcel.kept_share < 1 else whole
    secret = target.other_secret if parcel.signing is Signing.OTHER_APP else target.secret
    signed = whole if parcel.signing is Signing.WHOLE_BODY else kept
    request = delivery_request(target.url, secret, signed, parcel.signing, timeout_s=timeout_s)
    headers = {**request.headers, "Content-Length": str(len(kept))}
    return replace(request, headers=headers, body=kept)


def _body(delivery: Delivery, parcel: Parcel, at_ms: int, *, is_bare: bool) -> bytes:
    if is_bare and not delivery.also:
        return wire.encode(envelope_of(delivery.event, at_ms, is_bare=True))
    events = (delivery.event, *delivery.also)
    body = wire.encode(batch_envelope(events, at_ms, apart=parcel.entries_apart))
    missing = parcel.padded_to - len(body)
    if missing <= 0:
        return body
    receipt = replace(delivery.event, item=_strangers_receipt(delivery.event, at_ms))
    count = missing // len(wire.encode(receipt.item)) + 1
    return wire.encode(batch_envelope((*events, *[receipt] * count), at_ms, apart=False))


def _strangers_receipt(event: WebhookEvent, at_ms: int) -> JsonObject:
    if event.object == PAGE_OBJECT:
        return messenger_threads.read_item(event.account_id, _STRANGER, at_ms)
    return {
        "sender": {"id": _STRANGER},
        "recipient": {"id": event.account_id},
        "timestamp": at_ms,
        "read": {"mid": "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOnN0cmFuZA2Vy"},
    }
