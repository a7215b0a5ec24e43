"""What Graph handlers work with."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from fake_meta.courier import DirectSender
from fake_meta.world import World


@dataclass(frozen=True, slots=True)
class GraphContext:
    """The world, the way to the app's callback, and the sign that the process ends."""

    world: World
    sender: DirectSender
    stopping: threading.Event = field(default_factory=threading.Event)
