"""What came and went: the newest in memory, older ones in temporary files; on request in a file."""

from __future__ import annotations

from fake_meta.journal.entry import (
    Entry,
    EntryKind,
    EntryOutcome,
    RecordedRequest,
    RecordedResponse,
    entry_json,
    kept_of,
)
from fake_meta.journal.file import JournalFile
from fake_meta.journal.masking import Secrets, told
from fake_meta.journal.query import CONDITIONS, Query
from fake_meta.journal.ring import (
    DEFAULT_BYTES,
    DEFAULT_CAPACITY,
    DEFAULT_SPILLED,
    MEGABYTE,
    Journal,
)

__all__ = [
    "CONDITIONS",
    "DEFAULT_BYTES",
    "DEFAULT_CAPACITY",
    "DEFAULT_SPILLED",
    "MEGABYTE",
    "Entry",
    "EntryKind",
    "EntryOutcome",
    "Journal",
    "JournalFile",
    "Query",
    "RecordedRequest",
    "RecordedResponse",
    "Secrets",
    "entry_json",
    "kept_of",
    "told",
]
