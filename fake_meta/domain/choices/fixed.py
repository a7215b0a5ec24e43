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
        "retry_schedule", "2.6", Mark.CONFLICT,
        "attempts 0, 1, 3, 8, 20, 60, 180, 600, 1800, 3600 s after the first; an hour without "
        "success unsubscribes the app",
        "36 hours with decreasing frequency",
    ),
    Fixed(
        "profile_timeout", "5.3", Mark.UNKNOWN,
        "profile_fault timeout: 10 s of silence, then 500, code 2", "the connection breaks",
    ),
    Fixed(
        "labels", "9.7", Mark.UNKNOWN, "Instagram's English labels as in the guide",
        "today's labels",
    ),
)  # fmt: skip
