"""pymsgr's models of webhooks judge samples: what they refuse, and which keys they do not know."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pymsgr.types.events import WebhookPayload
from report import tell


def unknown_keys(part: Any, path: str = "") -> set[str]:
    """Paths of the keys that no model names; places in lists are left out."""
    if isinstance(part, list):
        return {key for one in part for key in unknown_keys(one, path)}
    if not isinstance(part, BaseModel):
        return set()
    found = {f"{path}{key}" for key in part.model_extra or {}}
    for name in type(part).model_fields:
        found |= unknown_keys(getattr(part, name), f"{path}{name}.")
    return found


def judged(text: str) -> dict[str, Any]:
    """Whether the models take it, and what they do not know of it."""
    try:
        payload = WebhookPayload.model_validate_json(text, strict=True)
    except ValidationError as error:
        return {"refused": str(error), "unknown": []}
    return {"refused": None, "unknown": sorted(unknown_keys(payload))}


files = sorted(Path(sys.argv[1]).glob("*.json"))
tell(**{file.stem: judged(file.read_text("utf-8")) for file in files})
