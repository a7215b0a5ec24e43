"""Customers and the name under which an agent sees them."""

from __future__ import annotations

from dataclasses import dataclass

from system_under_test.domain.medium import Medium


@dataclass(frozen=True, slots=True)
class Customer:
    """A person as one company account knows them: by an IGSID, on Messenger by a PSID."""

    id: int
    channel_id: int
    igsid: str
    name: str | None = None
    username: str | None = None
    avatar_url: str | None = None
    profile_attempts: int = 0
    window_ms: int | None = None
    profile_due_ms: int | None = None
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Answer of the User Profile call (meta-contract §5.3); any field may be missing."""

    name: str | None
    username: str | None
    avatar_url: str | None
    followers: int | None = None


def display_name(customer: Customer, medium: Medium) -> str:
    """The name, else the username, else the last four digits; never an invented name."""
    return customer.name or customer.username or f"{medium.label} customer ·{customer.igsid[-4:]}"
