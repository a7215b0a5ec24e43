"""The whole world saved and brought back: to a file, or under a name."""

from __future__ import annotations

from fake_meta.snapshots.keeper import SnapshotKeeper

__all__ = ["SnapshotKeeper"]
