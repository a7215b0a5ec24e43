"""Choices about what can be read (meta-contract §5, §9.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fake_meta.domain.choices.row import CONFLICT, UNKNOWN, words


@dataclass(frozen=True)
class ReadingChoices:
    """Profiles, conversations, messages, media."""

    instagram_shapes: Literal["flat", "data_array"] = words(
        "5.2",
        CONFLICT,
        {
            "flat": "log-in and `GET /me` of flavour B answer flat, `permissions` as a list, "
            "unless `array_answers` of the login settings is on",
            "data_array": 'always `{"data":[…]}`, `permissions` as text, as documented',
        },
    )
    user_id_form: Literal["text", "number"] = words(
        "5.2",
        CONFLICT,
        {
            "text": "`user_id` of flavour B, at log-in and in `GET /me`, is a text",
            "number": "it is a number of 17 digits, as Meta's dictionary calls it: JavaScript "
            "rounds it",
        },
    )
    profile_defaults: Literal["name_id", "name_picture_id"] = words(
        "5.3",
        UNKNOWN,
        {
            "name_id": "a profile read without `fields` has `name` and `id`",
            "name_picture_id": "and `profile_pic`",
        },
    )
    profile_without_role: Literal["100/33", "230", "10"] = words(
        "5.3",
        UNKNOWN,
        {
            "100/33": "the profile of a customer whom the access level does not cover: 100/33",
            "230": "code 230",
            "10": "code 10",
        },
    )
    blocked_profile: Literal["100/33", "empty"] = words(
        "5.3",
        UNKNOWN,
        {
            "100/33": "the profile of a customer who blocked the company: 100/33",
            "empty": "only `id`, no data",
        },
    )
    empty_profile: Literal["null", "absent"] = words(
        "5.3",
        UNKNOWN,
        {
            "null": "profile_fault empty_name: `name` and `profile_pic` are null",
            "absent": "the keys are absent",
        },
    )
    profile_timeout: Literal["error", "broken"] = words(
        "5.3",
        UNKNOWN,
        {
            "error": "profile_fault timeout: 10 s of silence, then 500, code 2",
            "broken": "10 s of silence, then the connection breaks within the answer",
        },
    )
    unsent_message_read: Literal["9000001", "100/33"] = words(
        "5.4",
        UNKNOWN,
        {
            "9000001": "reading an unsent message, or one older than the newest 20: code 9000001",
            "100/33": "as if it had never been",
        },
    )
    listed_messages: Literal["all", "newest_20"] = words(
        "5.4",
        UNKNOWN,
        {
            "all": "lists show every message that is not unsent; of those older than the newest 20 "
            "only `id` and `created_time`",
            "newest_20": "lists end with the newest 20",
        },
    )
    conversation_folder: Literal["filters", "ignored"] = words(
        "5.4",
        UNKNOWN,
        {
            "filters": "`folder=inbox` leaves out the Requests, `pending` and `other` show only "
            "them, `page_done` and `spam` nothing",
            "ignored": "the parameter changes nothing",
        },
    )
    listed_templates: Literal["generic_template", "absent"] = words(
        "5.4",
        UNKNOWN,
        {
            "generic_template": "a template that is read is one `generic_template` a card among "
            "`attachments`, with `title`, `subtitle`, `media_url` and `cta`",
            "absent": "nothing is told of it",
        },
    )
    gone_media: Literal["404", "403", "410"] = words(
        "9.2",
        UNKNOWN,
        {
            "404": "the CDN answers 404 without body for what expired, was deleted or unsent",
            "403": "the CDN answers 403",
            "410": "the CDN answers 410",
        },
    )
