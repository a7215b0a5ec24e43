"""Errors of the Graph API as a whole: tokens, parameters, permissions, and what calls raise (§7).

Those that only messaging knows and that no rule of the emulator raises by itself stand in
`messaging_errors`; together they are the table of meta-contract §7.
"""

from __future__ import annotations

from enum import Enum

from fake_meta.domain.error_row import GraphErrorRow
from fake_meta.domain.messaging_errors import MessagingError

_DOCUMENTATION = "https://developers.facebook.com/docs/graph-api"
_POLICY = "https://developers.facebook.com/docs/messenger-platform/policy-overview"


def _missing(verb: str) -> str:
    return (
        f"Unsupported {verb} request. Object with ID '{{id}}' does not exist, cannot be loaded due "
        "to missing permissions, or does not support this operation. Please read the Graph API "
        f"documentation at {_DOCUMENTATION}"
    )


class GraphError(Enum):
    """The table: name for the code, row for the wire."""

    UNKNOWN = GraphErrorRow(1, "An unknown error has occurred.", status=500)
    CLIENT_SECRET = GraphErrorRow(1, "Error validating client secret.")
    LOGIN_PARAMETER = GraphErrorRow(1, "Missing {name} parameter.")
    BROKEN_ANSWER = GraphErrorRow(1, "Received invalid JSON reply.", subcode=1357046)
    UNEXPECTED = GraphErrorRow(
        2,
        "An unexpected error has occurred. Please retry your request later.",
        status=500,
        transient=True,
    )
    UNAVAILABLE = GraphErrorRow(
        2, "Service temporarily unavailable", subcode=1545133, status=500, transient=True
    )
    NO_CAPABILITY = GraphErrorRow(
        3, "(#3) Application does not have the capability to make this API call."
    )
    APP_LIMIT = GraphErrorRow(4, "(#4) Application request limit reached")
    NO_PERMISSION = GraphErrorRow(10, "(#10) Application does not have permission for this action")
    PERMISSION_MISSING = GraphErrorRow(
        10, "(#10) Application does not have permission for this action", rule="missing_permission"
    )
    DATA_ACCESS_LAPSED = GraphErrorRow(
        10, "(#10) Application does not have permission for this action", rule="lapsed_data_access"
    )
    HUMAN_AGENT_REFUSED = GraphErrorRow(
        10, "(#10) Application does not have permission for this action", rule="human_agent"
    )
    USER_LIMIT = GraphErrorRow(17, "(#17) User request limit reached")
    PAGE_LIMIT = GraphErrorRow(32, "(#32) Page request limit reached")
    OUTSIDE_WINDOW = GraphErrorRow(
        10,
        "(#10) This message is sent outside of allowed window. Learn more about the new policy "
        f"here: {_POLICY}",
        subcode=2534022,
    )
    NEVER_WROTE = GraphErrorRow(
        10,
        "(#10) This message is sent outside of allowed window. Learn more about the new policy "
        f"here: {_POLICY}",
        subcode=2534022,
        rule="first_contact",
    )
    PARAMETER = GraphErrorRow(100, "(#100) {detail}")
    PARAMETER_REQUIRED = GraphErrorRow(100, "(#100) The parameter {name} is required")
    TEXT_TOO_LONG = GraphErrorRow(
        100, "(#100) Length of param message[text] must be less than or equal to {most}"
    )
    NONEXISTING_FIELD = GraphErrorRow(
        100, "(#100) Tried accessing nonexisting field ({field}) on node type ({node})"
    )
    FIELD_SYNTAX = GraphErrorRow(2500, 'Syntax error "{detail}" at character {position}: {rest}')
    CURSOR = GraphErrorRow(100, "(#100) Invalid parameter: {name} is not a cursor of this edge")
    TOO_MANY_IDS = GraphErrorRow(100, "(#100) Too many IDs. Maximum: {most}. Provided: {given}.")
    BATCH_TOO_LARGE = GraphErrorRow(
        100,
        "Too many requests in batch message. Maximum batch size is {most}",
        type="GraphBatchException",
    )
    MESSAGE_AND_ACTION = GraphErrorRow(
        100, "(#100) Message and sender action cannot be sent together", subcode=2018014
    )
    NO_MATCHING_CUSTOMER = GraphErrorRow(100, "(#100) No matching Instagram user", subcode=2534014)
    INVALID_MESSAGE_DATA = GraphErrorRow(100, "(#100) Invalid message data", subcode=2534015)
    ATTACHMENT_UNREACHABLE = GraphErrorRow(
        100, "(#100) Failed to fetch the file from the url: {detail}", subcode=2018008
    )
    ATTACHMENT_MISMATCH = GraphErrorRow(
        100, "(#100) The attachment type does not match the media type", subcode=2018047
    )
    ATTACHMENT_TOO_LARGE = GraphErrorRow(
        100, "(#100) The attachment size exceeds the allowable limit", subcode=2018109
    )
    VIDEO_TIMED_OUT = GraphErrorRow(
        100, "(#100) Failed to fetch the video in 75 seconds", subcode=2018294
    )
    ATTACHMENT_NOT_YOURS = GraphErrorRow(100, "(#100) Invalid attachment id: {id}", subcode=2018074)
    COMMENT_INVALID = GraphErrorRow(
        100, "(#100) The comment is invalid for a private reply", subcode=2534025
    )
    NOT_THREAD_OWNER = GraphErrorRow(
        100, "(#100) The app is not the owner of the thread", subcode=2534037
    )
    INVALID_PROOF = GraphErrorRow(
        100, "Invalid appsecret_proof provided in the API argument", type="GraphMethodException"
    )
    PROOF_REQUIRED = GraphErrorRow(
        100,
        "API calls from the server require an appsecret_proof argument",
        type="GraphMethodException",
    )
    CODE_UNKNOWN = GraphErrorRow(100, "Invalid verification code format.")
    CODE_USED = GraphErrorRow(100, "This authorization code has been used.", subcode=36009)
    CODE_EXPIRED = GraphErrorRow(100, "This authorization code has expired.", subcode=36007)
    CODE_OTHER_REDIRECT = GraphErrorRow(
        100,
        "Error validating verification code. Please make sure your redirect_uri is identical to "
        "the one you used in the OAuth dialog request",
        subcode=36008,
    )
    TOO_YOUNG_TO_REFRESH = GraphErrorRow(
        100, "(#100) The access token must be at least 24 hours old to be refreshed."
    )
    CLIENT_UNKNOWN = GraphErrorRow(
        101,
        "Error validating application. Cannot get application info due to a system error.",
    )
    TAG_RETIRED = GraphErrorRow(100, "(#100) Param tag must be one of {{HUMAN_AGENT}}")
    LOGIN_REFUSED = GraphErrorRow(100, "(#100) Invalid parameter")
    MISSING_ANY = GraphErrorRow(100, _missing("{verb}"), subcode=33, type="GraphMethodException")
    SESSION = GraphErrorRow(102, "Session key invalid or no longer valid")
    MISSING_GET = GraphErrorRow(100, _missing("get"), subcode=33, type="GraphMethodException")
    MISSING_POST = GraphErrorRow(100, _missing("post"), subcode=33, type="GraphMethodException")
    MISSING_DELETE = GraphErrorRow(100, _missing("delete"), subcode=33, type="GraphMethodException")
    PROFILE_WITHOUT_ROLE = GraphErrorRow(
        100, _missing("get"), subcode=33, type="GraphMethodException", rule="profile_without_role"
    )
    METHOD_UNKNOWN = GraphErrorRow(
        100, "Unsupported request - method type: {verb}", type="GraphMethodException"
    )
    TOKEN_REQUIRED = GraphErrorRow(104, "An access token is required to request this resource.")
    TOKEN_UNREADABLE = GraphErrorRow(190, "Invalid OAuth access token - Cannot parse access token")
    APP_TOKEN_INVALID = GraphErrorRow(190, "Invalid OAuth access token signature.")
    TOKEN_APP_REMOVED = GraphErrorRow(
        190,
        "Error validating access token: The user has not authorized application {app}.",
        subcode=458,
    )
    TOKEN_CHECKPOINT = GraphErrorRow(
        190,
        "Error validating access token: The user is enrolled in a blocking, logged-in checkpoint",
        subcode=459,
    )
    TOKEN_PASSWORD_CHANGED = GraphErrorRow(
        190,
        "Error validating access token: The session has been invalidated because the user changed "
        "their password or Facebook has changed the session for security reasons.",
        subcode=460,
    )
    TOKEN_EXPIRED = GraphErrorRow(
        190,
        "Error validating access token: Session has expired on {then}. The current time is {now}.",
        subcode=463,
    )
    TOKEN_UNCONFIRMED = GraphErrorRow(
        190,
        "Error validating access token: Sessions for the user are not allowed because the user is "
        "not a confirmed user.",
        subcode=464,
    )
    TOKEN_LOGGED_OUT = GraphErrorRow(
        190,
        "Error validating access token: The session is invalid because the user logged out.",
        subcode=467,
    )
    TOKEN_PAGE_ROLE_LOST = GraphErrorRow(
        190,
        "Error validating access token: The user associated with the Page access token does not "
        "have an appropriate role on the Page.",
        subcode=492,
    )
    TOKEN_PAGE_TASK_LOST = GraphErrorRow(
        190,
        "Error validating access token: The user does not have sufficient permission on the Page.",
        subcode=492,
    )
    USER_TOKEN_REQUIRED = GraphErrorRow(
        190, "(#190) This method must be called with a User Access Token"
    )
    PAGE_TOKEN_REQUIRED = GraphErrorRow(
        190, "(#190) This method must be called with a Page Access Token"
    )
    APP_TOKEN_REQUIRED = GraphErrorRow(
        190, "(#190) This method must be called with an App Access Token"
    )
    MANY_APP_CALLS = GraphErrorRow(341, "(#341) Application limit reached")
    ABUSIVE = GraphErrorRow(
        368, "The action attempted has been deemed abusive or is otherwise disallowed"
    )
    SESSION_KEY = GraphErrorRow(
        452,
        "(#452) Session key invalid. This could be because the session key has an incorrect "
        "format, or because the user has revoked this session",
    )
    NO_ROLE = GraphErrorRow(
        200,
        "(#200) Cannot message users who are not admins, developers or testers of the app until "
        "pages_messaging permission is reviewed and the app is live.",
        subcode=2018028,
    )
    MESSAGE_ACCESS_OFF = GraphErrorRow(
        200,
        "(#200) The account owner has disabled access to instagram direct messages.",
        subcode=2534041,
    )
    CUSTOMER_UNAVAILABLE = GraphErrorRow(
        551,
        "(#551) This person isn't available right now.",
        subcode=1545041,
        title="Message Not Sent",
        told="This person isn't available right now.",
    )
    CUSTOMER_NOT_RECEIVING = GraphErrorRow(
        551, "(#551) This person isn't receiving messages from you right now."
    )
    NOT_SENT = GraphErrorRow(
        200,
        "(#200) Message Not Sent: This person isn't available right now.",
        subcode=1545041,
        title="Message Not Sent",
        told="This person isn't available right now.",
    )
    COMMENT_ANSWERED = GraphErrorRow(10900, "(#10900) Activity already replied to")
    NEEDS_METADATA = GraphErrorRow(
        200, "(#200) Requires pages_manage_metadata permission to manage the object"
    )
    NEEDS_MANAGE_MESSAGES = GraphErrorRow(
        230, "(#230) Requires instagram_manage_messages permission"
    )
    NEEDS_PAGES_MESSAGING = GraphErrorRow(230, "(#230) Requires pages_messaging permission")
    CONSENT = GraphErrorRow(230, "User consent is required to access user profile")
    ALIAS = GraphErrorRow(
        803, "(#803) Some of the aliases you requested do not exist: {alias}", status=404
    )
    VERIFICATION_FAILED = GraphErrorRow(
        2200,
        "(#2200) Callback verification failed with the following errors: {detail}",
    )
    CALLBACK_FAILED = GraphErrorRow(
        2200,
        "The URL couldn't be validated. Callback verification failed with the following errors: "
        "{detail}",
    )
    NO_ACTIVE_TOKEN = GraphErrorRow(
        2500,
        "An active access token must be used to query information about the current user.",
    )
    UNKNOWN_PATH = GraphErrorRow(2500, "Unknown path components: {path}")
    UNKNOWN_VERSION = GraphErrorRow(2500, "Unknown path components: {path}", rule="unknown_version")
    VERSION_NOT_OFFERED = GraphErrorRow(
        2635, "(#2635) You are calling a version of the API that does not exist: {path}"
    )
    NO_MATCHING_PROFILE = GraphErrorRow(9010, "No matching Instagram user")
    MESSAGE_DELETED = GraphErrorRow(
        9000001, "This Message has been deleted by the user or the business."
    )


AnyError = GraphError | MessagingError
ALL_ERRORS: tuple[AnyError, ...] = (*GraphError, *MessagingError)


class GraphCallError(Exception):
    """A call that Meta refuses; `error` says how, `gaps` fill its text."""

    def __init__(self, error: AnyError, **gaps: str) -> None:
        self.error = error
        self.row: GraphErrorRow = error.value
        self.gaps = gaps
        self.message = self.row.text.format(**gaps)
        super().__init__(self.message)
