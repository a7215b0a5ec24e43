"""Verbs about the personas of a Page (meta-contract §4.2)."""

from __future__ import annotations

from fake_meta.domain.page_personas import PagePersona
from fake_meta.world.core import WorldCore


class PagePersonaVerbs(WorldCore):
    """Making, finding and taking away."""

    def create_page_persona(self, name: str, picture_url: str) -> PagePersona:
        """A new persona of this Page."""
        with self._lock:
            made = PagePersona(self._new_extra_id("27"), name, picture_url)
            self._inbox.personas[made.id] = made
            return made

    def page_personas(self) -> tuple[PagePersona, ...]:
        """All of this Page, oldest first."""
        with self._lock:
            return tuple(self._inbox.personas.values())

    def page_persona(self, persona_id: str) -> PagePersona | None:
        """The persona with this id, if it is this Page's."""
        return self._inbox.personas.get(persona_id)

    def delete_page_persona(self, persona_id: str) -> None:
        """Take it away; messages that it sent keep its name."""
        with self._lock:
            self._inbox.personas.pop(persona_id, None)
