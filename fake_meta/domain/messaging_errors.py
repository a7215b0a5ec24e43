"""Errors that only messaging knows (meta-contract §7.3, §8.2); `graph_errors` has the others."""

from __future__ import annotations

from enum import Enum

from fake_meta.domain.error_row import GraphErrorRow

_LIMITS = (
    "Wait a bit and try again. For more info, please refer to "
    "https://developers.facebook.com/docs/graph-api/overview/rate-limiting."
)


class MessagingError(Enum):
    """The table: name for the code, row for the wire."""

    MESSENGER_WINDOW = GraphErrorRow(
        10,
        "(#10) This message is sent outside of allowed window. Learn more about the new policy "
        "here: https://developers.facebook.com/docs/messenger-platform/policy-overview",
        subcode=2018278,
    )
    SUBSCRIPTION_MESSAGING = GraphErrorRow(
        10,
        "(#10) This message is sent outside of allowed window. You need "
        "pages_messaging_subscriptions permission to be able to do it.",
        subcode=2018065,
    )
    CANNOT_RECEIVE = GraphErrorRow(
        10, "(#10) This person cannot receive messages right now.", subcode=2018108
    )
    LINK_UNVERIFIED = GraphErrorRow(
        10,
        "(#10) The link between the Instagram account, the user and the Page is not verified: the "
        "account needs two-factor authentication.",
        subcode=2534077,
    )
    RESTRICTED = GraphErrorRow(
        10, "(#10) You are temporarily restricted from sending messages.", subcode=1893063
    )
    THREAD_IMPACT = GraphErrorRow(10, "(#10) Messages to this thread are limited.", subcode=2018336)
    NO_MATCHING_USER = GraphErrorRow(100, "(#100) No matching user found", subcode=2018001)
    NOT_REVIEWED = GraphErrorRow(
        200,
        "(#200) Cannot message users who are not admins, developers or testers of the app until "
        "pages_messaging permission is reviewed and the app is live.",
        subcode=2018028,
    )
    TEXT_AND_ATTACHMENT = GraphErrorRow(
        100,
        "(#100) Only one of the text, attachment, and dynamic_text fields can be specified",
        subcode=2018191,
    )
    GET_STARTED_NEEDED = GraphErrorRow(
        100,
        "(#100) You must set a Get Started button if you also wish to use persistent menu",
        subcode=2018145,
    )
    WRONG_APP = GraphErrorRow(100, "(#100) Invalid app id", subcode=2018164)
    PAGE_NOT_LINKED = GraphErrorRow(
        100, "(#100) The page is not linked to an Instagram account", subcode=2534013
    )
    BUSINESS_BLOCKED = GraphErrorRow(
        100, "(#100) The business is blocked from the Instagram Messaging API", subcode=2534029
    )
    PROFILE_OF_PHONE = GraphErrorRow(
        100, "(#100) No profile available for this user", subcode=2018218
    )
    PROFILE_FORBIDDEN = GraphErrorRow(
        100, "(#100) Insufficient permission to access user profile", subcode=2018247
    )
    OTHER_APP_CONTROLS = GraphErrorRow(
        100, "(#100) Another app is controlling this thread now.", subcode=2018300
    )
    QUESTIONS_CONTROL = GraphErrorRow(
        100, "(#100) A question and answer flow is controlling this thread now.", subcode=2018321
    )
    THREAD_GONE = GraphErrorRow(
        100, "(#100) The thread was archived or deleted by its owner", subcode=2534001
    )
    PRIVATE_REPLY_FORBIDDEN = GraphErrorRow(
        200, "(#200) The access token lacks the permission for private replies", subcode=2534066
    )
    MESSAGE_LIMIT = GraphErrorRow(
        613, "(#613) Calls to this api have exceeded the rate limit.", subcode=2534040
    )
    THREAD_LIMIT = GraphErrorRow(
        613,
        "(#613) Calls to this api have exceeded the rate limit: too many messages to a single "
        "thread",
    )
    TAG_ABUSE = GraphErrorRow(
        613, "(#613) Calls to this api have exceeded the rate limit.", subcode=2018338
    )
    REPEATED_OPT_IN = GraphErrorRow(
        613, "(#613) Calls to this api have exceeded the rate limit.", subcode=1893016
    )
    UNEVEN_VOLUME = GraphErrorRow(
        613, "(#613) Calls to this api have exceeded the rate limit.", subcode=1996
    )
    COMMERCE_DISABLED = GraphErrorRow(2022, "(#2022) Commerce messages are disabled")
    COMMENTER_RESTRICTED = GraphErrorRow(
        10903, "(#10903) This user cannot be replied to", subcode=1893049
    )
    PAGE_MESSAGES_OFF = GraphErrorRow(
        10904, "(#10904) Messages of the Page are disabled", subcode=1893050
    )
    NOT_ELIGIBLE = GraphErrorRow(36103, "(#36103) This IG account is not eligible for API yet")
    MAILBOX = GraphErrorRow(
        298, "(#298) Requires extended permission: read_mailbox", rule="mailbox_permission"
    )
    PAGE_CALLS = GraphErrorRow(
        80001, f"(#80001) There have been too many calls to this Page account. {_LIMITS}"
    )
    INSTAGRAM_CALLS = GraphErrorRow(
        80002, f"(#80002) There have been too many calls to this Instagram account. {_LIMITS}"
    )
    MESSENGER_CALLS = GraphErrorRow(
        80006, f"(#80006) There have been too many calls to this Messenger account. {_LIMITS}"
    )
