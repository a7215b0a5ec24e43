"""Everything that the automatic reviewer looks at, gathered beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fake_meta.domain.accounts import MetaApp, Permission
from fake_meta.domain.review.forms import AppDetails, PermissionForm, Submission


@dataclass(frozen=True, slots=True)
class Delivered:
    """The newest delivery of one kind of event to the app."""

    status: int | None
    duration_s: float

    @property
    def is_well(self) -> bool:
        """Answered 200."""
        return self.status == 200


@dataclass(frozen=True, slots=True)
class Sightings:
    """What Meta saw of the app in the last 30 days: deliveries by event, calls by what they did."""

    deliveries: Mapping[str, Delivered] = field(default_factory=dict)
    calls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """`pages` tells how each address of the form answered: its status, or None for silence.

    `log_in_refusal` is why the credentials led nowhere, None when they did or were not tried.
    """

    submission: Submission
    details: AppDetails
    app: MetaApp
    account: str
    sightings: Sightings
    pages: Mapping[str, int | None]
    has_deletion_callback: bool
    has_role_holder: bool
    message_access: bool
    is_subscribed: bool
    log_in_refusal: str | None = None

    @property
    def forms(self) -> Mapping[Permission, PermissionForm]:
        """What is asked for."""
        return self.submission.forms
