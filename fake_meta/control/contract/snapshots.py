"""Calls about snapshots and marks."""

from __future__ import annotations

from typing import Any

from pydantic import RootModel

from fake_meta.control.contract.call import Call, Told, Wish
from fake_meta.control.contract.fields import Text


class Snapshot(RootModel[str]):
    """The world as bytes, for PUT on the same path."""


class Restored(Told):
    """The world that is there now."""

    seed: int
    choices: dict[str, Any]


class MarkWish(Wish):
    """The name of a mark."""

    name: Text


class Marks(Told):
    """The names of all marks."""

    marks: list[str]


CALLS = (
    Call("GET", "/snapshot", "Save the world", Snapshot, emits="application/octet-stream"),
    Call("PUT", "/snapshot", "Bring a saved world back", Restored),
    Call("GET", "/marks", "List the marks", Marks),
    Call("POST", "/marks", "Remember the world under a name", Marks, MarkWish, status=201),
    Call("POST", "/marks/<name>/restore", "Return to a mark", Marks),
    Call("DELETE", "/marks/<name>", "Forget a mark", Marks),
)
