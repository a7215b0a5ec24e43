"""Calls about rate limits."""

from __future__ import annotations

from typing import Unpack

from fake_meta.client.line import Line
from fake_meta.client.shapes import wire


class Limits:
    """Rate limits and who used how much."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def read(self) -> wire.Limits:
        """Read the rate limits."""
        return self._line.ask(wire.Limits, "GET", "/limits")

    def change(self, **wish: Unpack[wire.LimitsWish]) -> wire.Limits:
        """Change the rate limits, or enforce them."""
        return self._line.ask(wire.Limits, "PATCH", "/limits", wish)
