"""Small tables: retries, window, text limit, stories, errors."""

import pytest

from fake_meta.domain import retries, stories, window
from fake_meta.domain.accounts import Customer
from fake_meta.domain.error_answer import authenticate_header, error_body
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid
from fake_meta.domain.text_limit import TEXT_LIMITS

HOUR_MS = 3600 * 1000


@pytest.mark.parametrize(
    ("attempts_made", "due_ms"), [(1, 2_000), (2, 4_000), (4, 21_000), (9, 3_601_000), (10, None)]
)
def test_retries_follow_the_schedule(attempts_made: int, due_ms: int | None) -> None:
    assert retries.ONE_HOUR.next_attempt_ms(1_000, attempts_made) == due_ms


@pytest.mark.parametrize(("now_ms", "is_hopeless"), [(HOUR_MS - 1, False), (HOUR_MS, True)])
def test_an_hour_of_failure_is_hopeless(now_ms: int, is_hopeless: bool) -> None:
    assert retries.ONE_HOUR.is_hopeless(0, now_ms) == is_hopeless


@pytest.mark.parametrize(
    ("last_ms", "now_ms", "is_open"),
    [(None, 0, False), (0, 24 * HOUR_MS - 1, True), (0, 24 * HOUR_MS, False)],
)
def test_the_window_is_open_for_24_hours(last_ms: int | None, now_ms: int, is_open: bool) -> None:
    assert window.is_open(last_ms, now_ms) == is_open


@pytest.mark.parametrize(
    ("text", "is_too_long"),
    [("a" * 1000, False), ("a" * 1001, True), ("é" * 500, False), ("é" * 501, True)],
)
def test_the_limit_counts_utf8_bytes(text: str, is_too_long: bool) -> None:
    assert TEXT_LIMITS["1000_bytes"].is_exceeded_by(text) == is_too_long


@pytest.mark.parametrize(
    ("private", "followed", "mentions", "makes_message"),
    [
        (False, False, ("empresa.exemplo",), True),
        (False, False, ("@Empresa.Exemplo",), True),
        (True, False, ("empresa.exemplo",), False),
        (True, True, ("empresa.exemplo",), True),
        (False, False, ("somebody.else",), False),
        (False, False, (), False),
    ],
)
def test_a_story_mention_has_conditions(
    private: bool, followed: bool, mentions: tuple[str, ...], makes_message: bool
) -> None:
    author = Customer(
        "ana", "Ana", Igsid("3"), "pw", private=private, followed_by_business=followed
    )

    reason = stories.no_mention_because(author, "empresa.exemplo", mentions)

    assert (reason is None) == makes_message


def test_an_error_has_metas_envelope() -> None:
    fault = GraphCallError(GraphError.OUTSIDE_WINDOW)

    error = error_body(fault, "Atrace")["error"]

    assert list(error) == ["message", "type", "code", "error_subcode", "fbtrace_id"]
    assert (error["code"], error["error_subcode"]) == (10, 2534022)


def test_a_transient_error_says_so() -> None:
    body = error_body(GraphCallError(GraphError.UNEXPECTED), "Atrace")

    assert body["error"]["is_transient"] is True


def test_a_dead_token_is_named_in_the_authenticate_header() -> None:
    header = authenticate_header(GraphCallError(GraphError.TOKEN_UNREADABLE))

    assert header.startswith('OAuth "Facebook Platform" "invalid_token" "Invalid OAuth')


def test_gaps_of_an_error_are_filled() -> None:
    assert "Object with ID '12334'" in str(GraphCallError(GraphError.MISSING_GET, id="12334"))


def test_the_header_of_an_error_quotes_only_what_headers_hold() -> None:
    fault = GraphCallError(GraphError.NONEXISTING_FIELD, field='a\r\nX: "é"' + "b" * 900, node="N")

    header = authenticate_header(fault)

    assert "(a??X: '?'bbb" in header
    assert len(header) < 600
