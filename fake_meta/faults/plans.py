"""What a fault may change: plans that the courier, the Graph door and the CDN carry out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fake_meta.domain.events import JsonObject, WebhookEvent
from fake_meta.domain.signature import Signing

Values = Mapping[str, Any]
"""The parameters that a tester gave, or their defaults."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One event on its way to the app.

    `copies` are made at the same time. `delay_ms` is virtual time. `waits_ms` holds the event back
    until the next one of its thread is out, no longer than that; `batch_of` waits for company, and
    `retried_with` is how many may be tried again at once.
    `kept_share` of the body's bytes are sent; `padded_to` is its least size in bytes; `is_plain`
    writes it in UTF-8, without Meta's escapes.
    """

    event: WebhookEvent
    faults: tuple[str, ...] = ()
    is_dropped: bool = False
    copies: int = 1
    delay_ms: int = 0
    waits_ms: int = 0
    leaves_lane: bool = False
    batch_of: int = 1
    batch_within_ms: int = 0
    entries_apart: bool = False
    retried_with: int = 1
    signing: Signing = Signing.VALID
    kept_share: float = 1.0
    padded_to: int = 0
    is_plain: bool = False

    def with_item(self, item: JsonObject) -> Parcel:
        """The same with another item."""
        return replace(self, event=replace(self.event, item=item))


@dataclass(frozen=True, slots=True)
class CallPlan:
    """One Graph call.

    `error` (code and subcode) is answered in its place, or, with `is_handled`, after Meta did what
    was asked; under `status` and with `retry_after_s`, unless they are 0. `awaits_echo_s`: the
    answer comes after the echo, or after so many seconds.
    """

    faults: tuple[str, ...] = ()
    delay_s: float = 0.0
    error: tuple[int, int | None] | None = None
    status: int = 0
    retry_after_s: int = 0
    is_handled: bool = False
    is_cut: bool = False
    awaits_echo_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AssetPlan:
    """One read of the CDN."""

    faults: tuple[str, ...] = ()
    delay_s: float = 0.0
    is_missing: bool = False


Plan = Parcel | CallPlan | AssetPlan
