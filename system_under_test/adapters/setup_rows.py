"""Services, agents and channels as an administrator writes them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import (
    added_status,
    agent,
    agent_position,
    channel,
    membership,
    quick_reply,
    service,
)
from system_under_test.adapters.span_rows import SpanRows
from system_under_test.domain.agents import FACEBOOK_LOGIN, INSTAGRAM_LOGIN, PAGE_INBOX
from system_under_test.domain.statuses import FIRST_STATUS
from system_under_test.service.setup import (
    AgentSetup,
    ChannelSetup,
    QuickReplySetup,
    ServiceSetup,
    SetupError,
    StatusSetup,
)

# What a service's row says as its setup does.
_SAME = ("classification", "post_service", "priority", "pick", "hours", "closed_text", "queue_text",
         "prefer_last")  # fmt: skip
_CONNECTED = {FACEBOOK_LOGIN: "", INSTAGRAM_LOGIN: ", Instagram Login", PAGE_INBOX: ", Messenger"}


class SetupRows:
    """Implements service.setup.SetupBook."""

    def __init__(self, connection: Connection, most_positions: int, now_ms: int) -> None:
        self._connection = connection
        self._most_positions = most_positions
        self._now_ms = now_ms

    def put_service(self, service_setup: ServiceSetup) -> None:
        """By name."""
        values = {
            **{name: getattr(service_setup, name) for name in _SAME},
            "offer_ms": service_setup.offer_s * 1000,
            "wrap_up_ms": service_setup.wrap_up_s * 1000,
            "idle_end_ms": service_setup.idle_end_minutes * 60_000,
            "queue_limit_ms": service_setup.queue_limit_minutes * 60_000,
            "hours": service_setup.hours.strip(),
            "categories": json.dumps(service_setup.categories),
        }
        self._put(service, {"name": service_setup.name}, values)

    def rename_service(self, name: str, new: str) -> None:
        """Everything of it stays; SetupError when there is one of the new name."""
        self._rename(service.c.name, name, new.strip())

    def rename_agent(self, login: str, new: str) -> None:
        """Everything of the agent stays; SetupError when there is one of the new login."""
        self._rename(agent.c.login, login.strip().lower(), new.strip().lower())

    def put_agent(self, agent_setup: AgentSetup) -> None:
        """By login; an existing password stays when none is given."""
        values: dict[str, Any] = {
            "name": agent_setup.name,
            "role": agent_setup.role,
            "chat_answer": agent_setup.chat_answer,
            "messenger_answer": agent_setup.messenger_answer,
        }
        if agent_setup.password_hash:
            values["password_hash"] = agent_setup.password_hash
        initial = {"status": FIRST_STATUS, "status_since_ms": 0}
        login = agent_setup.login.strip().lower()
        number = self._put(agent, {"login": login}, values, initial)
        before = self._positions_of(number)
        for slot in range(1, self._most_positions + 1):
            key = {"agent_id": number, "slot_no": slot}
            self._put(agent_position, key, {"active": slot in agent_setup.active_positions})
        if before and len(before) != len(agent_setup.active_positions):
            SpanRows(self._connection).begin(number, self._now_ms)
        self._connection.execute(delete(membership).where(membership.c.agent_id == number))
        for name in agent_setup.services:
            row = {"agent_id": number, "service_id": self._service(name)}
            self._connection.execute(insert(membership), row)

    def put_channel(self, channel_setup: ChannelSetup) -> None:
        """By Instagram account."""
        values: dict[str, Any] = {
            "page_id": channel_setup.page_id,
            "username": channel_setup.username,
            "service_id": self._service(channel_setup.service),
            "flavour": channel_setup.flavour,
        }
        account_id = channel_setup.account_id
        known: Any = self._connection.execute(
            select(channel.c.token, channel.c.given_digest).where(
                channel.c.account_id == account_id
            )
        ).one_or_none()
        given = channel_setup.token
        if not (given or known):
            raise SetupError(f"channel {account_id}: the access token is missing", "token", "empty")
        digest = hashlib.sha256(given.encode()).hexdigest()
        # The same token once more is no news: what it was refreshed to is in force.
        if given and (known is None or digest != known.given_digest):
            values |= {"token": given, "given_digest": digest, "token_due_ms": None}
        self._put(channel, {"account_id": account_id}, values)

    def put_quick_reply(self, setup: QuickReplySetup) -> None:
        """By name."""
        if not setup.text.strip():
            gone = delete(quick_reply).where(quick_reply.c.name == setup.name)
            self._connection.execute(gone)
            return
        service_id = self._service(setup.service) if setup.service else None
        values = {"text": setup.text.strip(), "service_id": service_id}
        self._put(quick_reply, {"name": setup.name}, values)

    def put_status(self, setup: StatusSetup) -> None:
        """By id; a removed one is there again."""
        values = {"label": setup.label.strip(), "routable": setup.routable, "removed": False}
        self._put(added_status, {"key": setup.id}, values)

    def remove_status(self, status_id: str) -> None:
        """Offer it no more; who is in it stays."""
        if status_id not in [one.id for one in self.statuses()]:
            known = ", ".join(repr(one.id) for one in self.statuses()) or "none"
            raise SetupError(f"there is no added status {status_id!r}; there are: {known}")
        self._connection.execute(
            update(added_status).where(added_status.c.key == status_id).values(removed=True)
        )

    def statuses(self) -> list[StatusSetup]:
        """Every status that was added and not removed."""
        rows = self._connection.execute(
            select(added_status.c.key, added_status.c.label, added_status.c.routable)
            .where(~added_status.c.removed)
            .order_by(added_status.c.id)
        )
        return [StatusSetup(*row) for row in rows]

    def quick_replies(self) -> list[QuickReplySetup]:
        """Every quick reply."""
        rows = self._connection.execute(
            select(quick_reply.c.name, quick_reply.c.text, service.c.name)
            .join(service, service.c.id == quick_reply.c.service_id, isouter=True)
            .order_by(quick_reply.c.name)
        )
        return [QuickReplySetup(*row) for row in rows]

    def services(self) -> list[ServiceSetup]:
        """Every service."""
        rows: Any = self._connection.execute(select(service).order_by(service.c.id))
        return [
            ServiceSetup(
                **{name: getattr(one, name) for name in ("name", *_SAME)},
                offer_s=one.offer_ms // 1000,
                wrap_up_s=one.wrap_up_ms // 1000,
                idle_end_minutes=one.idle_end_ms // 60_000,
                queue_limit_minutes=one.queue_limit_ms // 60_000,
                categories=tuple(json.loads(one.categories)),
            )
            for one in rows
        ]

    def agents(self) -> list[AgentSetup]:
        """Every agent, with the hash of the password."""
        rows: Any = self._connection.execute(select(agent).order_by(agent.c.id)).all()
        return [
            AgentSetup(
                login=one.login,
                name=one.name,
                password_hash=one.password_hash,
                services=self._services_of(one.id),
                positions=self._positions_of(one.id),
                role=one.role,
                chat_answer=one.chat_answer,
                messenger_answer=one.messenger_answer,
            )
            for one in rows
        ]

    def channels(self) -> list[ChannelSetup]:
        """Every channel, without its token."""
        rows: Any = self._connection.execute(
            select(channel, service.c.name.label("service"))
            .join(service, service.c.id == channel.c.service_id)
            .order_by(channel.c.id)
        )
        return [
            ChannelSetup(one.page_id, one.account_id, one.username, "", one.service, one.flavour)
            for one in rows
        ]

    def describe(self) -> list[str]:
        """One line for each thing there is; no secrets."""
        return [
            *(
                f"service {one.name}"
                + (" classification" if one.classification else "")
                + (" post_service" if one.post_service else "")
                for one in self.services()
            ),
            *(
                f"agent {one.login} ({one.name}), {one.role}, {one.chat_answer} answer,"
                f" positions {len(one.active_positions)}, services {', '.join(one.services) or '–'}"
                + ("" if one.password_hash else ", no password yet")
                for one in self.agents()
            ),
            *(
                f"channel {one.shown_name}, account {one.account_id}, Page {one.page_id},"
                f" service {one.service}{_CONNECTED[one.flavour]}"
                for one in self.channels()
            ),
            *(f"quick reply /{one.name}" for one in self.quick_replies()),
            *(
                f"status {one.id} ({one.label})" + (", receives" if one.routable else ", pause")
                for one in self.statuses()
            ),
        ]

    def _services_of(self, agent_id: int) -> tuple[str, ...]:
        rows = self._connection.scalars(
            select(service.c.name)
            .join(membership, membership.c.service_id == service.c.id)
            .where(membership.c.agent_id == agent_id)
            .order_by(service.c.id)
        )
        return tuple(rows)

    def _positions_of(self, agent_id: int) -> tuple[int, ...]:
        rows = self._connection.scalars(
            select(agent_position.c.slot_no)
            .where(agent_position.c.agent_id == agent_id, agent_position.c.active)
            .order_by(agent_position.c.slot_no)
        )
        return tuple(rows)

    def _rename(self, column: Column[str], old: str, new: str) -> None:
        what = f"{column.table.name} {{!r}}".format
        if not new:
            raise SetupError(f"{what(old)}: {column.name} must not be empty", column.name, "empty")
        names = set(self._connection.scalars(select(column)))
        if old not in names:
            known = ", ".join(repr(one) for one in sorted(names)) or "none"
            raise SetupError(f"there is no {what(old)}; there are: {known}")
        if new != old and new in names:
            raise SetupError(f"there is a {what(new)} already", column.name, "taken", given=new)
        self._connection.execute(
            update(column.table).where(column == old).values({column.name: new})
        )

    def _service(self, name: str | None) -> int:
        rows: Any = self._connection.execute(select(service.c.id, service.c.name)).all()
        ids = [row.id for row in rows if name is None or row.name == name]
        if len(ids) == 1:
            number: int = ids[0]
            return number
        known = ", ".join(repr(row.name) for row in rows) or "none"
        if name is None:
            raise SetupError(
                f"a channel must name its service; there are: {known}",
                "service", "service", known=known,
            )  # fmt: skip
        raise SetupError(
            f"there is no service {name!r}; there are: {known}", "service", "service", known=known
        )

    def _put(
        self,
        table: Table,
        key: dict[str, Any],
        values: dict[str, Any],
        initial: dict[str, Any] | None = None,
    ) -> int:
        condition = [table.c[name] == value for name, value in key.items()]
        identity = table.primary_key.columns.values()[0]
        number: int | None = self._connection.scalar(select(identity).where(*condition))
        if number is None:
            row = {**key, **values, **(initial or {})}
            created: int = self._connection.execute(
                insert(table).values(**row).returning(identity)
            ).scalar_one()
            return created
        self._connection.execute(update(table).where(*condition).values(**values))
        return number
