"""Verbs about people: find, create, change, log in, follow."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fake_meta.domain.accounts import Customer
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError
from fake_meta.domain.identifiers import Igsid
from fake_meta.world.core import WorldCore
from fake_meta.world.seeding import add_customer, new_customer
from fake_meta.world.state import CustomerRecord, Inbox

SCOPED = frozenset({"follows_business", "followed_by_business", "blocks_business", "profile_fault"})
"""What a customer is to one company; everything else is the same for all of them."""


class CustomerVerbs(WorldCore):
    """People of Instagram."""

    @property
    def customers(self) -> tuple[Customer, ...]:
        """Everybody, in the order of creation."""
        with self._lock:
            return tuple(record.customer for record in self._inbox.customers.values())

    @property
    def followers_count(self) -> int:
        """How many people follow the company."""
        with self._lock:
            return sum(one.customer.follows_business for one in self._inbox.customers.values())

    @property
    def follows_count(self) -> int:
        """How many people the company follows."""
        with self._lock:
            return sum(one.customer.followed_by_business for one in self._inbox.customers.values())

    def find_customer(self, username: str) -> Customer | None:
        """The customer with this username, or None."""
        with self._lock:
            record = self._known_record(username)
            return None if record is None else record.customer

    def customer(self, username: str) -> Customer:
        """The customer with this username, or `UnknownCustomerError`."""
        with self._lock:
            return self._record(username).customer

    def check_password(self, username: str, password: str) -> bool:
        """True when this customer exists and this is their password."""
        customer = self.find_customer(username)
        if customer is None:
            return False
        return hmac.compare_digest(customer.password.encode(), password.encode())

    def create_customer(self, wishes: Mapping[str, Any]) -> Customer:
        """A new customer; `wishes` are `Customer` fields, what is not given comes from the seed."""
        with self._lock:
            username, inboxes = wishes.get("username"), self._state.inboxes.values()
            companies = {inbox.account.username for inbox in inboxes}
            if username in self._state.first.customers or username in companies:
                raise NotAllowedError(f"the username {username!r} is taken; choose another")
            if any(wishes.get("igsid") in inbox.by_igsid for inbox in inboxes):
                raise NotAllowedError(f"the igsid {wishes['igsid']!r} is taken; choose another")
            customer = replace(new_customer(self._state), **wishes)
            add_customer(self._state, customer)
            return self._record(customer.username).customer

    def change_customer(self, username: str, changes: Mapping[str, Any]) -> Customer:
        """Change fields of a customer; username and igsid stay."""
        fixed = sorted({"username", "igsid"} & set(changes))
        if fixed:
            raise InvalidRequestError(f"{' and '.join(fixed)} of a customer cannot be changed")
        with self._lock:
            self._record(username)
            personal = {name: changes[name] for name in changes if name not in SCOPED}
            for inbox in self._state.all_inboxes():
                told = changes if inbox is self._inbox else personal
                if username in inbox.customers and told:
                    _change(inbox, inbox.customers[username], told)
            return self._record(username).customer

    def set_follow(self, username: str, follows: bool) -> Customer:  # noqa: FBT001 - a switch
        """This customer follows the company's account, or no longer does."""
        return self.change_customer(username, {"follows_business": follows})

    def username_of(self, igsid: str) -> str | None:
        """Whose IGSID or PSID this is, or None."""
        with self._lock:
            for inbox in self._state.all_inboxes():
                record = inbox.by_igsid.get(Igsid(igsid))
                if record is not None:
                    return record.customer.username
            return None


def _change(inbox: Inbox, record: CustomerRecord, changes: Mapping[str, Any]) -> None:
    record.customer = replace(record.customer, **changes)
    newest = inbox.recency.number_of.get(record.customer.igsid)
    if record.customer.has_role and newest is not None:
        inbox.recency_of_role_holders.put(newest, record.customer.igsid)
