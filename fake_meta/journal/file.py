"""The whole journal on disk, as lines of JSON, written beside whoever waits for an answer."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from queue import SimpleQueue

from fake_meta.journal.entry import Entry
from fake_meta.journal.masking import Secrets, told


class JournalFile:
    """A `Witness` that hands entries to a thread of its own; opening may raise OSError."""

    def __init__(self, path: Path, secrets: str = Secrets.MASKED) -> None:
        self._secrets = secrets
        self._file = path.open("a", encoding="utf-8")
        self._waiting: SimpleQueue[Entry | None] = SimpleQueue()
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="journal-file", daemon=True)
        self._thread.start()

    def __call__(self, entry: Entry) -> None:
        """Write `entry` soon."""
        self._waiting.put(entry)

    @property
    def failure(self) -> OSError | None:
        """Why the file ends too early, None while all is well."""
        return self._failure

    def close(self) -> None:
        """Write what is left."""
        self._waiting.put(None)
        self._thread.join()
        self._file.close()

    def _run(self) -> None:
        while (entry := self._waiting.get()) is not None:
            if self._failure is None:
                self._write(entry)

    def _write(self, entry: Entry) -> None:
        try:
            self._file.write(json.dumps(told(entry, self._secrets), ensure_ascii=False) + "\n")
            if self._waiting.empty():
                self._file.flush()
        except OSError as error:
            self._failure = error
