"""The console with a clock that may be wrong, to rehearse what a wrong clock does.

`serve --app system_under_test.drill:create_app`: the file that `DRILL_CLOCK_FILE` names holds
milliseconds that are added to the time, also while it runs. For rehearsals, never for service.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from system_under_test.adapters.database import SqlStore
from system_under_test.app import Parts
from system_under_test.app import create_app as reference
from system_under_test.service.ports import Clock


@dataclass(frozen=True, slots=True)
class WrongClock:
    """A clock and by how much it is wrong; without a readable number it is right."""

    clock: Clock
    error_file: Path

    def now_ms(self) -> int:
        """The time that it shows."""
        error_ms = 0
        with contextlib.suppress(OSError, ValueError):
            error_ms = int(self.error_file.read_text(encoding="ascii"))
        return self.clock.now_ms() + error_ms


def create_app() -> Flask:
    """The reference console with that clock everywhere."""
    return reference(vary=_with_wrong_clock)


def _with_wrong_clock(parts: Parts) -> Parts:
    clock = WrongClock(parts.clock, Path(os.environ["DRILL_CLOCK_FILE"]))
    settings = parts.settings
    store = SqlStore(settings.database_url, parts.bell, clock, settings.most_positions)
    return replace(parts, clock=clock, store=store)
