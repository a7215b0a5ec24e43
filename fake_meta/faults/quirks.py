"""Meta's quirks, row by row of meta-contract §12: how each is met here."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.faults.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Quirk:
    """A row of meta-contract §12; `otherwise` says how it is met where no fault does it."""

    number: int
    text: str
    otherwise: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """The faults that bring it about."""
        return tuple(fault.name for fault in CATALOGUE if self.number in fault.quirks)


_RETRIES = "always: the retry schedule"
QUIRKS = (
    Quirk(
        1,
        "unsending on the website emits nothing",
        "`surface` of the unsend call; choice `web_unsend`",
    ),
    Quirk(2, 'an unsend has no text, reuses the mid, sometimes says "true" as text', "always"),
    Quirk(
        3,
        "the company's own deleted message is an echo with is_deleted",
        "`account/messages/{mid}/unsend`",
    ),
    Quirk(4, "the same event is delivered twice"),
    Quirk(5, "an echo before the Send API's answer, or late"),
    Quirk(6, "two first messages at the same time", "`texts` of the messages call"),
    Quirk(7, "retries and events out of order", _RETRIES),
    Quirk(8, "the Test button in two forms", "`webhook/test-event`"),
    Quirk(9, "message_edit with num_edit 0 for a new message", "`messages/{mid}/ghost-edit`"),
    Quirk(10, "profiles that are refused or empty", "`profile_fault` of a customer"),
    Quirk(11, "addresses of pictures and stories that die", "always: 3 days, 24 hours"),
    Quirk(
        12,
        "a story mention without address, a video story as unsupported",
        "`variant` of the stories call",
    ),
    Quirk(13, "ASCII-escaped bodies whose bytes are signed", "always"),
    Quirk(14, "both signature headers", "always"),
    Quirk(15, "flavour B signs with a secret of its own", "always"),
    Quirk(16, "batches of 300 kB"),
    Quirk(17, "a subscription ends after an hour of failures", "always"),
    Quirk(18, "limits of 5 and 20 seconds", "always; choice `answer_limit`"),
    Quirk(19, "sending by the Instagram id is error 3", "always"),
    Quirk(20, "a missing permission has many faces", "always; choice `missing_permission`"),
    Quirk(21, "Allow access to messages is off", "`message_access` of the account"),
    Quirk(22, "error texts in the user's language", "choice `locale`"),
    Quirk(
        23, "standby while another app owns the thread", "`account/threads/{username}/second-app`"
    ),
    Quirk(24, "is_unsupported and nothing else", "attachment `unsupported`"),
    Quirk(25, "reactions and receipts that overtake their message"),
    Quirk(
        26,
        "a Creator account hears nothing before a Conversations call",
        "`account_type` of the account",
    ),
    Quirk(27, "a message that is sent although the answer is an error"),
    Quirk(28, "only the newest 20 messages can be read", "always; choice `listed_messages`"),
    Quirk(29, "flat or wrapped answers of flavour B", "`array_answers` of the login settings"),
    Quirk(30, "events and fields that nobody asked for"),
    Quirk(31, "the verification may come again at any time", "`webhook/verify`"),
    Quirk(32, "`#_` behind the code", "always"),
    Quirk(33, "Advanced Access that comes into force later", "`grant_after_s` of App Review"),
    Quirk(34, "the company writes to itself", "`account/self-messages`"),
    Quirk(35, "no header names a delivery", "always"),
    Quirk(36, "several events in one POST"),
)
