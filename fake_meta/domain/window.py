"""The 24 hours in which the company may answer (meta-contract §4.5)."""

from __future__ import annotations

STANDARD_WINDOW_MS = 24 * 3600 * 1000


def is_open(last_customer_action_ms: int | None, now_ms: int) -> bool:
    """The standard window is open from the customer's last qualifying action for 24 h."""
    if last_customer_action_ms is None:
        return False
    return now_ms - last_customer_action_ms < STANDARD_WINDOW_MS
