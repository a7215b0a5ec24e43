"""Choices about log-in and tokens (meta-contract §6.1 to §6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fake_meta.domain.choices.row import CONFLICT, UNKNOWN, words


@dataclass(frozen=True)
class LoginChoices:
    """What tokens carry, how long they live, how refusals look."""

    other_login_token: Literal["190", "10"] = words(
        "1.1",
        UNKNOWN,
        {
            "190": "a token of one login on the host of the other cannot be read: 190, `Invalid "
            "OAuth access token - Cannot parse access token`",
            "10": "it is known, and may do nothing there: code 10",
        },
    )
    short_lived_token: Literal["2_hours", "1_hour"] = words(
        "6.1",
        UNKNOWN,
        {
            "2_hours": "a user token from a code of Facebook Login lives 2 hours",
            "1_hour": "it lives 1 hour",
        },
    )
    login_faults: Literal["by_cause", "100"] = words(
        "6.1",
        UNKNOWN,
        {
            "by_cause": "at log-in a wrong client secret or a missing parameter: 400, code 1; an "
            "unknown client_id: 101; a code that is too old: 100/36007; another redirect_uri: "
            "100/36008",
            "100": "all of them: code 100 without subcode",
        },
    )
    token_type: Literal["IG_USER", "USER"] = words(
        "6.1",
        UNKNOWN,
        {
            "IG_USER": "`debug_token` calls an Instagram user token `IG_USER`",
            "USER": "`USER`",
        },
    )
    token_scopes: Literal["ever_granted", "this_dialog"] = words(
        "6.1",
        UNKNOWN,
        {
            "ever_granted": "a token carries all that the person granted and did not take back",
            "this_dialog": "only what its own dialog asked for",
        },
    )
    refused_refresh: Literal["100_and_452", "10"] = words(
        "6.2",
        UNKNOWN,
        {
            "100_and_452": "refreshing a token younger than 24 hours: code 100; exchanging a "
            "long-lived or refreshing a short-lived one: code 452",
            "10": "code 10 for all of them",
        },
    )
    lapsed_data_access: Literal["10", "190/463"] = words(
        "6.3",
        CONFLICT,
        {
            "10": "90 days after its issue a token answers code 10",
            "190/463": "it answers that the session has expired",
        },
    )
    dead_token_webhooks: Literal["continue", "stop"] = words(
        "6.3",
        UNKNOWN,
        {
            "continue": "webhooks go on after the token that subscribed died; they stop when the "
            "person removes the app",
            "stop": "they stop with the token that subscribed",
        },
    )
    reset_secret: Literal["all_tokens", "app_tokens"] = words(
        "6.3",
        UNKNOWN,
        {
            "all_tokens": "a new app secret ends every token of the app: 190 without subcode, "
            "`Invalid OAuth access token signature.`",
            "app_tokens": "it ends app tokens only",
        },
    )
    lost_page_role: Literal["role_text", "permission_text"] = words(
        "6.3",
        UNKNOWN,
        {
            "role_text": "190/492 `Error validating access token: The user associated with the "
            "Page access token does not have an appropriate role on the Page.`",
            "permission_text": "190/492 `… does not have sufficient permission on the Page.`",
        },
    )
