"""Pictures without a library: a gradient, a line of text, written as PNG."""

from __future__ import annotations

import colorsys
import struct
import zlib
from dataclasses import dataclass

from fake_meta.domain.picture_sizes import PHOTO
from fake_meta.drawings.glyphs import lit

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TRUE_COLOUR = 2
_HUES = 997
_WHITE = b"\xff\xff\xff"


@dataclass(frozen=True, slots=True)
class Canvas:
    """Size in pixels; `scale` is the side of one point of a letter."""

    width: int
    height: int
    scale: int


STORY = Canvas(360, 640, 4)
IMAGE = Canvas(*PHOTO, 5)
PROFILE = Canvas(160, 160, 9)


def draw(canvas: Canvas, lines: tuple[str, ...], tint: int) -> bytes:
    """A PNG with `lines` in the middle of a gradient whose hue comes from `tint`."""
    rows = [_gradient_row(canvas, y, tint) for y in range(canvas.height)]
    line_height = 10 * canvas.scale
    top = (canvas.height - line_height * len(lines)) // 2
    for number, line in enumerate(lines):
        _write(rows, canvas, line, top + number * line_height)
    return encode(canvas.width, rows)


def encode(width: int, rows: list[bytearray]) -> bytes:
    """Rows of RGB bytes as a PNG file."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, _TRUE_COLOUR, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def _gradient_row(canvas: Canvas, y: int, tint: int) -> bytearray:
    share = y / canvas.height
    hue = (tint % _HUES / _HUES + share * 0.18) % 1.0
    colour = colorsys.hsv_to_rgb(hue, 0.72 - 0.2 * share, 0.62 + 0.3 * share)
    return bytearray(bytes(round(part * 255) for part in colour) * canvas.width)


def _write(rows: list[bytearray], canvas: Canvas, line: str, top: int) -> None:
    points = lit(line)
    scale = max(1, min(canvas.scale, canvas.width // (len(points[0]) + 2))) if line else 1
    left = (canvas.width - len(points[0]) * scale) // 2
    for row_number, row in enumerate(points):
        for dy in range(scale):
            y = top + row_number * scale + dy
            _write_row(rows[y], row, left, scale)


def _write_row(pixels: bytearray, row: list[bool], left: int, scale: int) -> None:
    for number, is_lit in enumerate(row):
        if is_lit:
            start = 3 * (left + number * scale)
            pixels[start : start + 3 * scale] = _WHITE * scale
