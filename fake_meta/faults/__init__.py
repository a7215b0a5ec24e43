"""Faults on demand: what goes wrong between Meta and an app, each a switch (meta-contract §12)."""

from __future__ import annotations

from fake_meta.faults.board import FaultBoard
from fake_meta.faults.catalogue import CATALOGUE
from fake_meta.faults.fault import Fault, Seam
from fake_meta.faults.plans import AssetPlan, CallPlan, Parcel
from fake_meta.faults.scope import CallKind, scope_names
from fake_meta.faults.switched import SwitchedFault

__all__ = [
    "CATALOGUE",
    "AssetPlan",
    "CallKind",
    "CallPlan",
    "Fault",
    "FaultBoard",
    "Parcel",
    "Seam",
    "SwitchedFault",
    "scope_names",
]
