"""Records of the floor: channels, agents, their sign-ins, the log of who got what."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from system_under_test.domain.agents import Agent, Channel, Session
from system_under_test.domain.routing import AgentLoad, Assignment


class Channels(Protocol):
    """The company's accounts."""

    def by_account(self, account_id: str) -> Channel | None:
        """The channel of an Instagram account."""

    def get(self, channel_id: int) -> Channel:
        """The channel of that id."""

    def all(self) -> list[Channel]:
        """Every channel."""


class Agents(Protocol):
    """Agents and what they can take."""

    def get(self, agent_id: int) -> Agent:
        """The agent of that id."""

    def find(self, login: str) -> Agent | None:
        """The agent of that login, whatever its case."""

    def set_status(self, agent_id: int, status: str, now_ms: int) -> Agent:
        """Change the status."""

    def set_password(self, agent_id: int, password_hash: str) -> None:
        """Change the password."""

    def services(self, agent_id: int) -> tuple[int, ...]:
        """Services of which the agent is a member."""

    def positions(self, agent_id: int) -> dict[int, bool]:
        """Position number to whether it is active."""

    def loads(self, statuses: Collection[str], now_ms: int) -> list[AgentLoad]:
        """Agents with a live lease, one of these statuses and a free position (R1)."""

    def stamp(self, agent_id: int, sequence: int) -> None:
        """Remember the latest assignment; a higher number is later."""


class Sessions(Protocol):
    """Sign-ins."""

    def add(self, session: Session, now_ms: int) -> None:
        """Keep it."""

    def get(self, key: str) -> Session | None:
        """The session of that key, ended or not."""

    def live_of(self, agent_id: int) -> list[Session]:
        """The agent's sessions that have not ended."""

    def end(self, key: str, reason: str, now_ms: int) -> None:
        """End it."""

    def renew(self, keys: Collection[str], until_ms: int) -> None:
        """Extend the presence lease."""


class RoutingLog(Protocol):
    """Every routing decision, append-only (contact-centre R18)."""

    def add(self, trigger: str, service_id: int, queue_length: int, decision: Assignment) -> int:
        """Append; a decision without agent has agent_id 0 and slot 0. The entry's number."""

    def after(self, services: Collection[int], number: int, limit: int) -> list[dict[str, Any]]:
        """Entries of these services after that number."""
