"""Which of two apps controls a thread (meta-contract §3.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fake_meta.domain.events import WebhookField

CONTROL_MS = 24 * 3600 * 1000
"""Control lapses this long after the customer's last message."""

EXTENDED_MS = 7 * 24 * 3600 * 1000

_ROUTED = frozenset(
    {
        WebhookField.MESSAGES,
        WebhookField.REACTIONS,
        WebhookField.SEEN,
        WebhookField.READS,
        WebhookField.DELIVERIES,
        WebhookField.POSTBACKS,
        WebhookField.REFERRAL,
        WebhookField.EDIT,
    }
)


def field_heard(field: WebhookField, *, is_controlled_elsewhere: bool) -> WebhookField:
    """Under which field the app hears an event of a thread that another app may control."""
    if is_controlled_elsewhere and field in _ROUTED:
        return WebhookField.STANDBY
    return field


def on_standby(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item as an app on standby sees it: a postback without its payload."""
    if "postback" not in item:
        return item
    postback = {key: value for key, value in item["postback"].items() if key != "payload"}
    return {**item, "postback": postback}


def is_in_control(until_ms: int, last_customer_action_ms: int | None, now_ms: int) -> bool:
    """Control lasts 24 h from the customer's last message, or until it was extended to."""
    since_ms = 0 if last_customer_action_ms is None else last_customer_action_ms
    return now_ms < max(until_ms, since_ms + CONTROL_MS)
