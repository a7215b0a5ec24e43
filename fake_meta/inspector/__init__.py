"""The inspector: what went between Meta and the app, on a page, over the control API."""

from __future__ import annotations

from fake_meta.inspector.door import create_blueprint

__all__ = ["create_blueprint"]
