"""What the control API steers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fake_meta.clock import VirtualClock
from fake_meta.courier import CallbackSender, Courier, DirectSender
from fake_meta.faults import FaultBoard
from fake_meta.journal import Journal
from fake_meta.reviewer import Reviewer
from fake_meta.snapshots import SnapshotKeeper
from fake_meta.world import World

if TYPE_CHECKING:
    from fake_meta.world_file import WorldFile


@dataclass(frozen=True, slots=True)
class Parts:
    """The emulator's parts, built by the composition root."""

    world: World
    clock: VirtualClock
    journal: Journal
    courier: Courier
    sender: DirectSender
    callbacks: CallbackSender
    faults: FaultBoard
    reviewer: Reviewer
    snapshots: SnapshotKeeper
    world_file: WorldFile | None = None
