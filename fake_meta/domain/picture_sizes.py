"""How large pictures are, in pixels: those drawn here, and those whose bytes say it."""

from __future__ import annotations

PHOTO = (480, 360)
FILM = (96, 72)

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LONELY = frozenset({0x01, *range(0xD0, 0xDA)})
"""Markers of JPEG without a length."""

_PNG, _GIF, _JPEG = b"\x89PNG\r\n\x1a\n", b"GIF8", b"\xff\xd8"


def size_of_picture(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None when the bytes are none or cut short."""
    if content.startswith(_PNG) and len(content) >= 24:
        return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    if content.startswith(_GIF) and len(content) >= 10:
        return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    return _size_of_jpeg(content) if content.startswith(_JPEG) else None


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """What the first frame says; the segments before it are skipped."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 if marker in _LONELY else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
