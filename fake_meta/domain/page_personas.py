"""Personas of a Page on Messenger: under which name a message comes (meta-contract §4.2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePersona:
    """A name and a picture in place of the Page's."""

    id: str
    name: str
    picture_url: str
