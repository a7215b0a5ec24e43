"""What can be attached, and how large it may be (meta-contract §3.3, §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fake_meta.domain.graph_errors import GraphError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind

_MB = 1024 * 1024


class MediaReach(StrEnum):
    """From where attachments are downloaded; off: their addresses are passed on unseen.

    public: only from where Meta itself could, which is no machine of a private network.
    """

    ANY = "any"
    PUBLIC = "public"
    LOOPBACK = "loopback"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class AttachmentLimit:
    """The content types of one kind, whole or as `image/`, and its most bytes.

    `most_of` says it for types that have another size; no types: every one.
    """

    content_types: frozenset[str]
    most_bytes: int
    most_of: Mapping[str, int] = field(default_factory=dict)

    def takes(self, content_type: str) -> bool:
        """This kind may be of this type."""
        family = content_type.partition("/")[0] + "/"
        return not self.content_types or not self.content_types.isdisjoint({content_type, family})


_ON_INSTAGRAM: Mapping[MessageKind, AttachmentLimit] = {
    MessageKind.IMAGE: AttachmentLimit(
        frozenset({"image/png", "image/jpeg", "image/jpg", "image/gif"}), 8 * _MB
    ),
    MessageKind.AUDIO: AttachmentLimit(
        frozenset(
            {
                "audio/aac", "audio/x-aac", "audio/m4a", "audio/x-m4a", "audio/mp4", "audio/wav",
                "audio/x-wav", "audio/wave", "audio/vnd.wave", "video/mp4",
            }
        ),
        25 * _MB,
    ),
    MessageKind.VIDEO: AttachmentLimit(
        frozenset(
            {
                "video/mp4", "video/ogg", "video/avi", "video/x-msvideo", "video/msvideo",
                "video/quicktime", "video/webm",
            }
        ),
        25 * _MB,
    ),
    MessageKind.FILE: AttachmentLimit(frozenset({"application/pdf"}), 25 * _MB),
}  # fmt: skip
_PHOTOS = ("image/png", "image/jpeg", "image/jpg")
_ON_MESSENGER: Mapping[MessageKind, AttachmentLimit] = {
    MessageKind.IMAGE: AttachmentLimit(
        frozenset({"image/"}), 25 * _MB, dict.fromkeys(_PHOTOS, 8 * _MB)
    ),
    MessageKind.AUDIO: AttachmentLimit(frozenset({"audio/", "video/mp4"}), 25 * _MB),
    MessageKind.VIDEO: AttachmentLimit(frozenset({"video/"}), 25 * _MB),
    MessageKind.FILE: AttachmentLimit(frozenset(), 25 * _MB),
}
LIMITS: Mapping[Platform, Mapping[MessageKind, AttachmentLimit]] = {
    Platform.INSTAGRAM: _ON_INSTAGRAM,
    Platform.MESSENGER: _ON_MESSENGER,
}
"""Formats and sizes; Messenger's formats are not listed by anybody, only its sizes."""

_SIGNATURES = (
    (0, b"\x89PNG", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (0, b"%PDF", "application/pdf"),
    (0, b"OggS", "video/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/avi"),
    (4, b"ftypM4A", "audio/m4a"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
)
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/binary"})

DRAWN_AS: Mapping[MessageKind, str] = {
    MessageKind.IMAGE: "image",
    MessageKind.VIDEO: "video",
    MessageKind.AUDIO: "audio",
    MessageKind.FILE: "file",
    MessageKind.STICKER: "image",
    MessageKind.SHARE: "image",
    MessageKind.IG_POST: "image",
    MessageKind.IG_REEL: "video",
    MessageKind.REEL: "video",
    MessageKind.IG_STORY: "story",
}
"""What the CDN draws for each kind that has an address."""

WIRE_TYPES: Mapping[MessageKind, str] = {MessageKind.STICKER: "image"}
"""`type` on the wire where it is not the kind's own name: stickers come as images (§3.3)."""

WITHOUT_PAYLOAD = frozenset({MessageKind.LIKE_HEART, MessageKind.EPHEMERAL})


def content_type_of(declared: str, body: bytes) -> str:
    """The declared type without its parameters; what the bytes say when it says nothing."""
    plain = declared.partition(";")[0].strip().lower()
    if plain not in _VAGUE:
        return plain
    found = (kind for at, mark, kind in _SIGNATURES if body[at : at + len(mark)] == mark)
    return next(found, plain)


def kind_of_file(
    content_type: str, size: int, platform: Platform = Platform.INSTAGRAM
) -> MessageKind | None:
    """As what a person can attach a file of this type and size, or None when not at all.

    An MP4 can be sound as well: it is a film unless somebody says otherwise.
    """
    family = content_type.partition("/")[0]
    kinds = sorted(LIMITS[platform], key=lambda kind: kind != family)
    fitting = (kind for kind in kinds if fault_of(kind, content_type, size, platform) is None)
    return next(fitting, None)


def fault_of(
    kind: MessageKind, content_type: str, size: int, platform: Platform = Platform.INSTAGRAM
) -> GraphError | None:
    """Why Meta does not take this as an attachment of `kind` there, or None."""
    limit = LIMITS[platform][kind]
    if size > limit.most_of.get(content_type, limit.most_bytes):
        return GraphError.ATTACHMENT_TOO_LARGE
    return None if limit.takes(content_type) else GraphError.ATTACHMENT_MISMATCH
