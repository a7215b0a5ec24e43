"""Choices about the Send API (meta-contract §3.11, §4, §7.2, §7.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fake_meta.domain.choices.row import CONFLICT, UNKNOWN, words


@dataclass(frozen=True)
class SendingChoices:
    """How long texts are, who may be answered, how a refused send looks."""

    not_thread_owner: Literal["100/2534037", "2018300"] = words(
        "3.11",
        CONFLICT,
        {
            "100/2534037": "sending while another app controls the thread: 100/2534037",
            "2018300": "Messenger's 100/2018300",
        },
    )
    text_limit: Literal["1000_bytes", "2000_characters"] = words(
        "4.2",
        UNKNOWN,
        {
            "1000_bytes": "a text of more than 1000 UTF-8 bytes: code 100, `(#100) Length of param "
            "message[text] must be less than or equal to 1000`",
            "2000_characters": "the same with 2000, counting characters, as Messenger",
        },
    )
    text_with_attachment: Literal["100/2018191", "attachment_only"] = words(
        "4.2",
        UNKNOWN,
        {
            "100/2018191": "a message with text and attachment is refused: `(#100) Only one of the "
            "text, attachment, and dynamic_text fields can be specified`",
            "attachment_only": "the attachment is sent, and the text is lost",
        },
    )
    human_agent: Literal["not_granted", "granted"] = words(
        "4.5",
        UNKNOWN,
        {
            "not_granted": "the tag HUMAN_AGENT answers code 10 until `PATCH /_control/app` grants "
            "the feature",
            "granted": "the feature is there from the start and opens 7 days",
        },
    )
    first_contact: Literal["10/2534022", "100/2534014"] = words(
        "4.5",
        CONFLICT,
        {
            "10/2534022": "sending to a customer who never wrote is outside the window; only an "
            "unknown IGSID is 100/2534014",
            "100/2534014": "both are `No matching Instagram user`",
        },
    )
    blocked_customer: Literal["551/1545041", "200/1545041", "2"] = words(
        "7.2",
        CONFLICT,
        {
            "551/1545041": "sending to a customer who blocked the company: 551/1545041",
            "200/1545041": "`Message Not Sent: This person isn't available right now.`",
            "2": "code 2, as if Meta had trouble",
        },
    )
    send_rate: Literal["300_and_100", "300"] = words(
        "8.2",
        CONFLICT,
        {
            "300_and_100": "once `PATCH /_control/limits` enforces limits, 300 texts a second by "
            "Facebook Login and 100 by Instagram Login",
            "300": "300 texts a second by either",
        },
    )
    send_without_role: Literal["200/2018028", "10/2534022"] = words(
        "7.3",
        UNKNOWN,
        {
            "200/2018028": "sending to a customer whom the access level does not cover answers "
            "Messenger's text",
            "10/2534022": "the same error as outside the window",
        },
    )
