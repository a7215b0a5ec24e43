"""The automatic reviewer of App Review (meta-contract §10.5)."""

from __future__ import annotations

from fake_meta.reviewer.reviewer import Reviewer

__all__ = ["Reviewer"]
