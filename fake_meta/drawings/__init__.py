"""What the emulator draws itself: the media of customers and stories, profile pictures."""

from __future__ import annotations

from fake_meta.drawings.media import content_of

__all__ = ["content_of"]
