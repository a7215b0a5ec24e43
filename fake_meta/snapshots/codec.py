"""A snapshot as bytes: a line that says what it is, then the packed objects.

Packed with `pickle`, which keeps who refers to whom; unpacked by a reader that makes nothing but
records of the emulator, so that a foreign file can do no harm.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import zlib
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from fake_meta.courier.deliveries import Delivery
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.threads import ThreadMessage
from fake_meta.world.state import WorldState

MAGIC = "fake_meta snapshot"
FORMAT = 2
LARGEST_BYTES = 2 * 1024**3
_OURS = ("fake_meta.domain.", "fake_meta.world.")
_ALSO = {
    ("fake_meta.faults.plans", "Parcel"),
    ("fake_meta.courier.deliveries", "Delivery"),
    ("fake_meta.archive.archive", "MessageArchive"),
}
_PLAIN = {
    ("random", "Random"),
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("collections", "deque"),
    ("collections", "OrderedDict"),
}


@dataclass(slots=True)
class Snapshot:
    """Everything that is kept: the world, the time it has, retries with the time they are due."""

    state: WorldState
    now_ms: int
    frozen: bool
    scale: float
    waiting: list[tuple[int, Delivery]]


def pack(snapshot: Snapshot) -> bytes:
    """The snapshot as bytes."""
    head = {"what": MAGIC, "format": FORMAT, "shape": shape(), "seed": snapshot.state.seed}
    packed = zlib.compress(pickle.dumps(snapshot, protocol=5), 1)
    return json.dumps(head).encode() + b"\n" + packed


def unpack(data: bytes) -> Snapshot:
    """The snapshot that `data` holds; InvalidRequestError with one sentence."""
    head, _, packed = data.partition(b"\n")
    _check(head)
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(packed, LARGEST_BYTES)
        found = _Reader(io.BytesIO(plain)).load()
    except InvalidRequestError:
        raise
    except Exception as error:
        raise InvalidRequestError(f"the snapshot is damaged: {type(error).__name__}") from error
    if not isinstance(found, Snapshot) or not isinstance(found.state, WorldState):
        raise InvalidRequestError("the file holds no world")
    return found


@lru_cache(1)
def shape() -> str:
    """A mark of what the records look like; it changes with them."""
    seen: dict[str, list[str]] = {}
    _describe(Snapshot, seen)
    _describe(ThreadMessage, seen)
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _describe(record: type, seen: dict[str, list[str]]) -> None:
    name = f"{record.__module__}.{record.__qualname__}"
    if name in seen:
        return
    seen[name] = [f"{one.name}: {one.type}" for one in fields(record)]
    module: ModuleType = __import__(record.__module__, fromlist=["_"])
    for other in vars(module).values():
        if isinstance(other, type) and is_dataclass(other):
            _describe(other, seen)


def _check(head: bytes) -> None:
    try:
        told = json.loads(head)
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("what") != MAGIC:
        raise InvalidRequestError("this is no snapshot of fake_meta")
    if told.get("format") != FORMAT or told.get("shape") != shape():
        raise InvalidRequestError(
            "the snapshot was made by another version of fake_meta; make it anew with this one"
        )


class _Reader(pickle.Unpickler):
    """Finds nothing but what a world is made of, and a few plain containers."""

    def find_class(self, module: str, name: str) -> Any:
        known = (module, name) in _PLAIN | _ALSO or (module == __name__ and name == "Snapshot")
        if known or module.startswith(_OURS):
            found = super().find_class(module, name)
            if isinstance(found, type) and not issubclass(found, BaseException):
                return found
        raise InvalidRequestError(
            f"the snapshot holds something that no world is made of: {module}.{name}"
        )
