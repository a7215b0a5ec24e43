"""Why a delivery was left over: the kinds that people are told, by the line that was kept."""

from __future__ import annotations

NO_CHANNEL, NOT_JSON, UNKNOWN_FORM, FAILED = "no_channel", "not_json", "unknown_form", "failed"
_SIGNS = (
    ("quarantined: no channel of ", NO_CHANNEL),
    ("not JSON: ", NOT_JSON),
    ("quarantined: ", UNKNOWN_FORM),
)
KINDS = (NO_CHANNEL, NOT_JSON, UNKNOWN_FORM, FAILED)


def kind_of(note: str | None) -> str:
    """The kind of what happened to it; whatever is none of the others has failed (case 8)."""
    return next((kind for sign, kind in _SIGNS if (note or "").startswith(sign)), FAILED)
