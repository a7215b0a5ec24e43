"""What Graph handlers work with."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from fake_meta.courier import CallbackSender, DirectSender
from fake_meta.domain.platforms import Platform
from fake_meta.faults import FaultBoard
from fake_meta.graph_api.download import HttpFetcher, MediaFetcher
from fake_meta.journal import Journal
from fake_meta.world import World


@dataclass(frozen=True, slots=True)
class GraphContext:
    """The world, the ways to the app's callbacks, the sign of the end, and Meta's downloads."""

    world: World
    sender: DirectSender
    callbacks: CallbackSender
    stopping: threading.Event = field(default_factory=threading.Event)
    fetcher: MediaFetcher = field(default_factory=HttpFetcher)
    faults: FaultBoard = field(default_factory=lambda: FaultBoard(0))
    journal: Journal = field(default_factory=Journal)

    def at(self, asset_id: str) -> GraphContext:
        """The same in the inbox of this Page or account, or of the person who logs in to it."""
        world = self.world.at(asset_id)
        return self if world is self.world else replace(self, world=world)

    def on(self, platform: Platform) -> GraphContext:
        """The same in this inbox of the company."""
        return self if platform is self.world.platform else self._in(self.world.on(platform))

    def _in(self, world: World) -> GraphContext:
        return replace(self, world=world)
