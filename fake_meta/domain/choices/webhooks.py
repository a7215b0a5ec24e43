"""Choices about subscriptions, deliveries and payloads (meta-contract §2, §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fake_meta.domain.choices.row import CONFLICT, UNKNOWN, Span, number, words


@dataclass(frozen=True)
class WebhookChoices:
    """How the app subscribes, what counts as received, what events look like."""

    echo_app_id: Literal["absent", "present"] = words(
        "3.4",
        UNKNOWN,
        {
            "absent": "an echo carries no `app_id`",
            "present": "an echo carries the id of the app that sent it, as on Messenger",
        },
    )
    answer_limit: float = number(
        "2.5",
        CONFLICT,
        20.0,
        Span(0.1, 300, "seconds after which an answer to a webhook comes too late (5 or 20)"),
    )
    answer_remark: float = number(
        "2.5",
        CONFLICT,
        5.0,
        Span(0.1, 300, "seconds after which an answer to a webhook earns a remark"),
    )
    other_2xx: Literal["failure", "accepted"] = words(
        "2.5",
        UNKNOWN,
        {
            "failure": "only 200 is a delivery; 201, 204 and redirects fail and are retried",
            "accepted": "200 to 299 is a delivery, other than 200 with a remark",
        },
    )
