"""Why something was not sent, as words of ours that are kept; people read them in their language.

A reason is one line: its name, then its values. The sentence of each is the text `reason.NAME`.
"""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, ...]] = {
    "unconfirmed": (),
    "internal": (),
    "unavailable": (),
    "calls_app": (),
    "calls_user": (),
    "calls_page": (),
    "calls_account": (),
    "too_fast": (),
    "not_allowed": (),
    "window": (),
    "window_human": (),
    "window_machine": (),
    "permission": (),
    "no_person": (),
    "other_app": (),
    "file_fetch": (),
    "file_type": (),
    "file_size": (),
    "refused": (),
    "token": (),
    "away": (),
    "no_access": (),
    "may_not_write": (),
    "blocked": (),
    "refused_call": ("code", "status"),
    "no_message_id": (),
    "no_token": (),
    "unreachable": ("cause",),
}
"""The names of reasons, and of the values that each one has."""


def reason_of(name: str, *values: object) -> str:
    """The line to be kept."""
    return " ".join([name, *(str(value) for value in values)])


def parts_of(reason: str) -> tuple[str, dict[str, str]] | None:
    """Name and values of a line; None for a sentence that an earlier version has kept."""
    name, *values = reason.split(" ")
    wanted = REASONS.get(name)
    if wanted is None or len(wanted) != len(values):
        return None
    return name, dict(zip(wanted, values, strict=True))
