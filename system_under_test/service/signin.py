"""Signing in, creating the first password, signing out.

A newer sign-in takes over: one agent works at one console. Nothing tells an unknown login from a
wrong password, neither the answer nor its time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from system_under_test.domain.agents import (
    LEAST_PASSWORD,
    SESSION_CONSOLE,
    SESSION_FIRST_LOGIN,
    SIGNED_OUT,
    TAKEN_OVER,
    Agent,
    Session,
    SessionLife,
)
from system_under_test.domain.statuses import FIRST_STATUS
from system_under_test.service.announcer import Announcer, session_audience
from system_under_test.service.gatekeeper import Gatekeeper
from system_under_test.service.ports import Clock, Passwords, Store
from system_under_test.service.presence import LEASE_MS
from system_under_test.service.records import Records
from system_under_test.service.router import Router


class SignInRefusedError(Exception):
    """Wrong login or password; `cause` is unknown_login or wrong_password, for us alone."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class PasswordRefusedError(Exception):
    """The new password is no good; `code` is passwords_differ or password_too_short."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OpenConversationsError(Exception):
    """An agent with open conversations does not sign out (R12)."""


def session_key(token: str) -> str:
    """Under which key a cookie's value is stored: its hash, so that no copy of the table opens."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SignIn:
    """Opens and closes sessions; tokens come from `new_token`."""

    store: Store
    clock: Clock
    passwords: Passwords
    announcer: Announcer
    router: Router
    gatekeeper: Gatekeeper
    new_token: Callable[[], str]
    life: SessionLife

    def sign_in(self, login: str, password: str, address: str) -> tuple[str, str]:
        """Token and kind of the new session; `first_login` when there is no password yet."""
        self.gatekeeper.admit(login, address)
        with self.store.reading() as records:
            agent = records.agents.find(login)
        if agent is not None and agent.password_hash is None:
            self.gatekeeper.succeeded(login, address)
            return self._open(agent, SESSION_FIRST_LOGIN), SESSION_FIRST_LOGIN
        known = agent.password_hash if agent is not None else None
        if not self.passwords.matches(known, password) or agent is None:
            raise SignInRefusedError("unknown_login" if agent is None else "wrong_password")
        self.gatekeeper.succeeded(login, address)
        return self._open(agent, SESSION_CONSOLE), SESSION_CONSOLE

    def create_password(self, session: Session, new: str, repeated: str) -> str:
        """Set the first password and sign in; the token of the console's session."""
        if new != repeated:
            raise PasswordRefusedError("passwords_differ")
        if len(new) < LEAST_PASSWORD:
            raise PasswordRefusedError("password_too_short")
        password_hash = self.passwords.hash(new)
        with self.store.writing() as records:
            agent = records.agents.get(session.agent_id)
            if agent.password_hash is not None:
                raise SignInRefusedError("password_exists")
            records.agents.set_password(agent.id, password_hash)
            records.sessions.end(session.key, SIGNED_OUT, self.clock.now_ms())
        return self._open(agent, SESSION_CONSOLE)

    def sign_out(self, session: Session) -> None:
        """End the session; OpenConversationsError while conversations are held."""
        now_ms = self.clock.now_ms()
        with self.store.writing() as records:
            if records.conversations.held_by(session.agent_id):
                raise OpenConversationsError
            records.agents.set_status(session.agent_id, FIRST_STATUS, now_ms)
            records.sessions.end(session.key, SIGNED_OUT, now_ms)
            records.wake(session_audience(session.key))

    def find(self, token: str) -> Session | None:
        """The session of a cookie's value, ended or not."""
        with self.store.reading() as records:
            session = records.sessions.get(session_key(token))
        return session and session.at(self.clock.now_ms(), self.life)

    def agent_of(self, session: Session) -> Agent:
        """The session's agent."""
        with self.store.reading() as records:
            return records.agents.get(session.agent_id)

    def _open(self, agent: Agent, kind: str) -> str:
        token = self.new_token()
        now_ms = self.clock.now_ms()
        with self.store.writing() as records:
            if kind == SESSION_CONSOLE:
                self._take_over(records, agent, now_ms)
            session = Session(session_key(token), agent.id, kind, now_ms + LEASE_MS, now_ms)
            records.sessions.add(session)
        return token

    def _take_over(self, records: Records, agent: Agent, now_ms: int) -> None:
        for older in records.sessions.live_of(agent.id):
            records.sessions.end(older.key, TAKEN_OVER, now_ms)
            self.announcer.taken_over(records, older.key)
        records.agents.set_status(agent.id, FIRST_STATUS, now_ms)
