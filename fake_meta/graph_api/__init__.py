"""The Graph API: the part of Meta that the app under test calls."""

from __future__ import annotations

from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.door import GraphDoor, create_blueprint, short_way
from fake_meta.graph_api.download import HttpFetcher, MediaFetcher

__all__ = [
    "GraphContext",
    "GraphDoor",
    "HttpFetcher",
    "MediaFetcher",
    "create_blueprint",
    "short_way",
]
