"""Points that Meta leaves open and that nobody can switch here, with what the emulator does."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.choices.row import Mark


@dataclass(frozen=True, slots=True)
class Fixed:
    """A choice without a switch."""

    name: str
    section: str
    mark: Mark
    in_force: str
    alternative: str


FIXED: tuple[Fixed, ...] = (
    Fixed(
        "unknown_version", "1.3", Mark.UNKNOWN,
        "a version that never existed: 400, code 2500, `Unknown path components: /v99.0`",
        "code 2635",
    ),
    Fixed(
        "subscriptions_edge", "2.1.1", Mark.CONFLICT,
        "`POST /{app-id}/subscriptions` takes the object instagram", "App Dashboard only",
    ),
    Fixed(
        "challenge_blanks", "2.2", Mark.UNKNOWN,
        "ASCII white space around the echoed challenge is forgiven, nothing else", "exact bytes",
    ),
    Fixed(
        "failed_verification", "2.2", Mark.UNKNOWN,
        "400, code 2200, `(#2200) Callback verification failed with the following errors: …`",
        "another text",
    ),
    Fixed(
        "retry_schedule", "2.6", Mark.CONFLICT,
        "attempts 0, 1, 3, 8, 20, 60, 180, 600, 1800, 3600 s after the first; an hour without "
        "success unsubscribes the app",
        "36 hours with decreasing frequency",
    ),
    Fixed(
        "resubscribe", "2.6", Mark.UNKNOWN,
        "after that hour `subscribed_apps` is empty and the subscription inactive; "
        "`POST /{page-id}/subscribed_apps` ends both",
        "App Dashboard only",
    ),
    Fixed(
        "test_button", "2.8", Mark.CONFLICT,
        "the values stand in `messaging[]`; `{\"form\":\"changes\"}` gives the other envelope",
        "`changes[{field,value}]`",
    ),
    Fixed(
        "stickers", "3.3", Mark.CONFLICT, "a sticker arrives as an attachment of type image",
        "no webhook",
    ),
    Fixed(
        "text_limit", "4.2", Mark.UNKNOWN,
        "more than 1000 UTF-8 bytes: code 100, `(#100) Length of param message[text] "
        "must be less than or equal to 1000`",
        "2000 characters",
    ),
    Fixed(
        "human_agent", "4.5", Mark.UNKNOWN,
        "until the control API grants the feature, the tag HUMAN_AGENT answers code 10",
        "granted, 7 days",
    ),
    Fixed(
        "first_contact", "4.5", Mark.CONFLICT,
        "sending to a customer who never wrote: 10/2534022; to an unknown IGSID: 100/2534014",
        "100/2534014 for both",
    ),
    Fixed(
        "instagram_shapes", "5.2", Mark.CONFLICT,
        "log-in and `GET /me` of flavour B answer flat, `permissions` as a list; "
        "`array_answers` of the login settings gives the documented form",
        '`{"data":[…]}`, `permissions` as text',
    ),
    Fixed(
        "profile_defaults", "5.3", Mark.UNKNOWN, "without `fields`: `name,id`", "`profile_pic` too",
    ),
    Fixed(
        "profile_without_role", "5.3", Mark.UNKNOWN,
        "a customer whom the access level does not cover: 100/33", "code 230 or 10",
    ),
    Fixed(
        "empty_profile", "5.3", Mark.UNKNOWN,
        "profile_fault empty_name: `name` and `profile_pic` are null", "the keys are absent",
    ),
    Fixed(
        "profile_timeout", "5.3", Mark.UNKNOWN,
        "profile_fault timeout: 10 s of silence, then 500, code 2", "the connection breaks",
    ),
    Fixed(
        "unsent_message_read", "5.4", Mark.UNKNOWN,
        "reading an unsent message, or one older than the newest 20: code 9000001", "100/33",
    ),
    Fixed(
        "listed_messages", "5.4", Mark.UNKNOWN,
        "lists show every message that is not unsent; of those older than the newest 20 only `id` "
        "and `created_time`",
        "only the newest 20",
    ),
    Fixed(
        "conversation_folder", "5.4", Mark.UNKNOWN,
        "`folder=inbox` leaves out the Requests, `pending` and `other` show only them, "
        "`page_done` and `spam` nothing",
        "the parameter is ignored",
    ),
    Fixed(
        "short_lived_token", "6.1", Mark.UNKNOWN,
        "a user token from a code lives 2 hours", "1 hour",
    ),
    Fixed(
        "login_faults", "6.1", Mark.UNKNOWN,
        "a wrong client secret or a missing parameter: 400, code 1; an unknown client_id: 101; "
        "a code that is too old: 100/36007; another redirect_uri: 100/36008",
        "other codes",
    ),
    Fixed(
        "token_type", "6.1", Mark.UNKNOWN,
        "`debug_token` calls an Instagram user token `IG_USER`", "`USER`",
    ),
    Fixed(
        "token_scopes", "6.1", Mark.UNKNOWN,
        "a token carries all that the person ever granted and did not take back",
        "only what this dialog asked for",
    ),
    Fixed(
        "refused_refresh", "6.2", Mark.UNKNOWN,
        "a token younger than 24 hours: code 100; exchanging a long-lived or refreshing a "
        "short-lived one: code 452",
        "code 10",
    ),
    Fixed(
        "lapsed_data_access", "6.3", Mark.CONFLICT,
        "90 days after its issue a token answers code 10, `/me/permissions` says expired",
        "190/463",
    ),
    Fixed(
        "dead_token_webhooks", "6.3", Mark.UNKNOWN,
        "webhooks go on after a token died; they stop when the person removes the app",
        "they stop with the token",
    ),
    Fixed(
        "reset_secret", "6.3", Mark.UNKNOWN,
        "every token of the app dies: 190 without subcode, `Invalid OAuth access token signature.`",
        "app tokens only",
    ),
    Fixed(
        "lost_page_role", "6.3", Mark.UNKNOWN,
        "190/492 `Error validating access token: The user associated with the Page access token "
        "does not have an appropriate role on the Page.`",
        "another text",
    ),
    Fixed(
        "published_only", "6.4", Mark.CONFLICT,
        "people with a role are heard in development mode too", "only a published app is heard",
    ),
    Fixed(
        "own_account", "6.5", Mark.CONFLICT,
        "standard access covers only people with an accepted role, also on one's own account",
        "everybody on one's own account",
    ),
    Fixed(
        "missing_permission", "6.6", Mark.CONFLICT,
        "send 230, profile and account 10, `subscribed_apps` 200, "
        "`instagram_business_account` absent",
        "10 or 100/33 everywhere",
    ),
    Fixed(
        "http_status", "7.1", Mark.UNKNOWN,
        "400 for every error except 500 for codes 1 and 2 (at log-in 400) and 404 for code 803",
        "401 for 190, 403 for 3, 10 and 200-299",
    ),
    Fixed(
        "send_without_role", "7.3", Mark.UNKNOWN,
        "200/2018028 with Messenger's text", "10/2534022",
    ),
    Fixed(
        "blocked_customer", "7.2", Mark.CONFLICT,
        "sending to a customer who blocked the company: 551/1545041", "code 2",
    ),
    Fixed(
        "not_thread_owner", "3.11", Mark.CONFLICT,
        "sending while another app controls the thread: 100/2534037", "code 2018300",
    ),
    Fixed(
        "web_unsend", "9.1", Mark.UNKNOWN,
        "unsending on the website emits nothing, in the phone app an event", "both emit",
    ),
    Fixed(
        "gone_media", "9.2", Mark.UNKNOWN,
        "the CDN answers 404 without body for what expired, was deleted or unsent", "403",
    ),
    Fixed(
        "message_access", "9.4", Mark.UNKNOWN,
        "the account's switch *Allow access to messages* is on", "off until somebody turns it on",
    ),
    Fixed(
        "deletion_by_flavour_b", "11.1", Mark.UNKNOWN,
        "flavour B calls the deauthorize and data deletion callbacks, too, signed by its own app",
        "flavour A only",
    ),
    Fixed(
        "labels", "9.7", Mark.UNKNOWN, "Instagram's English labels as in the guide",
        "today's labels",
    ),
)  # fmt: skip
