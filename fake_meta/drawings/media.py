"""Which bytes lie behind a CDN address: pictures are drawn, sound is a tone, a file is a PDF."""

from __future__ import annotations

import math
import struct
import textwrap
from collections.abc import Callable

from fake_meta.drawings import picture
from fake_meta.drawings.film import WEBM
from fake_meta.world import AssetView

_LINE_LENGTH = 14
_MOST_LINES = 6
_RATE = 8000


def content_of(view: AssetView) -> tuple[str, bytes]:
    """Content type and bytes."""
    if view.content is not None:
        return view.content
    return _MAKERS[view.kind](view)


def _story(view: AssetView) -> tuple[str, bytes]:
    lines = ("STORY", *_wrapped(view.label))
    return "image/png", picture.draw(picture.STORY, lines, view.tint)


def _image(view: AssetView) -> tuple[str, bytes]:
    return "image/png", picture.draw(picture.IMAGE, ("PHOTO", view.label[:20]), view.tint)


def _profile(view: AssetView) -> tuple[str, bytes]:
    return "image/png", picture.draw(picture.PROFILE, (view.label,), view.tint)


def _audio(_view: AssetView) -> tuple[str, bytes]:
    samples = (round(12000 * math.sin(n * 440 * math.tau / _RATE)) for n in range(_RATE))
    data = b"".join(struct.pack("<h", sample) for sample in samples)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _RATE, _RATE * 2, 2, 16)
    body = b"WAVE" + form + b"data" + struct.pack("<I", len(data)) + data
    return "audio/wav", b"RIFF" + struct.pack("<I", len(body)) + body


def _file(view: AssetView) -> tuple[str, bytes]:
    shown = "".join(c if c.isascii() and c.isalnum() else " " for c in view.label)
    stream = f"BT /F1 24 Tf 40 120 Td (Document of {shown}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R/Resources 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Font<</F1 5 0 R>>>>",
    )
    return "application/pdf", _pdf(objects)


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + end + trailer


def _video(_view: AssetView) -> tuple[str, bytes]:
    return "video/webm", WEBM


def _wrapped(label: str) -> tuple[str, ...]:
    lines = textwrap.wrap(label, _LINE_LENGTH)
    return tuple(lines[:_MOST_LINES])


_MAKERS: dict[str, Callable[[AssetView], tuple[str, bytes]]] = {
    "story": _story,
    "image": _image,
    "profile": _profile,
    "audio": _audio,
    "file": _file,
    "video": _video,
}
