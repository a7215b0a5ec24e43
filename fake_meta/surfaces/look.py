"""What tells Instagram's website and phone app apart."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.threads import Surface


@dataclass(frozen=True, slots=True)
class Look:
    """One surface: where it lies, how it is laid out, and whose unsend it is."""

    name: str
    prefix: str
    surface: Surface
    layout: str

    @property
    def is_phone(self) -> bool:
        """True for the phone app."""
        return self.surface is Surface.MOBILE


WEB = Look("instagram_web", "/www.instagram.com", Surface.WEB, "instagram/layout_web.html")
PHONE = Look("instagram_app", "/instagram-app", Surface.MOBILE, "instagram/layout_phone.html")
