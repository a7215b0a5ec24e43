"""The administrator's use cases at the pages; the command line has the same (docs/console.md)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from system_under_test.domain.agents import manual_media
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
    StatusSetup,
    check_password,
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
    statuses: tuple[StatusSetup, ...] = ()


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
            quick_replies, statuses = tuple(book.quick_replies()), tuple(book.statuses())
        checks = practices(services, agents, channels, self.most_positions)
        return Overview(
            tuple(services), tuple(agents), tuple(channels), tuple(checks), quick_replies, statuses
        )

    def troubled(self) -> tuple[str, ...]:
        """The channels through which nothing can be sent, as people know them."""
        with self.store.reading() as records:
            channels = [one for one in records.channels.all() if one.trouble]
        return tuple(f"@{one.username} ({one.medium.label})" for one in channels)

    def save_service(self, service: ServiceSetup, was: str = "") -> None:
        """Change the one that `was` called so, which may rename it; add one when none was."""

        def save(book: SetupBook) -> None:
            if was:
                book.rename_service(was, service.name)
            else:
                _check_new("name", service.name, [one.name for one in book.services()])
            book.put_service(service)

        self._write(save)

    def save_agent(self, agent: AgentSetup, password: str, was: str = "") -> None:
        """Change or add, as above; an empty password leaves what there is."""
        check_positions(agent.positions, self.most_positions)
        hashed = self.passwords.hash(check_password(password)) if password else None

        def save(book: SetupBook) -> None:
            if was:
                book.rename_agent(was, agent.login)
            else:
                _check_new("login", agent.login.lower(), [one.login for one in book.agents()])
            book.put_agent(replace(agent, password_hash=hashed))

        self._write(save)

    def save_channel(self, channel: ChannelSetup, was: str = "") -> None:
        """Change or add; what it is at Meta cannot change; an empty token leaves what there is."""

        def save(book: SetupBook) -> None:
            if channel.account_id != was:
                _check_new(
                    "account_id", channel.account_id, [c.account_id for c in book.channels()]
                )
            book.put_channel(channel)

        self._write(save)

    def save_quick_reply(self, quick_reply: QuickReplySetup, was: str = "") -> None:
        """Change or add; without a text it is removed."""

        def save(book: SetupBook) -> None:
            if quick_reply.name != was:
                _check_new("name", quick_reply.name, [one.name for one in book.quick_replies()])
            book.put_quick_reply(quick_reply)

        self._write(save)

    def save_status(self, status: StatusSetup, was: str = "") -> None:
        """Change or add."""

        def save(book: SetupBook) -> None:
            if status.id != was:
                _check_new("id", status.id, [one.id for one in book.statuses()])
            book.put_status(status)

        self._write(save)

    def remove_status(self, status_id: str) -> None:
        """Offer it no more."""
        self._write(lambda book: book.remove_status(status_id))

    def _write(self, change: Callable[[SetupBook], None]) -> None:
        with self.open_book() as book:
            change(book)
        with self.store.writing() as records:
            self.router.run(records, "setup")


def _check_new(field: str, given: str, known: list[str]) -> None:
    if given in known:
        raise SetupError(f"there is one called {given!r} already", field, "taken", given=given)


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
            automatic=not manual_media(one.chat_answer, one.messenger_answer),
            positions=len(one.active_positions),
        )
        for one in agents
    ]
    return check_practices(seen, staff, most_positions)
