"""What an agent can attach: told from the bytes, never from a name (meta-contract §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from system_under_test.domain.medium import INSTAGRAM, MESSENGER

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what Meta calls it, its content type and the ending of its name."""

    kind: str
    content_type: str
    ending: str


_MP4 = Format("video", "video/mp4", "mp4")
_VOICE = Format("audio", "audio/ogg", "ogg")

# (where, bytes) of what a file begins with; the first that fits.
_SIGNS: tuple[tuple[tuple[tuple[int, bytes], ...], Format], ...] = (
    (((0, b"\x89PNG\r\n\x1a\n"),), Format("image", "image/png", "png")),
    (((0, b"\xff\xd8\xff"),), Format("image", "image/jpeg", "jpg")),
    (((0, b"GIF8"),), Format("image", "image/gif", "gif")),
    (((0, b"RIFF"), (8, b"WEBP")), Format("image", "image/webp", "webp")),
    (((0, b"RIFF"), (8, b"WAVE")), Format("audio", "audio/wav", "wav")),
    (((0, b"RIFF"), (8, b"AVI ")), Format("video", "video/x-msvideo", "avi")),
    (((4, b"ftypM4A"),), Format("audio", "audio/mp4", "m4a")),
    (((4, b"ftypqt"),), Format("video", "video/quicktime", "mov")),
    (((4, b"ftypheic"),), Format("image", "image/heic", "heic")),
    (((4, b"ftyp"),), _MP4),
    (((0, b"OggS"), (28, b"OpusHead")), _VOICE),
    (((0, b"OggS"), (28, b"\x01vorbis")), _VOICE),
    (((0, b"OggS"),), Format("video", "video/ogg", "ogv")),
    (((0, b"\x1aE\xdf\xa3"),), Format("video", "video/webm", "webm")),
    (((0, b"\xff\xf1"),), Format("audio", "audio/aac", "aac")),
    (((0, b"\xff\xf9"),), Format("audio", "audio/aac", "aac")),
    (((0, b"ID3"),), Format("audio", "audio/mpeg", "mp3")),
    (((0, b"\xff\xfb"),), Format("audio", "audio/mpeg", "mp3")),
    (((0, b"%PDF-"),), Format("file", "application/pdf", "pdf")),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The content types of one kind that a medium takes, and its most bytes.

    `most_of` says it for the types that have another size.
    """

    content_types: frozenset[str]
    most_bytes: int
    most_of: Mapping[str, int] = field(default_factory=dict)

    def most_for(self, content_type: str) -> int:
        """The most bytes of a file of that type."""
        return self.most_of.get(content_type, self.most_bytes)


_VIDEO = frozenset({"video/mp4", "video/ogg", "video/x-msvideo", "video/quicktime", "video/webm"})
_PHOTOS = frozenset({"image/png", "image/jpeg"})
_SOUND = frozenset({"audio/aac", "audio/mp4", "audio/wav"})
_PDF = Limit(frozenset({"application/pdf"}), 25 * _MB)
TAKEN: Mapping[str, Mapping[str, Limit]] = {
    INSTAGRAM.name: {
        "image": Limit(_PHOTOS | {"image/gif"}, 8 * _MB),
        "audio": Limit(_SOUND, 25 * _MB),
        "video": Limit(_VIDEO, 25 * _MB),
        "file": _PDF,
    },
    MESSENGER.name: {
        "image": Limit(
            _PHOTOS | {"image/gif", "image/webp"}, 25 * _MB, dict.fromkeys(_PHOTOS, 8 * _MB)
        ),
        "audio": Limit(_SOUND | {"audio/mpeg", "audio/ogg"}, 25 * _MB),
        "video": Limit(_VIDEO, 25 * _MB),
        "file": _PDF,
    },
}
"""By medium and kind. Meta lists formats for Instagram, and only sizes for Messenger (§4.3): there
it is what browsers show and play, so that agent and customer see the same.
"""
MOST_BYTES = max(limit.most_bytes for table in TAKEN.values() for limit in table.values())


class AttachmentRefusedError(Exception):
    """A file that the medium would not take; `code` is empty, type or size."""

    def __init__(
        self, code: str, *, what: str = "", size: int = 0, limit: int = 0, medium: str = ""
    ) -> None:
        super().__init__(f"{code}: {what or 'unknown'}, {size} bytes, limit {limit} {medium}")
        self.code = code
        self.what = what
        self.size = size
        self.limit = limit
        self.medium = medium


def format_of(data: bytes) -> Format | None:
    """What the bytes are, None for anything that is not in the table."""
    for signs, found in _SIGNS:
        if all(data[at : at + len(mark)] == mark for at, mark in signs):
            return found
    return None


def content_types_of(medium: str) -> list[str]:
    """All that the medium takes, for a file chooser to offer."""
    return sorted(frozenset().union(*(limit.content_types for limit in TAKEN[medium].values())))


def check_attachment(data: bytes, medium: str) -> Format:
    """The file's format; AttachmentRefusedError when the medium takes no such file."""
    if not data:
        raise AttachmentRefusedError("empty", medium=medium)
    found, size = format_of(data), len(data)
    limit = TAKEN[medium].get(found.kind) if found else None
    if found is None or limit is None or found.content_type not in limit.content_types:
        what = found.ending if found else ""
        raise AttachmentRefusedError("type", what=what, size=size, medium=medium)
    most = limit.most_for(found.content_type)
    if size > most:
        raise AttachmentRefusedError(
            "size", what=found.ending, size=size, limit=most, medium=medium
        )
    return found
