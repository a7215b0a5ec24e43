"""The App Dashboard: what the app's administrator sees at developers.facebook.com (§10)."""

from __future__ import annotations

from fake_meta.dashboard.door import create_blueprint

__all__ = ["create_blueprint"]
