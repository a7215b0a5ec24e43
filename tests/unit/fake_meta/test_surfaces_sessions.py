"""Sessions: new ids at every change of person, answers remembered, bounded."""

from itertools import count

import pytest

from fake_meta.surfaces.sessions import SessionStore


@pytest.fixture
def store() -> SessionStore:
    tokens = count(1)
    return SessionStore(lambda: f"token-{next(tokens)}", most=2)


def test_logging_in_changes_id_and_token(store: SessionStore) -> None:
    before = store.start()

    after = store.log_in(before, "ana")

    assert {after.id, after.csrf_token}.isdisjoint({before.id, before.csrf_token})
    assert store.find(before.id) is None
    assert store.find(after.id) == after


def test_the_answer_outlives_logging_out(store: SessionStore) -> None:
    session = store.answer_save_login(store.log_in(store.start(), "ana"))

    again = store.log_in(store.log_out(session), "ana")

    assert again.save_login_answered


def test_logging_out_forgets_the_person(store: SessionStore) -> None:
    session = store.log_in(store.start(), "ana")

    assert store.log_out(session).username is None
    assert store.find(session.id) is None


def test_the_session_used_longest_ago_is_forgotten(store: SessionStore) -> None:
    first, second = store.start(), store.start()
    store.find(first.id)

    third = store.start()

    assert store.find(second.id) is None
    assert (store.find(first.id), store.find(third.id)) == (first, third)


def test_no_cookie_is_no_session(store: SessionStore) -> None:
    assert store.find(None) is None
