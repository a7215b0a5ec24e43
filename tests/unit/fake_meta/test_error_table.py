"""Meta's error table, row by row against the facts of meta-contract §7.2, §7.3 and §8.2."""

import pytest

from fake_meta.domain.choices import Choices
from fake_meta.domain.error_answer import error_body
from fake_meta.domain.graph_errors import ALL_ERRORS, AnyError, GraphCallError, GraphError
from fake_meta.domain.localized_errors import texts_of
from fake_meta.domain.messaging_errors import MessagingError

OAUTH, METHOD = "OAuthException", "GraphMethodException"
RATE_LIMITING = "https://developers.facebook.com/docs/graph-api/overview/rate-limiting."
TOO_MANY = (
    "(#{code}) There have been too many calls to this {what} account. Wait a bit and try again. "
    f"For more info, please refer to {RATE_LIMITING}"
)
Fact = tuple[int, int | None, int, str, str]

GENERAL: tuple[Fact, ...] = (
    (1, None, 500, OAUTH, "An unknown error has occurred."),
    (1, 1357046, 400, OAUTH, "Received invalid JSON reply."),
    (2, None, 500, OAUTH, "An unexpected error has occurred. Please retry your request later."),
    (2, 1545133, 500, OAUTH, "Service temporarily unavailable"),
    (3, None, 400, OAUTH, "(#3) Application does not have the capability to make this API call."),
    (4, None, 400, OAUTH, "(#4) Application request limit reached"),
    (10, None, 400, OAUTH, "(#10) Application does not have permission for this action"),
    (17, None, 400, OAUTH, "(#17) User request limit reached"),
    (32, None, 400, OAUTH, "(#32) Page request limit reached"),
    (100, 33, 400, METHOD, "Unsupported get request. Object with ID '"),
    (100, 33, 400, METHOD, "Unsupported post request. Object with ID '"),
    (100, None, 400, OAUTH, "(#100) The parameter {name} is required"),
    (102, None, 400, OAUTH, "Session key"),
    (104, None, 400, OAUTH, "An access token is required to request this resource."),
    (190, None, 400, OAUTH, "Invalid OAuth access token - Cannot parse access token"),
    (190, 458, 400, OAUTH, "The user has not authorized application {app}."),
    (190, 459, 400, OAUTH, "The user is enrolled in a blocking, logged-in checkpoint"),
    (190, 460, 400, OAUTH, "The session has been invalidated because the user changed their pas"),
    (190, 463, 400, OAUTH, "Session has expired on {then}. The current time is {now}."),
    (190, 464, 400, OAUTH, "not a confirmed user"),
    (190, 467, 400, OAUTH, "The session is invalid because the user logged out."),
    (190, 492, 400, OAUTH, "role on the Page"),
    (341, None, 400, OAUTH, "Application limit reached"),
    (368, None, 400, OAUTH, "The action attempted has been deemed abusive or is otherwise disallo"),
    (803, None, 404, OAUTH, "(#803) Some of the aliases you requested do not exist: {alias}"),
    (2500, None, 400, OAUTH, "An active access token must be used to query information about the "),
    (2500, None, 400, OAUTH, "Unknown path components: {path}"),
)
MESSAGING: tuple[Fact, ...] = (
    (10, 2534022, 400, OAUTH, "This message is sent outside of allowed window."),
    (10, 2018278, 400, OAUTH, "developers.facebook.com/docs/messenger-platform/policy-overview"),
    (10, 2018065, 400, OAUTH, "pages_messaging_subscriptions"),
    (10, 2018108, 400, OAUTH, "cannot receive messages right now"),
    (10, 2534077, 400, OAUTH, "two-factor"),
    (10, 1893063, 400, OAUTH, "You are temporarily restricted from sending messages."),
    (10, 2018336, 400, OAUTH, "thread"),
    (100, 2018001, 400, OAUTH, "No matching user found"),
    (100, 2018008, 400, OAUTH, "Failed to fetch the file"),
    (100, 2018047, 400, OAUTH, "does not match the media type"),
    (100, 2018109, 400, OAUTH, "exceeds the allowable limit"),
    (100, 2018294, 400, OAUTH, "75 seconds"),
    (100, 2018014, 400, OAUTH, "Message and sender action"),
    (100, 2018074, 400, OAUTH, "Invalid attachment id"),
    (100, 2018164, 400, OAUTH, "app id"),
    (100, 2534013, 400, OAUTH, "The page is not linked to an Instagram account"),
    (100, 2534014, 400, OAUTH, "No matching Instagram user"),
    (100, 2534015, 400, OAUTH, "Invalid message data"),
    (100, 2534025, 400, OAUTH, "The comment is invalid for a private reply"),
    (100, 2534029, 400, OAUTH, "blocked from the Instagram Messaging API"),
    (100, 2534037, 400, OAUTH, "not the owner of the thread"),
    (
        200,
        2018028,
        400,
        OAUTH,
        "Cannot message users who are not admins, developers or testers of ",
    ),
    (200, 1545041, 400, OAUTH, "Message Not Sent: This person isn't available right now."),
    (
        200,
        2534041,
        400,
        OAUTH,
        "The account owner has disabled access to instagram direct messages.",
    ),
    (200, 2534066, 400, OAUTH, "private replies"),
    (230, None, 400, OAUTH, "(#230) Requires instagram_manage_messages permission"),
    (230, None, 400, OAUTH, "(#230) Requires pages_messaging permission"),
    (230, None, 400, OAUTH, "User consent is required to access user profile"),
    (551, None, 400, OAUTH, "This person isn't receiving messages from you right now."),
    (551, 1545041, 400, OAUTH, "This person isn't available right now."),
    (613, 2534040, 400, OAUTH, "Calls to this api have exceeded the rate limit."),
    (613, None, 400, OAUTH, "too many messages to a single thread"),
    (613, 2018338, 400, OAUTH, "Calls to this api"),
    (613, 1893016, 400, OAUTH, "Calls to this api"),
    (613, 1996, 400, OAUTH, "Calls to this api"),
    (2022, None, 400, OAUTH, "Commerce messages are disabled"),
    (9010, None, 400, OAUTH, "No matching Instagram user"),
    (10900, None, 400, OAUTH, "already replied"),
    (10903, 1893049, 400, OAUTH, "cannot be replied to"),
    (10904, 1893050, 400, OAUTH, "Messages of the Page are disabled"),
    (36103, None, 400, OAUTH, "This IG account is not eligible for API yet"),
    (9000001, None, 400, OAUTH, "This Message has been deleted by the user or the business."),
    (100, 2018218, 400, OAUTH, "No profile available"),
    (100, 2018247, 400, OAUTH, "Insufficient permission"),
    (100, 2018300, 400, OAUTH, "Another app is controlling this thread"),
    (100, 2018321, 400, OAUTH, "question and answer flow"),
    (100, 2534001, 400, OAUTH, "archived or deleted by its owner"),
)
LIMITS: tuple[Fact, ...] = tuple(
    (
        code, None, 400, OAUTH, TOO_MANY.format(code=code, what=what),
    )
    for code, what in ((80001, "Page"), (80002, "Instagram"), (80006, "Messenger"))
)  # fmt: skip


@pytest.mark.parametrize("fact", [*GENERAL, *MESSAGING, *LIMITS])
def test_the_row_is_there_with_status_type_and_text(fact: Fact) -> None:
    code, subcode, status, kind, text = fact

    rows = [
        error.value
        for error in ALL_ERRORS
        if (error.value.code, error.value.subcode) == (code, subcode) and text in error.value.text
    ]

    assert rows
    assert {(row.status, row.type) for row in rows} == {(status, kind)}


@pytest.mark.parametrize("error", ALL_ERRORS, ids=lambda error: error.name)
def test_a_text_that_begins_with_a_code_begins_with_its_own(error: AnyError) -> None:
    text = error.value.text

    assert not text.startswith("(#") or text.startswith(f"(#{error.value.code}) ")


def test_only_codes_1_and_2_are_metas_own_trouble() -> None:
    codes = {one.value.code for one in ALL_ERRORS if one.value.status == 500}

    assert codes == {1, 2}


def test_transient_is_what_may_be_tried_again() -> None:
    transient = {one for one in ALL_ERRORS if one.value.transient}

    assert transient == {GraphError.UNEXPECTED, GraphError.UNAVAILABLE}


def test_what_people_may_be_told_stands_beside_the_message() -> None:
    error = error_body(GraphCallError(GraphError.NOT_SENT), "A1")["error"]

    assert error["error_user_title"] == "Message Not Sent"
    assert error["error_user_msg"] == "This person isn't available right now."


@pytest.mark.parametrize("locale", ["pt_BR", "ja_JP"])
def test_translations_have_the_gaps_of_their_rows(locale: str) -> None:
    strange = [
        error
        for error, text in texts_of(locale).items()
        for gap in ("id", "then", "now", "name", "app")
        if f"{{{gap}}}" in text and f"{{{gap}}}" not in error.value.text
    ]

    assert texts_of(locale)
    assert strange == []


@pytest.mark.parametrize("locale", ["pt_BR", "ja_JP"])
def test_a_translation_keeps_the_code_in_front(locale: str) -> None:
    def front(text: str) -> str:
        return text.partition(") ")[0] if text.startswith("(#") else ""

    wrong = [
        error for error, text in texts_of(locale).items() if front(text) != front(error.value.text)
    ]

    assert wrong == []


def test_english_is_what_there_is_without_translations() -> None:
    assert texts_of(Choices().locale) == {}
    assert texts_of("tlh") == {}


def test_rows_of_the_same_answer_are_still_two() -> None:
    assert GraphError.NEVER_WROTE is not GraphError.OUTSIDE_WINDOW
    assert len({*GraphError}) + len({*MessagingError}) == len(ALL_ERRORS)
