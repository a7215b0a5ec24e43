"""Internal notes: what agents leave for each other beside a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from system_under_test.domain.conversations import ENDED, OFFERED
from system_under_test.service.announcer import Announcer
from system_under_test.service.desk import AlreadyEndedError
from system_under_test.service.ports import Clock, Store
from system_under_test.service.sharing import WrongStateError, own

MOST_CHARACTERS = 2000


class NoteRefusedError(Exception):
    """A note is empty or too long."""

    def __init__(self, code: str, size: int) -> None:
        super().__init__(f"a note has 1 to {MOST_CHARACTERS} characters, not {size}")
        self.code = code
        self.size = size


@dataclass(frozen=True, slots=True)
class Noting:
    """Keeps notes; nothing of them ever reaches Meta, nor counts as a reply."""

    store: Store
    clock: Clock
    announcer: Announcer

    def add(self, agent_id: int, conversation_id: int, text: str) -> dict[str, Any]:
        """Keep a note in a conversation that the agent holds."""
        words = text.strip()
        if not 1 <= len(words) <= MOST_CHARACTERS:
            raise NoteRefusedError("note_too_long" if words else "note_empty", len(words))
        with self.store.writing() as records:
            conversation = own(records, agent_id, conversation_id)
            if conversation.state == ENDED:
                raise AlreadyEndedError
            if conversation.state == OFFERED or not conversation.is_held:
                raise WrongStateError(conversation.state)
            author = records.agents.get(agent_id).name
            note = records.notes.add(conversation_id, author, words, self.clock.now_ms())
            self.announcer.note(records, conversation, note)
            return self.announcer.views.note(note)
