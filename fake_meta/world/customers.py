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
from fake_meta.world.state import add_customer, new_customer


class CustomerVerbs(WorldCore):
    """People of Instagram."""

    @property
    def customers(self) -> tuple[Customer, ...]:
        """Everybody, in the order of creation."""
        with self._lock:
            return tuple(record.customer for record in self._state.customers.values())

    @property
    def followers_count(self) -> int:
        """How many people follow the company."""
        with self._lock:
            return sum(one.customer.follows_business for one in self._state.customers.values())

    @property
    def follows_count(self) -> int:
        """How many people the company follows."""
        with self._lock:
            return sum(one.customer.followed_by_business for one in self._state.customers.values())

    def find_customer(self, username: str) -> Customer | None:
        """The customer with this username, or None."""
        with self._lock:
            record = self._state.customers.get(username)
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
            username = wishes.get("username")
            if username in self._state.customers or username == self._state.account.username:
                raise NotAllowedError(f"the username {username!r} is taken; choose another")
            if wishes.get("igsid") in self._state.by_igsid:
                raise NotAllowedError(f"the igsid {wishes['igsid']!r} is taken; choose another")
            customer = replace(new_customer(self._state), **wishes)
            add_customer(self._state, customer)
            return customer

    def change_customer(self, username: str, changes: Mapping[str, Any]) -> Customer:
        """Change fields of a customer; username and igsid stay."""
        fixed = sorted({"username", "igsid"} & set(changes))
        if fixed:
            raise InvalidRequestError(f"{' and '.join(fixed)} of a customer cannot be changed")
        with self._lock:
            record = self._record(username)
            record.customer = replace(record.customer, **changes)
            newest = self._state.recency.number_of.get(record.customer.igsid)
            if record.customer.has_role and newest is not None:
                self._state.recency_of_role_holders.put(newest, record.customer.igsid)
            return record.customer

    def set_follow(self, username: str, follows: bool) -> Customer:  # noqa: FBT001 - a switch
        """This customer follows the company's account, or no longer does."""
        return self.change_customer(username, {"follows_business": follows})

    def username_of(self, igsid: str) -> str | None:
        """Whose IGSID this is, or None."""
        with self._lock:
            record = self._state.by_igsid.get(Igsid(igsid))
            return None if record is None else record.customer.username
