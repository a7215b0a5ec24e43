"""How large the pictures are that customers send, in pixels."""

from __future__ import annotations

PHOTO = (480, 360)
