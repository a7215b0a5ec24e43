"""The calls that mean something on Messenger, too."""

from __future__ import annotations

from fake_meta.client.areas.account import Account
from fake_meta.client.areas.customers import Customers
from fake_meta.client.line import Line


class Messenger:
    """Customers and the company on Messenger; calls that are Instagram's alone are refused."""

    def __init__(self, line: Line) -> None:
        self.customers, self.account = Customers(line), Account(line)

    def psid(self, username: str, *, account: str | None = None) -> str:
        """Who the customer is to the Page on Messenger."""
        return self.customers.read(username, account=account)["igsid"]
