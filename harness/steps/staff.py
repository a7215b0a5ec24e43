"""Credentials right, wrong and unknown. Pure."""

from __future__ import annotations

from dataclasses import replace

from harness.errors import NotApplicable
from harness.targets.contract import Credentials, Staff


def spare_of(staff: Staff) -> Credentials:
    """The agent who may be locked out."""
    if staff.spare is None:
        raise NotApplicable("the target names no spare agent")
    return staff.spare


def newcomer_of(staff: Staff) -> Credentials:
    """The agent who never signed in."""
    if staff.newcomer is None:
        raise NotApplicable("the target names no agent who never signed in")
    return staff.newcomer


def with_wrong_password(credentials: Credentials) -> Credentials:
    """The same login with another password."""
    return replace(credentials, password=f"{credentials.password}-wrong")


def unknown() -> Credentials:
    """A login that nobody has."""
    return Credentials("nobody.of.this.name", "Wrong-123", "Nobody")
