"""Meta's CDN: pictures that are drawn when they are asked for, and gone when they should be."""

from __future__ import annotations

from fake_meta.cdn.door import create_blueprint

__all__ = ["create_blueprint"]
