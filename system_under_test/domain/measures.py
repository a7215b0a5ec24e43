"""What is measured of attendance, each defined once (contact-centre B.2, names after Connect)."""

from __future__ import annotations

from enum import Enum


class Measure(Enum):
    """A duration in milliseconds; the text is its definition."""

    QUEUE_WAIT = (
        "queue_wait",
        "first message, when it was stored, until an agent attends; once a conversation",
    )
    FIRST_RESPONSE = "first_response", "first message until the first reply of a human"
    IN_SLOT_REPLY = (
        "in_slot_reply",
        "oldest unanswered message, at an agent, until the reply; once a turn of the customer",
    )
    HANDLE_TIME = "handle_time", "an agent attends until End, wrap-up included; one a leg"
    WRAP_UP = "wrap_up", "End until the wrap-up is finished"
    ABANDONED = (
        "abandoned",
        "first message until ended, or until everything was unsent, without reaching an agent",
    )

    def __init__(self, key: str, definition: str) -> None:
        self.key = key
        self.definition = definition
