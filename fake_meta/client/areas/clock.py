"""Calls about time."""

from __future__ import annotations

from typing import Unpack

from fake_meta.client.line import Line
from fake_meta.client.shapes import wire


class Clock:
    """The virtual clock."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def freeze(self) -> wire.Clock:
        """Let the clock stand still."""
        return self.steer(freeze=True)

    def advance(self, seconds: float) -> wire.Clock:
        """Let time pass at once: retries that fall due are made, windows close."""
        return self.steer(advance_s=seconds)

    def read(self) -> wire.Clock:
        """Read the clock."""
        return self._line.ask(wire.Clock, "GET", "/clock")

    def steer(self, **wish: Unpack[wire.ClockWish]) -> wire.Clock:
        """Freeze, advance, scale or set the clock back to real time."""
        return self._line.ask(wire.Clock, "POST", "/clock", wish)
