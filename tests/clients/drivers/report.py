"""What every driver is given and gives back: JSON in the environment, one JSON line out."""

from __future__ import annotations

import json
import os
from typing import Any


def world() -> dict[str, Any]:
    """Ids, tokens and one delivery of the emulator."""
    facts: dict[str, Any] = json.loads(os.environ["FAKE_META_FACTS"])
    return facts


def refusal(status: int | None, code: int | None, subcode: int | None) -> dict[str, Any]:
    """How a client saw an error."""
    return {"status": status, "code": code, "subcode": subcode}


def tell(**seen: Any) -> None:
    """Print what was seen."""
    print(json.dumps(seen, default=str))  # noqa: T201
