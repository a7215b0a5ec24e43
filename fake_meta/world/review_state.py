"""The record that App Review keeps of the app."""

from __future__ import annotations

from dataclasses import dataclass, field

from fake_meta.domain.review.forms import DAY_MS, AppDetails, Submission


@dataclass(slots=True)
class ReviewDesk:
    """The app's details and every submission, oldest first; `takes_ms` until a decision."""

    details: AppDetails = field(default_factory=AppDetails)
    submissions: list[Submission] = field(default_factory=list)
    takes_ms: int = 3 * DAY_MS
