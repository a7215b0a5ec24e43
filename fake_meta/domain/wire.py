"""Meta's wire form of JSON: ASCII only, slashes escaped (meta-contract §2.4)."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def encode(value: Any) -> bytes:
    """`value` as the exact bytes that Meta would send and sign."""
    return _ENCODER.encode(value).replace("/", "\\/").encode("ascii")
