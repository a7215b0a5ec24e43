"""How long the company may answer (meta-contract §4.5)."""

from __future__ import annotations

STANDARD_WINDOW_MS = 24 * 3600 * 1000
HUMAN_AGENT_WINDOW_MS = 7 * STANDARD_WINDOW_MS
PRIVATE_REPLY_WINDOW_MS = 7 * STANDARD_WINDOW_MS


def is_open(
    last_customer_action_ms: int | None, now_ms: int, window_ms: int = STANDARD_WINDOW_MS
) -> bool:
    """The window is open from the customer's last qualifying action on."""
    if last_customer_action_ms is None:
        return False
    return now_ms - last_customer_action_ms < window_ms
