"""What a case leaves behind: notes, files, pictures of the watched windows.

Steps take it as the fixture `evidence`; the recorder collects after each step what came in.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.drivers.contract import Camera
from reports.record import Evidence as Item

EXTENSIONS = {"text": "txt", "json": "json", "html": "html", "log": "log", "exchanges": "json"}
PNG = b"\x89PNG"

Data = str | bytes | Mapping[str, object] | Sequence[object]


class Evidence:
    """The evidence of one case, written into a folder of its own below the run's folder."""

    def __init__(self, run_folder: Path, case_id: str) -> None:
        self._run_folder = run_folder
        self.folder = run_folder / "evidence" / case_id
        self._cameras: list[Camera] = []
        self._last_picture: dict[str, str] = {}
        self._notes: list[str] = []
        self._items: list[Item] = []
        self._number = 0
        self.seen = ""

    def saw(self, what: str) -> None:
        """Remember the actual side of an expectation that was met in the present step."""
        self.seen = what

    def note(self, text: str) -> None:
        """Write a sentence beside the present step: a fact the reader should know."""
        self._notes.append(text)

    def attach(self, kind: str, name: str, data: Data) -> Path:
        """Keep data as a file of the present step.

        `kind` is "text", "json", "html" or "log"; mappings and sequences are written as JSON.
        """
        extension = EXTENSIONS.get(kind, "bin")
        path = self._new_path(name, extension)
        path.write_bytes(_bytes_of(data))
        self._items.append(Item(kind, self._relative(path), name))
        return path

    def adopt(self, kind: str, path: Path, label: str) -> None:
        """Count a file that already lies in the run's folder as evidence of the present step."""
        self._items.append(Item(kind, self._relative(path), label))

    def watch(self, camera: Camera | None) -> None:
        """Take a picture of this window after every step from now on; None is ignored."""
        if camera is not None and camera not in self._cameras:
            self._cameras.append(camera)

    def take_pictures(self) -> None:
        """Take a picture with every camera that has something new to show."""
        for camera in self._cameras:
            picture = camera.shoot()
            if picture is None:
                continue
            digest = hashlib.sha256(picture).hexdigest()
            if self._last_picture.get(camera.label) == digest:
                continue
            self._last_picture[camera.label] = digest
            path = self._new_path(camera.label, "png" if picture.startswith(PNG) else "jpg")
            path.write_bytes(picture)
            self._items.append(Item("screenshot", self._relative(path), camera.label))

    def collect(self) -> tuple[tuple[str, ...], tuple[Item, ...]]:
        """Return notes and items since the last time, and forget them."""
        collected = (tuple(self._notes), tuple(self._items))
        self._notes, self._items, self.seen = [], [], ""
        return collected

    def _new_path(self, name: str, extension: str) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._number += 1
        safe = "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-")
        return self.folder / f"{self._number:02d}-{safe[:60] or 'evidence'}.{extension}"

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._run_folder).as_posix()


def _bytes_of(data: Data) -> bytes:
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return data.encode()
    return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode()
