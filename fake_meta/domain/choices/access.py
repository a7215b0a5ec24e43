"""Choices about who is covered, and how errors look (meta-contract §6.4 to §7.1, §12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fake_meta.domain.choices.row import CONFLICT, UNKNOWN, words


@dataclass(frozen=True)
class AccessChoices:
    """Modes, levels, missing permissions, versions, status codes, languages."""

    unknown_version: Literal["2500", "2635"] = words(
        "1.3",
        UNKNOWN,
        {
            "2500": "a version that never existed: 400, code 2500, `Unknown path components: "
            "/v99.0`",
            "2635": "400, code 2635",
        },
    )
    answer_headers: Literal["few", "many"] = words(
        "1.3",
        UNKNOWN,
        {
            "few": "answers carry `facebook-api-version`, `x-fb-trace-id` and the usage headers",
            "many": "and `x-fb-request-id`, `x-fb-rev`, `x-fb-debug`",
        },
    )
    published_only: Literal["no", "strict"] = words(
        "6.4",
        CONFLICT,
        {
            "no": "people with a role are heard in development mode too",
            "strict": "only a published app is heard, whoever writes",
        },
    )
    role_words: Literal["plural", "singular"] = words(
        "6.4",
        UNKNOWN,
        {
            "plural": "`/{app-id}/roles` says administrators, developers, testers, as Meta's older "
            "pages",
            "singular": "it says administrator, developer, tester, and takes only these",
        },
    )
    own_account: Literal["strict", "relaxed"] = words(
        "6.5",
        CONFLICT,
        {
            "strict": "standard access covers only people with an accepted role, also on one's own "
            "account",
            "relaxed": "a live app with standard access reaches everybody on one's own account",
        },
    )
    missing_permission: Literal["by_edge", "10", "100/33"] = words(
        "6.6",
        CONFLICT,
        {
            "by_edge": "send and conversations 230, profile and account 10, `subscribed_apps` 200, "
            "`instagram_business_account` absent",
            "10": "code 10 on every edge",
            "100/33": "100/33 on every edge",
        },
    )
    mailbox_permission: Literal["230", "298"] = words(
        "7.3",
        UNKNOWN,
        {
            "230": "reading conversations without the permission for messages: code 230",
            "298": "the older code 298, which the emulator else never uses",
        },
    )
    http_status: Literal["400", "by_family"] = words(
        "7.1",
        UNKNOWN,
        {
            "400": "400 for every error except 500 for codes 1 and 2 (at log-in 400) and 404 for "
            "code 803",
            "by_family": "401 for 190, 403 for 3, 10 and 200 to 299, else the same",
        },
    )
    message_access: Literal["on", "off"] = words(
        "9.4",
        UNKNOWN,
        {
            "on": "the account's switch *Allow access to messages* is on until somebody turns it "
            "off",
            "off": "it is off until somebody turns it on (`PATCH /_control/account`)",
        },
    )
    locale: Literal["en_US", "pt_BR", "ja_JP"] = words(
        "12",
        CONFLICT,
        {
            "en_US": "error texts are English unless the call has a `locale`",
            "pt_BR": "error texts that the emulator has in Portuguese are Portuguese",
            "ja_JP": "error texts that the emulator has in Japanese are Japanese",
        },
    )
