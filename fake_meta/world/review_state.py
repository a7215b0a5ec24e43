"""The record that App Review keeps of the app."""

from __future__ import annotations

from dataclasses import dataclass, field

from fake_meta.domain.accounts import Permission
from fake_meta.domain.review.forms import DAY_MS, AppDetails, Submission


@dataclass(slots=True)
class ReviewDesk:
    """The app's details and every submission, oldest first.

    `takes_ms` until a decision, `grant_after_ms` from an approval to its effect; `grants` are
    approvals that wait for theirs, with the time of it; `tries_credentials`: the reviewer logs in.
    """

    details: AppDetails = field(default_factory=AppDetails)
    submissions: list[Submission] = field(default_factory=list)
    takes_ms: int = 3 * DAY_MS
    grant_after_ms: int = 0
    tries_credentials: bool = False
    grants: dict[Permission, int] = field(default_factory=dict)
