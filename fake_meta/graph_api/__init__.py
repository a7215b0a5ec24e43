"""The Graph API: the part of Meta that the app under test calls."""

from __future__ import annotations

from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.door import create_blueprint

__all__ = ["GraphContext", "create_blueprint"]
