"""Channels and customers as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from system_under_test.adapters.schema import channel, conversation, customer
from system_under_test.domain.agents import Channel
from system_under_test.domain.customers import Customer, Profile

_CHANNEL = select(
    channel.c.id,
    channel.c.page_id,
    channel.c.account_id,
    channel.c.username,
    channel.c.token,
    channel.c.service_id,
    channel.c.trouble,
    channel.c.trouble_ms,
    channel.c.recheck_ms,
    channel.c.flavour,
    channel.c.token_due_ms,
)
_CUSTOMER = select(
    customer.c.id,
    customer.c.channel_id,
    customer.c.igsid,
    customer.c.name,
    customer.c.username,
    customer.c.avatar_url,
    customer.c.profile_attempts,
    customer.c.window_ms,
    customer.c.profile_due_ms,
    customer.c.followers,
)
_AT_ONCE = 1000  # an engine takes a limited number of values
_FIND = _CUSTOMER.where(
    customer.c.channel_id == bindparam("of_channel"), customer.c.igsid == bindparam("of_igsid")
)
_DUE = (
    _CUSTOMER.where(customer.c.profile_due_ms <= bindparam("now_ms"))
    .order_by(customer.c.profile_due_ms)
    .limit(1)
)
_NEXT_DUE = select(func.min(customer.c.profile_due_ms)).where(
    customer.c.profile_due_ms.is_not(None)
)


class ChannelRows:
    """Implements service.records.Channels."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Channel] = {}

    def by_account(self, account_id: str) -> Channel | None:
        """The channel of an Instagram account."""
        known = next((one for one in self._known.values() if one.account_id == account_id), None)
        if known is not None:
            return known
        row = self._connection.execute(
            _CHANNEL.where(channel.c.account_id == account_id)
        ).one_or_none()
        return self._known.setdefault(row[0], Channel(*row)) if row else None

    def get(self, channel_id: int) -> Channel:
        """The channel of that id."""
        if channel_id not in self._known:
            row = self._connection.execute(_CHANNEL.where(channel.c.id == channel_id)).one()
            self._known[channel_id] = Channel(*row)
        return self._known[channel_id]

    def all(self) -> list[Channel]:
        """Every channel."""
        return [Channel(*row) for row in self._connection.execute(_CHANNEL.order_by(channel.c.id))]

    def recheck(self, at_ms: int) -> None:
        """Ask all of them again whether their tokens work."""
        self._connection.execute(update(channel).values(recheck_ms=at_ms))
        self._known.clear()

    def flag(self, channel_id: int, trouble: str | None, at_ms: int | None) -> Channel:
        """Remember why nothing can be sent through it; None: all is well."""
        self._connection.execute(
            update(channel)
            .where(channel.c.id == channel_id)
            .values(trouble=trouble, trouble_ms=at_ms)
        )
        self._known.pop(channel_id, None)
        return self.get(channel_id)

    def plan_token(self, channel_id: int, due_ms: int) -> None:
        """When to refresh its token."""
        self._set_token(channel_id, token_due_ms=due_ms)

    def renew_token(self, channel_id: int, old: str, new: str, due_ms: int) -> None:
        """Put a new token in the place of the old one, unless somebody has meanwhile."""
        if self.get(channel_id).token == old:
            self._set_token(channel_id, token=new, token_due_ms=due_ms)

    def _set_token(self, channel_id: int, **values: Any) -> None:
        self._connection.execute(update(channel).where(channel.c.id == channel_id).values(**values))
        self._known.pop(channel_id, None)


class CustomerRows:
    """Implements service.records.Customers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Customer] = {}  # what this transaction knows of them

    def fetch(self, customer_ids: Iterable[int]) -> None:
        """Read them at once: `get` costs nothing for them afterwards."""
        wanted = sorted(set(customer_ids) - self._known.keys())
        for start in range(0, len(wanted), _AT_ONCE):
            some = customer.c.id.in_(wanted[start : start + _AT_ONCE])
            rows: Any = self._connection.execute(_CUSTOMER.where(some))
            for row in rows:
                self._known[row[0]] = Customer(*row)

    def get(self, customer_id: int) -> Customer:
        """The customer of that id."""
        if customer_id not in self._known:
            row: Any = self._connection.execute(_CUSTOMER.where(customer.c.id == customer_id)).one()
            self._known[customer_id] = Customer(*row)
        return self._known[customer_id]

    def find(self, channel_id: int, igsid: str) -> Customer | None:
        """The customer of that thread."""
        row: Any = self._connection.execute(
            _FIND, {"of_channel": channel_id, "of_igsid": igsid}
        ).one_or_none()
        return self._known.setdefault(row[0], Customer(*row)) if row else None

    def add(self, channel_id: int, igsid: str) -> Customer:
        """A new one."""
        result = self._connection.execute(
            insert(customer).values(channel_id=channel_id, igsid=igsid).returning(customer.c.id)
        )
        made = Customer(result.scalar_one(), channel_id, igsid)
        return self._known.setdefault(made.id, made)

    def open_window(self, customer_id: int, at_ms: int) -> None:
        """The customer has written then; an earlier time changes nothing."""
        known = self.get(customer_id).window_ms
        if known is None or known < at_ms:
            self._update(customer_id, window_ms=at_ms)

    def save_profile(self, customer_id: int, profile: Profile) -> None:
        """Keep what the profile says; empty fields leave what is known."""
        values = {
            "name": profile.name,
            "username": profile.username,
            "avatar_url": profile.avatar_url,
            "followers": profile.followers,
        }
        known = {name: value for name, value in values.items() if value or value == 0}
        if known:
            self._update(customer_id, **known)

    def plan_profile(self, customer_id: int, attempts: int, due_ms: int | None) -> None:
        """When to ask for the profile next; None: not again by itself."""
        self._update(customer_id, profile_attempts=attempts, profile_due_ms=due_ms)

    def plan_nameless(self, channel_id: int, due_ms: int) -> None:
        """When to ask for the profiles of those in open conversations whose name is not known."""
        open_ones = select(conversation.c.customer_id).where(
            conversation.c.channel_id == channel_id, conversation.c.state != "ended"
        )
        self._connection.execute(
            update(customer)
            .where(
                customer.c.id.in_(open_ones),
                customer.c.name.is_(None),
                customer.c.username.is_(None),
                customer.c.profile_due_ms.is_(None),
            )
            .values(profile_attempts=0, profile_due_ms=due_ms)
        )
        self._known.clear()

    def due(self, now_ms: int) -> Customer | None:
        """The one whose profile has been due longest."""
        row: Any = self._connection.execute(_DUE, {"now_ms": now_ms}).one_or_none()
        return Customer(*row) if row else None

    def next_due_ms(self) -> int | None:
        """When the next profile falls due."""
        due_ms: int | None = self._connection.scalar(_NEXT_DUE)
        return due_ms

    def _update(self, customer_id: int, **values: Any) -> None:
        if customer_id in self._known:
            self._known[customer_id] = replace(self._known[customer_id], **values)
        self._connection.execute(
            update(customer).where(customer.c.id == customer_id).values(**values)
        )
