"""Points that Meta leaves open and that nobody can switch here, with what the emulator does."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.choices.row import Mark


@dataclass(frozen=True, slots=True)
class Fixed:
    """A choice without a switch."""

    name: str
    section: str
    mark: Mark
    in_force: str
    alternative: str


FIXED: tuple[Fixed, ...] = (
    Fixed(
        "labels", "9.7", Mark.UNKNOWN, "Instagram's English labels as in the guide",
        "today's labels",
    ),
)  # fmt: skip
