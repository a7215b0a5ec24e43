"""A world described in a TOML file."""

from __future__ import annotations

from fake_meta.world_file.builder import build, make_crowd, rehearse
from fake_meta.world_file.model import WorldFile
from fake_meta.world_file.reader import WorldFileError, read

__all__ = ["WorldFile", "WorldFileError", "build", "make_crowd", "read", "rehearse"]
