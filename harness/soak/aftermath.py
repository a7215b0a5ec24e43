"""Gathers what both sides know once everything has settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from harness.drivers.contract import DELIVERY, Customer, JournalEntry
from harness.drivers.meta_control import MetaControl
from harness.soak.laws import Aftermath
from harness.soak.ledger import Ledger


def gather(
    meta: MetaControl, customers: Iterable[Customer], ledger: Ledger, audit: dict[str, Any]
) -> Aftermath:
    """Read Meta's journal and every thread; put the audit and the ledger beside them."""
    written, received = {}, {}
    for customer in customers:
        thread = meta.thread(customer.username)
        written[customer.igsid] = [one.mid for one in thread if one.sender == "customer"]
        received[customer.igsid] = [one.text for one in thread if one.sender == "business"]
    by_customers = {mid for mids in written.values() for mid in mids}
    calls = acknowledged(meta)
    return Aftermath(
        acknowledged={mid: call for mid, call in calls.items() if mid in by_customers},
        written=written,
        received=received,
        promises=tuple(ledger.promises.values()),
        messages=audit["messages"],
        audited=audit["violations"],
        seen=tuple(ledger.seen),
    )


def acknowledged(meta: MetaControl) -> dict[str, tuple[float, float]]:
    """Ids in deliveries that were answered with 2xx: begin of the first attempt, end of that one.

    What a killed process stored without an answer came earlier than its acknowledgement.
    """
    begun: dict[str, float] = {}
    found: dict[str, tuple[float, float]] = {}
    for entry in deliveries(meta):
        begun_ms = float(str(entry.raw["at_ms"]))
        ended_ms = begun_ms + float(str(entry.raw["duration_ms"]))
        for mid in entry.mids:
            begun.setdefault(mid, begun_ms)
            if entry.delivered:
                found.setdefault(mid, (begun[mid], ended_ms))
    return found


def deliveries(meta: MetaControl, after: int = 0) -> Iterator[JournalEntry]:
    """Every attempt to deliver a webhook since that number of Meta's journal, oldest first."""
    while entries := meta.journal(after=after, kind=DELIVERY):
        after = entries[-1].seq
        yield from entries
