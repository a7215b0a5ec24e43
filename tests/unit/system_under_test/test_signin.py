"""Who gets in, who is shown out."""

from __future__ import annotations

import pytest

from system_under_test.domain.agents import TAKEN_OVER, Session
from system_under_test.domain.deadlines import SKEW_MS
from system_under_test.domain.throttle import LOCK_MS, Attempts, after_failure, wait_ms
from system_under_test.service.gatekeeper import TooManyAttemptsError
from system_under_test.service.signin import (
    OpenConversationsError,
    PasswordRefusedError,
    SignInRefusedError,
)
from tests.fakes.little_console import LittleConsole

HOUR_MS = 3_600_000


def fail(little: LittleConsole, login: str, times: int, address: str = "here") -> None:
    for _ in range(times):
        with pytest.raises(SignInRefusedError):
            little.sign_in.sign_in(login, "wrong", address)


def current(little: LittleConsole, session: Session) -> Session:
    with little.store.reading() as records:
        found = records.sessions.get(session.key)
    assert found is not None
    return found


def test_a_login_is_the_same_in_any_case(little: LittleConsole) -> None:
    assert little.sign_in.sign_in(" AGENT1 ", "pw", "here")[1] == "console"


def test_an_unknown_login_costs_as_much_as_a_wrong_password(little: LittleConsole) -> None:
    fail(little, "nobody", 1)
    fail(little, "agent1", 1)

    assert little.passwords.asked == 2


def test_the_lock_is_for_this_login_at_this_address(little: LittleConsole) -> None:
    fail(little, "agent1", 5)

    with pytest.raises(TooManyAttemptsError) as locked:
        little.sign_in.sign_in("Agent1", "pw", "here")
    elsewhere = little.sign_in.sign_in("agent1", "pw", "there")
    little.clock.now += 30_000
    later = little.sign_in.sign_in("agent1", "pw", "here")

    assert locked.value.retry_after_s == 30
    assert elsewhere[1] == later[1] == "console"


def test_a_lock_of_the_future_locks_nobody_out() -> None:
    locked = Attempts(5, last_ms=HOUR_MS, locked_until_ms=HOUR_MS + LOCK_MS)

    assert wait_ms(locked, HOUR_MS) == LOCK_MS
    assert wait_ms(locked, HOUR_MS - SKEW_MS) == LOCK_MS + SKEW_MS
    assert wait_ms(locked, 0) == 0
    assert after_failure(locked, 0) == Attempts(1, 0, 0)


def test_attempts_that_are_made_at_once_are_counted_before_any_fails(
    little: LittleConsole,
) -> None:
    gatekeeper = little.sign_in.gatekeeper
    for login in ("agent1", "AGENT1", " agent1", "Agent1 ", "agent1"):
        gatekeeper.admit(login, "here")

    with pytest.raises(TooManyAttemptsError):
        gatekeeper.admit("agent1", "here")


def test_a_right_password_clears_the_count(little: LittleConsole) -> None:
    fail(little, "agent1", 4)
    little.sign_in.sign_in("agent1", "pw", "here")
    fail(little, "agent1", 4)

    assert little.sign_in.sign_in("agent1", "pw", "here")[1] == "console"


def test_a_newer_sign_in_takes_over_and_receives_nothing_yet(little: LittleConsole) -> None:
    older = little.enter()
    cursor = little.feed.newest()

    newer = little.enter(status=None)

    told_older = [one.type for one in little.feed.read(older, cursor).events]
    told_newer = [one.type for one in little.feed.read(newer, cursor).events]
    assert current(little, older).end_reason == TAKEN_OVER
    assert "taken_over" in told_older
    assert "taken_over" not in told_newer
    assert little.desk.state(newer)["status"]["id"] == "not_ready"


def test_the_first_password_is_created_once(little: LittleConsole) -> None:
    little.run("UPDATE agent SET password_hash = NULL WHERE login = 'agent1'")
    token, kind = little.sign_in.sign_in("agent1", "", "here")
    session = little.sign_in.find(token)
    assert session is not None
    with pytest.raises(PasswordRefusedError, match="passwords_differ"):
        little.sign_in.create_password(session, "Aa123*", "Aa123")
    with pytest.raises(PasswordRefusedError, match="password_too_short"):
        little.sign_in.create_password(session, "Aa12*", "Aa12*")

    little.sign_in.create_password(session, "Aa123*", "Aa123*")

    assert kind == "first_login"
    with pytest.raises(SignInRefusedError):
        little.sign_in.create_password(session, "Bb123*", "Bb123*")
    assert little.sign_in.sign_in("agent1", "Aa123*", "here")[1] == "console"


def test_signing_out_waits_for_the_last_conversation(little: LittleConsole) -> None:
    """R12."""
    session = little.enter()
    number = little.open("3603717463085785", session)

    with pytest.raises(OpenConversationsError):
        little.sign_in.sign_out(session)
    little.desk.end(session.agent_id, number)
    little.sign_in.sign_out(session)

    assert current(little, session).end_reason == "signed_out"


def test_a_token_is_stored_nowhere(little: LittleConsole) -> None:
    token, _ = little.sign_in.sign_in("agent1", "pw", "here")

    assert little.scalar(f"SELECT count(*) FROM session WHERE key = '{token}'") == 0


def test_a_password_typed_as_a_login_lies_in_no_table(little: LittleConsole) -> None:
    fail(little, "S3cret!", 1)

    kept = little.scalar("SELECT key FROM sign_in_attempt")
    assert "s3cret" not in kept.lower()


def test_counts_that_nobody_added_to_are_forgotten(little: LittleConsole) -> None:
    fail(little, "agent1", 2)
    little.clock.now += 16 * 60_000

    fail(little, "agent2", 1)

    assert little.scalar("SELECT count(*) FROM sign_in_attempt") == 1
