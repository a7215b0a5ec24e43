"""When Meta lets the company write (meta-contract §4.5), and with which tag.

A window begins with the customer's last message; a reaction or a seen mark begins none (R16).
"""

from __future__ import annotations

from dataclasses import dataclass

STANDARD_MS = 24 * 3_600_000
HUMAN_AGENT_MS = 7 * 24 * 3_600_000
HUMAN_AGENT = "HUMAN_AGENT"
# Meta delivers nothing later than this (§2.6): an older time is a clock's error, not the past.
_LONGEST_DELAY_MS = 36 * 3_600_000

TOO_LATE, NO_MACHINE = "window_human", "window_machine"  # names of `failure_reasons`


class WindowClosedError(Exception):
    """Nothing may be sent; the text is the name of the reason."""


@dataclass(frozen=True, slots=True)
class Window:
    """Both windows of a thread; `opened_ms` None: no message of the customer is known."""

    opened_ms: int | None

    @property
    def standard_until_ms(self) -> int | None:
        """Until then anything may be sent."""
        return None if self.opened_ms is None else self.opened_ms + STANDARD_MS

    @property
    def human_until_ms(self) -> int | None:
        """Until then a human may write."""
        return None if self.opened_ms is None else self.opened_ms + HUMAN_AGENT_MS


def opened_at(event_ms: int | None, received_ms: int) -> int:
    """When a customer's message has opened the windows: in Meta's time where it can be true."""
    if event_ms is None or not received_ms - _LONGEST_DELAY_MS <= event_ms <= received_ms:
        return received_ms
    return event_ms


def tag_for(opened_ms: int | None, now_ms: int, *, by_human: bool) -> str | None:
    """The tag to send with: none within 24 hours, HUMAN_AGENT after, if a human has written.

    WindowClosedError when nothing may be sent. Without a known message Meta decides.
    """
    if opened_ms is None or now_ms - opened_ms <= STANDARD_MS:
        return None
    if now_ms - opened_ms > HUMAN_AGENT_MS:
        raise WindowClosedError(TOO_LATE)
    if not by_human:
        raise WindowClosedError(NO_MACHINE)
    return HUMAN_AGENT
