"""Where customers write, and what Meta does otherwise in each (meta-contract §3.13, §4).

Windows, tags, errors and the form of a webhook are the same for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Medium:
    """One of them: `webhook_object` of its deliveries, the longest text and what it counts."""

    name: str
    label: str
    webhook_object: str
    most_text: int
    text_unit: str
    profile_fields: str
    page_fields: tuple[str, ...]

    def size_of(self, text: str) -> int:
        """The text's length as Meta counts it here."""
        if self.text_unit == BYTES:
            return len(text.encode("utf-8", "replace"))
        return len(text)


BYTES, CHARACTERS = "bytes", "characters"
INSTAGRAM = Medium(
    name="instagram",
    label="Instagram",
    webhook_object="instagram",
    most_text=1000,  # §4.2
    text_unit=BYTES,
    profile_fields="name,username,profile_pic,follower_count",  # §5.3
    page_fields=("messages", "messaging_postbacks", "message_reactions"),  # §2.1.3
)
MESSENGER = Medium(
    name="messenger",
    label="Messenger",
    webhook_object="page",
    most_text=2000,  # §4.2
    text_unit=CHARACTERS,
    profile_fields="name,first_name,last_name,profile_pic",  # §5.3
    page_fields=(
        "messages", "messaging_postbacks", "message_reactions", "message_reads", "message_echoes",
        "message_edits",
    ),  # §3.14
)  # fmt: skip
MEDIA: Mapping[str, Medium] = {one.name: one for one in (INSTAGRAM, MESSENGER)}
"""By name."""
BY_OBJECT: Mapping[str, Medium] = {one.webhook_object: one for one in MEDIA.values()}
"""By the `object` of a webhook body."""
