"""Requests that a tester or the dashboard asks for: made once, at once, and waited for."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fake_meta.clock import VirtualClock
from fake_meta.courier.transport import (
    VERIFICATION_AGENT,
    OutboundRequest,
    Reply,
    Transport,
    delivery_request,
    timeout_error,
)
from fake_meta.domain import events, wire
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError
from fake_meta.domain.events import EventName
from fake_meta.domain.messenger_events import (
    MESSENGER_KINDS,
    MessengerFacts,
    messenger_envelope,
)
from fake_meta.domain.signature import Signing
from fake_meta.journal import Entry, EntryKind, EntryOutcome, Journal
from fake_meta.world import DeliveryTarget, World

_FIRST_IN_MS = 10**11
"""Times below are seconds: 1973 in milliseconds, the year 5138 in seconds."""

Judge = Callable[[Reply], str | None]
"""What is wrong with an answer in one sentence, or None."""

_GRACE_S = 5.0
_OK = 200


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the callback proved itself; `error` is the text that the dashboard shows."""

    verified: bool
    error: str | None


class DirectSender:
    """One request, one answer, one entry; no retry, no lane."""

    def __init__(
        self, world: World, clock: VirtualClock, journal: Journal, transport: Transport
    ) -> None:
        self._world = world
        self._clock = clock
        self._journal = journal
        self._transport = transport

    def deliver(self, payload: Any, signing: Signing) -> Entry:
        """Send any payload, signed as asked (meta-contract §2.3, §2.4)."""
        return self._deliver(wire.encode(payload), signing, EventName.CUSTOM)

    def test_event(
        self,
        form: str | None = None,
        about: World | None = None,
        of: str = events.INSTAGRAM_OBJECT,
    ) -> Entry:
        """The Test button of the object `of`, whatever is subscribed (meta-contract §2.8).

        The flavour by which the account of `about` is subscribed decides who signs it, and its
        form unless `form` does: `messaging` or `changes`.
        """
        world = about or self._world
        wanted = form or world.choices.test_button
        by_flavour = wanted == "by_flavour" and world.account_fields is not None
        in_changes = wanted == "changes" or (by_flavour and of == events.INSTAGRAM_OBJECT)
        payload = events.test_payload(self._clock.now_ms(), of, in_changes=in_changes)
        target = self._target(of, world)
        return self._deliver(wire.encode(payload), Signing.VALID, EventName.TEST, target)

    def messenger(self, name: str, facts: MessengerFacts, world: World, customer: str) -> Entry:
        """One event of Messenger to who subscribed to the Page, else the reason why not (§3.13)."""
        kind = MESSENGER_KINDS[name]
        about = Entry(
            kind=EntryKind.WEBHOOK_NOT_SENT,
            outcome=EntryOutcome.NOT_SENT,
            at_ms=facts.at_ms,
            customer=customer,
            mids=(facts.mid,),
            events=(f"messenger_{name}",),
        )
        target = world.messenger_target(kind)
        if isinstance(target, str):
            return self._journal.append(about._replace(reason=target))
        body = wire.encode(messenger_envelope(kind, facts))
        request = delivery_request(target.url, target.secret, body)
        return self._send(request, EntryKind.WEBHOOK_DELIVERY, about)

    def redeliver(self, seq: int, *, fresh: bool = False) -> Entry:
        """Send a journalled delivery once more: byte for byte, or as Meta tries again.

        `fresh`: to the present callback, with the time of now in every entry, signed anew.
        """
        entry = self._journal.entry(seq)
        if entry.kind is not EntryKind.WEBHOOK_DELIVERY or entry.request is None:
            raise InvalidRequestError(f"entry {seq} is a {entry.kind}, not a webhook_delivery")
        recorded = entry.request
        request = OutboundRequest(recorded.method, recorded.url, recorded.headers, recorded.body)
        if fresh:
            payload = _retimed(recorded.body, self._clock.now_ms())
            target, body = self._target(payload.get("object")), wire.encode(payload)
            request = delivery_request(target.url, target.secret, body)
        return self._send(request, EntryKind.WEBHOOK_DELIVERY, entry)

    def verify(self, callback_url: str, verify_token: str) -> Verification:
        """Ask the callback to prove itself (meta-contract §2.2)."""
        challenge = self._world.new_challenge()
        query = urlencode(
            {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        )
        joint = "&" if "?" in callback_url else "?"
        headers = {
            "Accept": "*/*",
            "Accept-Encoding": "deflate, gzip",
            "User-Agent": VERIFICATION_AGENT,
        }
        request = OutboundRequest("GET", f"{callback_url}{joint}{query}", headers)
        at_ms = self._clock.now_ms()
        reply = self._await(request)
        is_exact = self._world.choices.challenge_blanks == "exact"
        error = _verification_error(reply, challenge, is_exact=is_exact)
        self._journal.append(
            Entry(
                kind=EntryKind.WEBHOOK_VERIFICATION,
                outcome=EntryOutcome.FAILED if error else EntryOutcome.ANSWERED,
                at_ms=at_ms,
                duration_ms=reply.duration_s * 1000,
                request=request.recorded(),
                response=reply.recorded(),
                reason=error,
            )
        )
        return Verification(error is None, error)

    def verify_again(self, verify_token: str | None) -> Verification:
        """Check the subscribed callback once more, with its own token or another."""
        target = self._target()
        return self.verify(target.url, verify_token or target.verify_token)

    def send_judged(
        self, request: OutboundRequest, about: Entry, judge: Judge
    ) -> tuple[Reply, Entry]:
        """Make any request; the entry fails with what `judge` says about the answer."""
        at_ms = self._clock.now_ms()
        reply = self._await(request)
        return reply, self._journal.append(_judged(request, about, at_ms, reply, judge))

    def send_later(self, request: OutboundRequest, about: Entry, judge: Judge) -> None:
        """The same without waiting."""
        at_ms = self._clock.now_ms()

        def done(reply: Reply) -> None:
            self._journal.append(_judged(request, about, at_ms, reply, judge))

        self._transport.submit(request, done)

    def _deliver(
        self, body: bytes, signing: Signing, name: EventName, to: DeliveryTarget | None = None
    ) -> Entry:
        target = to or self._target()
        request = delivery_request(target.url, target.secret, body, signing)
        about = Entry(
            kind=EntryKind.WEBHOOK_DELIVERY,
            outcome=EntryOutcome.FAILED,
            at_ms=0,
            events=(name,),
        )
        return self._send(request, EntryKind.WEBHOOK_DELIVERY, about)

    def _send(self, request: OutboundRequest, kind: EntryKind, about: Entry) -> Entry:
        at_ms, choices = self._clock.now_ms(), self._world.choices
        reply = self._await(request)
        return self._journal.append(
            Entry(
                kind=kind,
                outcome=reply.outcome(choices),
                at_ms=at_ms,
                duration_ms=reply.duration_s * 1000,
                customer=about.customer,
                mids=about.mids,
                events=about.events,
                attempt=1,
                request=request.recorded(),
                response=reply.recorded(),
                reason=reply.reason(choices),
            )
        )

    def _await(self, request: OutboundRequest) -> Reply:
        request = replace(request, timeout_s=self._world.choices.answer_limit)
        arrived = threading.Event()
        replies: list[Reply] = []

        def done(reply: Reply) -> None:
            replies.append(reply)
            arrived.set()

        self._transport.submit(request, done)
        if not arrived.wait(request.timeout_s + _GRACE_S):
            return Reply(None, error=timeout_error(request.timeout_s))
        return replies[0]

    def _target(
        self, about: object = events.INSTAGRAM_OBJECT, world: World | None = None
    ) -> DeliveryTarget:
        """The callback for this object, or for all else the one of Instagram."""
        world = world or self._world
        target = world.delivery_target(str(about)) or world.delivery_target()
        if target is None:
            raise NotAllowedError(
                "the app has no callback: subscribe it with POST /{app-id}/subscriptions first"
            )
        return target


def _retimed(body: bytes, now_ms: int) -> Any:
    """The payload with `entry.time` of now, in the unit that it has (meta-contract §3.1)."""
    try:
        payload = json.loads(body)
        for entry in payload["entry"]:
            in_seconds = entry["time"] < _FIRST_IN_MS
            entry["time"] = now_ms // 1000 if in_seconds else now_ms
    except (ValueError, TypeError, KeyError):
        raise InvalidRequestError(
            "the body of this delivery has no entries with a time; replay it as it was"
        ) from None
    return payload


def _judged(
    request: OutboundRequest, about: Entry, at_ms: int, reply: Reply, judge: Judge
) -> Entry:
    reason = judge(reply)
    return about._replace(
        outcome=EntryOutcome.DELIVERED if reason is None else EntryOutcome.FAILED,
        at_ms=at_ms,
        duration_ms=reply.duration_s * 1000,
        attempt=1,
        request=request.recorded(),
        response=reply.recorded(),
        reason=reason,
    )


def _verification_error(reply: Reply, challenge: str, *, is_exact: bool) -> str | None:
    """Meta's sentence for a callback that failed, or None; `is_exact` forgives no white space."""
    if reply.status is None:
        return reply.error
    if reply.status != _OK:
        message = http.client.responses.get(reply.status, "")
        return f"HTTP Status Code = {reply.status}; HTTP Message = {message}"
    body = reply.body if is_exact else reply.body.strip(b" \t\r\n")
    if body != challenge.encode():
        shown = reply.body[:80].decode("utf-8", errors="replace")
        return f"The challenge was {challenge}, the response body was {shown!r}"
    return None
