"""Choices about subscriptions, deliveries and payloads (meta-contract §2, §3, §9.1, §11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fake_meta.domain.choices.row import CONFLICT, UNKNOWN, Span, number, words


@dataclass(frozen=True)
class WebhookChoices:
    """How the app subscribes, what counts as received, what events look like."""

    subscriptions_edge: Literal["open", "dashboard_only"] = words(
        "2.1.1",
        CONFLICT,
        {
            "open": "`POST /{app-id}/subscriptions` takes the object instagram",
            "dashboard_only": "it refuses instagram; `POST /_control/webhook/subscription` is the "
            "App Dashboard",
        },
    )
    challenge_blanks: Literal["forgiven", "exact"] = words(
        "2.2",
        UNKNOWN,
        {
            "forgiven": "ASCII white space around the echoed challenge is forgiven, nothing else",
            "exact": "the body must be the challenge, byte for byte",
        },
    )
    failed_verification: Literal["edge_text", "dashboard_text"] = words(
        "2.2",
        UNKNOWN,
        {
            "edge_text": "400, code 2200, `(#2200) Callback verification failed with the following "
            "errors: …`",
            "dashboard_text": "400, code 2200, `The URL couldn't be validated. Callback "
            "verification failed with the following errors: …`",
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
    other_2xx: Literal["accepted", "failure"] = words(
        "2.5",
        UNKNOWN,
        {
            "accepted": "200 to 299 is a delivery, other than 200 with a remark; redirects fail",
            "failure": "only 200 is a delivery; 201, 204 and redirects fail and are retried",
        },
    )
    retry_schedule: Literal["by_event", "one_hour", "36_hours"] = words(
        "2.6",
        CONFLICT,
        {
            "by_event": "messages are tried 0, 1, 3, 8, 20, 60, 180, 600, 1800, 3600 s after the "
            "first attempt, and an hour without success unsubscribes the app; events in `changes` "
            "are tried hourly after that, for 36 hours",
            "one_hour": "everything follows the regime of messages",
            "36_hours": "everything is tried for 36 hours and then dropped, nothing unsubscribes",
        },
    )
    resubscribe: Literal["by_edge", "dashboard_only"] = words(
        "2.6",
        UNKNOWN,
        {
            "by_edge": "once disabled, `subscribed_apps` is empty and the subscription inactive; "
            "`POST /{page-id}/subscribed_apps` ends both",
            "dashboard_only": "the subscription stays inactive until it is saved once more by "
            "`POST /_control/webhook/subscription`",
        },
    )
    test_button: Literal["by_flavour", "messaging", "changes"] = words(
        "2.8",
        CONFLICT,
        {
            "by_flavour": "the dashboard's Test has its values in `messaging[]`, for an account "
            "that is subscribed by flavour B in `changes[{field,value}]`, unless `form` asks for "
            "the other envelope",
            "messaging": "it has them in `messaging[]`, unless `form` says otherwise",
            "changes": "it has them in `changes[{field,value}]`, unless `form` says otherwise",
        },
    )
    field_spellings: Literal["all", "instagram"] = words(
        "2.1.3",
        CONFLICT,
        {
            "all": "webhook fields are taken in every spelling of Meta's pages "
            "(`messaging_referral` and `messaging_referrals`, …) and kept in Instagram's",
            "instagram": "only in Instagram's spelling; the others answer code 100",
        },
    )
    changes_envelope: Literal["changes", "bare"] = words(
        "3.1",
        CONFLICT,
        {
            "changes": "comments, mentions and insights stand in `changes[{field,value}]`",
            "bare": "while flavour B is subscribed, `field` and `value` stand on the entry itself",
        },
    )
    deleted_flag: Literal["boolean", "text"] = words(
        "3.2",
        CONFLICT,
        {
            "boolean": "`is_deleted` is true",
            "text": '`is_deleted` is the text `"true"`, as in the old documentation',
        },
    )
    unsupported_content: Literal["is_unsupported", "no_webhook"] = words(
        "9.6",
        UNKNOWN,
        {
            "is_unsupported": "polls, places, music and the like arrive as `is_unsupported`",
            "no_webhook": "the app hears nothing of them",
        },
    )
    stickers: Literal["image", "no_webhook"] = words(
        "3.3",
        CONFLICT,
        {
            "image": "a sticker arrives as an attachment of type image",
            "no_webhook": "the app hears nothing of a sticker",
        },
    )
    echo_app_id: Literal["absent", "present"] = words(
        "3.4",
        UNKNOWN,
        {
            "absent": "an echo carries no `app_id`",
            "present": "an echo carries the id of the app that sent it, as on Messenger",
        },
    )
    edit_count: Literal["number", "text"] = words(
        "3.9",
        CONFLICT,
        {
            "number": "`num_edit` is a number, as in real payloads",
            "text": "`num_edit` is a text, as in Meta's example",
        },
    )
    comment_ids: Literal["both", "id", "comment_id"] = words(
        "3.12",
        CONFLICT,
        {
            "both": "a comment names itself by `id` and by `comment_id`",
            "id": "only by `id`, as Meta's sample reads it",
            "comment_id": "only by `comment_id`, as Meta's page shows it for flavour A",
        },
    )
    edit_events: Literal["sent", "messenger_only"] = words(
        "3.14",
        CONFLICT,
        {
            "sent": "`message_edit` is sent for Instagram, too",
            "messenger_only": "the app hears nothing of an edit",
        },
    )
    web_unsend: Literal["silent", "event"] = words(
        "9.1",
        UNKNOWN,
        {
            "silent": "unsending on the website emits nothing, in the phone app an event",
            "event": "both emit",
        },
    )
    labels: Literal["guide", "today"] = words(
        "9.7",
        UNKNOWN,
        {
            "guide": "Instagram's English labels are those of the guide: **Send Message** on the "
            "company's page",
            "today": "**Message**, as Instagram shows today",
        },
    )
    deletion_by_flavour_b: Literal["called", "not_called"] = words(
        "11.1",
        UNKNOWN,
        {
            "called": "flavour B calls the deauthorize and data deletion callbacks, too, signed by "
            "its own app",
            "not_called": "only flavour A calls them",
        },
    )
