"""A row of the catalogue: what a fault does, and the function that does it to a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fake_meta.faults.parameters import Parameter
from fake_meta.faults.plans import AssetPlan, CallPlan, Parcel, Values


class Seam(StrEnum):
    """Where faults strike."""

    WEBHOOK = "webhook"
    GRAPH = "graph"
    CDN = "cdn"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `quirks` are rows of meta-contract §12.

    `fixed_scope` limits it beyond what a tester says; `check` looks at all parameters together.
    """

    name: str
    seam: Seam
    summary: str
    section: str
    apply: Callable[[Any, Values], Any]
    parameters: tuple[Parameter, ...] = ()
    quirks: tuple[int, ...] = ()
    fixed_scope: Mapping[str, str] | None = None
    check: Callable[[Values], None] | None = None


def webhook_fault(
    name: str, summary: str, section: str, apply: Callable[[Parcel, Values], Parcel], **more: Any
) -> Fault:
    """A fault of deliveries."""
    return Fault(name, Seam.WEBHOOK, summary, section, apply, **more)


def graph_fault(
    name: str,
    summary: str,
    section: str,
    apply: Callable[[CallPlan, Values], CallPlan],
    **more: Any,
) -> Fault:
    """A fault of Graph calls."""
    return Fault(name, Seam.GRAPH, summary, section, apply, **more)


def cdn_fault(
    name: str,
    summary: str,
    section: str,
    apply: Callable[[AssetPlan, Values], AssetPlan],
    **more: Any,
) -> Fault:
    """A fault of media."""
    return Fault(name, Seam.CDN, summary, section, apply, **more)
