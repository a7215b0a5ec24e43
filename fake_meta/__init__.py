"""The emulated Meta: Graph API, webhooks, CDN and Instagram's two surfaces in one process."""

from __future__ import annotations

from typing import Any

__all__ = ["intercept"]


def intercept(**wishes: Any) -> Any:
    """Emulate Meta for `requests` in this process; see `fake_meta.in_process.intercept`."""
    from fake_meta.in_process import intercept as start  # a server needs none of it

    return start(**wishes)
