"""What was measured, printed as lines with their ratios."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import click


@dataclass(frozen=True)
class Line:
    """One measured thing: its rounds, and their unit."""

    name: str
    rounds: Sequence[float]
    unit: str

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.rounds)


def table(lines: Iterable[Line]) -> None:
    """Print each with the first one's ratio to it."""
    found = list(lines)
    for line in found:
        rounds = ", ".join(f"{one:.2f}" if one < 100 else f"{one:.0f}" for one in line.rounds)
        ratio = found[0].middle / line.middle
        click.echo(
            f"{line.name:12} {line.middle:10.2f}{line.unit}   {found[0].name} ÷ this = {ratio:.2f}"
            f"   ({rounds})"
        )
