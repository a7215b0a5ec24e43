"""What tells Instagram's website and phone app apart, and Messenger's website."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import Surface


@dataclass(frozen=True, slots=True)
class Look:
    """One surface: where it lies, how it is laid out, and whose unsend it is.

    `pages` is where its templates lie, `threads` where its threads do, `home` the endpoint that a
    log-in without a wish leads to.
    """

    name: str
    prefix: str
    surface: Surface
    layout: str
    platform: Platform = Platform.INSTAGRAM
    pages: str = "instagram"
    threads: str = "/direct/t"
    home: str = "profile"

    @property
    def is_phone(self) -> bool:
        """True for the phone app."""
        return self.surface is Surface.MOBILE


WEB = Look("instagram_web", "/www.instagram.com", Surface.WEB, "instagram/layout_web.html")
MESSENGER = Look(
    "messenger_web",
    "/www.messenger.com",
    Surface.WEB,
    "messenger/layout.html",
    platform=Platform.MESSENGER,
    pages="messenger",
    threads="/t",
    home="direct",
)
PHONE = Look("instagram_app", "/instagram-app", Surface.MOBILE, "instagram/layout_phone.html")
