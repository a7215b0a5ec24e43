"""The administrator's use cases at the pages; the command line has the same (docs/console.md)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from system_under_test.domain.good_practice import AgentSeen, Check, ServiceSeen, check_practices
from system_under_test.service.ports import Passwords, Store
from system_under_test.service.router import Router
from system_under_test.service.setup import (
    AgentSetup,
    ChannelSetup,
    QuickReplySetup,
    ServiceSetup,
    SetupBook,
    SetupError,
    check_positions,
)


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is set up; an agent's hash says only whether there is a password."""

    services: tuple[ServiceSetup, ...]
    agents: tuple[AgentSetup, ...]
    channels: tuple[ChannelSetup, ...]
    checks: tuple[Check, ...]
    quick_replies: tuple[QuickReplySetup, ...] = ()


@dataclass(frozen=True, slots=True)
class Administration:
    """Reads and changes the set-up of a running console; every method may raise SetupError."""

    open_book: Callable[[], AbstractContextManager[SetupBook]]
    store: Store
    router: Router
    passwords: Passwords
    most_positions: int

    def overview(self) -> Overview:
        """What there is, and whether a review may begin."""
        with self.open_book() as book:
            services, agents, channels = book.services(), book.agents(), book.channels()
            quick_replies = tuple(book.quick_replies())
        checks = practices(services, agents, channels, self.most_positions)
        return Overview(
            tuple(services), tuple(agents), tuple(channels), tuple(checks), quick_replies
        )

    def save_service(self, service: ServiceSetup) -> None:
        """Add or change by name."""
        self._write(lambda book: book.put_service(service))

    def save_agent(self, agent: AgentSetup, password: str) -> None:
        """Add or change by login; an empty password leaves what there is."""
        if not (agent.login.strip() and agent.name.strip()):
            raise SetupError("an agent needs a login and a name")
        check_positions(agent.positions, self.most_positions)
        hashed = self.passwords.hash(password) if password else None
        self._write(lambda book: book.put_agent(replace(agent, password_hash=hashed)))

    def save_channel(self, channel: ChannelSetup) -> None:
        """Add or change by Instagram account; an empty token leaves what there is."""
        if not channel.account_id.strip():
            raise SetupError("a channel needs the id of its Instagram account")
        self._write(lambda book: book.put_channel(channel))

    def save_quick_reply(self, quick_reply: QuickReplySetup) -> None:
        """Add or change by name; without a text it is removed."""
        self._write(lambda book: book.put_quick_reply(quick_reply))

    def _write(self, change: Callable[[SetupBook], None]) -> None:
        with self.open_book() as book:
            change(book)
        with self.store.writing() as records:
            self.router.run(records, "setup")


def practices(
    services: list[ServiceSetup],
    agents: list[AgentSetup],
    channels: list[ChannelSetup],
    most_positions: int,
) -> list[Check]:
    """The good practices of this set-up."""
    reached = {channel.service for channel in channels}
    seen = [
        ServiceSeen(one.name, one.classification, one.post_service, one.name in reached)
        for one in services
    ]
    staff = [
        AgentSeen(
            login=one.login,
            services=frozenset(one.services),
            has_password=one.password_hash is not None,
            chat_answer=one.chat_answer,
            positions=len(one.active_positions),
        )
        for one in agents
    ]
    return check_practices(seen, staff, most_positions)
