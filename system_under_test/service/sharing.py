"""Whose conversation it is: an agent's use cases see their own, and nobody else's."""

from __future__ import annotations

from system_under_test.domain.conversations import Conversation
from system_under_test.service.records import Records


class NotYoursError(Exception):
    """No such conversation, or somebody else's: the agent cannot tell the difference."""


class WrongStateError(Exception):
    """The conversation is in a state in which this cannot be done."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the conversation is {state}")
        self.state = state


def own(records: Records, agent_id: int | None, conversation_id: int) -> Conversation:
    """The agent's conversation, of anybody for None (a supervisor); NotYoursError otherwise."""
    conversation = records.conversations.get(conversation_id)
    if conversation is None or agent_id not in (None, conversation.handled_by):
        raise NotYoursError
    return conversation


def may_read(records: Records, conversation: Conversation, agent_id: int) -> bool:
    """Whether the agent has or had it, or has the thread's conversation of today."""
    if conversation.handled_by == agent_id:
        return True
    current = records.conversations.open_of(conversation.customer_id)
    return current is not None and current.agent_id == agent_id
