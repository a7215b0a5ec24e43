"""Agents, services, channels and sessions as values."""

from __future__ import annotations

from dataclasses import dataclass

AGENT, SUPERVISOR = "agent", "supervisor"
ROLES = (AGENT, SUPERVISOR)
AUTOMATIC, MANUAL = "automatic", "manual"
ANSWERS = (AUTOMATIC, MANUAL)


@dataclass(frozen=True, slots=True)
class Agent:
    """The human at the console."""

    id: int
    login: str
    name: str
    password_hash: str | None
    status: str
    status_since_ms: int
    role: str = "agent"
    chat_answer: str = "automatic"

    @property
    def is_supervisor(self) -> bool:
        """Whether this agent sees and moves what others attend."""
        return self.role == SUPERVISOR


@dataclass(frozen=True, slots=True)
class Channel:
    """A Page with its Instagram account; `token` is the Page access token.

    `trouble` says why nothing can be sent through it, since `trouble_ms`; None when all is well.
    What was found out before `recheck_ms` is to be found out again.
    """

    id: int
    page_id: str
    account_id: str
    username: str
    token: str
    service_id: int
    trouble: str | None = None
    trouble_ms: int | None = None
    recheck_ms: int = 0


SESSION_CONSOLE, SESSION_FIRST_LOGIN = "console", "first_login"
TAKEN_OVER, SIGNED_OUT = "taken_over", "signed_out"


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in; `key` is the hash of the cookie's value, which is nowhere stored."""

    key: str
    agent_id: int
    kind: str
    lease_until_ms: int
    end_reason: str | None = None
