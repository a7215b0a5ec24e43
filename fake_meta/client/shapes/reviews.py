"""Dictionaries about App Review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Required, TypedDict

from fake_meta.client.shapes.words import (
    AccessLevel,
    Experience,
    Permission,
    Purpose,
    Shown,
    SubmissionState,
)


class Review(TypedDict):
    """Everything about App Review."""

    details: dict[str, Any]
    takes_s: float
    grant_after_s: float
    try_credentials: bool
    effective_ms: dict[Permission, int]
    access: dict[str, AccessLevel]
    submissions: list[Submission]


class Sides(TypedDict):
    """How large a picture is, in pixels."""

    width: int
    height: int


class DetailsWish(TypedDict, total=False):
    """The app's details."""

    icon: Sides | None
    contact_email: str
    category: str
    purpose: Purpose
    privacy_policy_url: str
    terms_url: str
    data_deletion_url: str
    business_verified: bool
    data_handling_answered: bool
    data_use_checked: bool
    access_verified: bool
    takes_s: float
    grant_after_s: float
    try_credentials: bool


class ReviewAccessWish(TypedDict, total=False):
    """How the reviewer gets in."""

    login_url: str
    steps: str
    username: str
    password: str


class Submission(TypedDict):
    """SUBMISSION."""

    number: int
    state: SubmissionState
    access: AccessPath
    permissions: dict[Permission, PermissionForm]
    submitted_ms: int | None
    due_ms: int | None
    decided_ms: int | None
    decisions: list[Decision]


class RecordingWish(TypedDict, total=False):
    """A screen recording: facts of the file and what it shows."""

    file_name: Required[str]
    size_bytes: Required[int]
    width: Required[int]
    height: Required[int]
    has_audio: bool
    english: bool
    shows: Sequence[Shown]


class FormWish(TypedDict, total=False):
    """What is told about one permission."""

    description: str
    recording: RecordingWish | None
    account: str
    experience: Experience | None
    story_replies: str
    story_mentions: str
    unsent_messages: str
    escalation: str
    dependencies: Sequence[str]


class Decisions(TypedDict):
    """DECISIONS."""

    decisions: list[Decision]


class DecideWish(TypedDict, total=False):
    """Empty: the automatic reviewer decides."""

    approve: bool
    permission: Permission
    note: str


class AccessPath(TypedDict):
    """How a reviewer gets into the app: its address, the steps, credentials of the app itself."""

    login_url: str
    steps: str
    username: str
    password: str


class PermissionForm(TypedDict):
    """What is filed for one permission."""

    description: str
    recording: Recording | None
    account: str
    experience: Experience | None
    story_replies: str
    story_mentions: str
    unsent_messages: str
    escalation: str
    dependencies: list[str]


class Decision(TypedDict):
    """DECISION."""

    permission: Permission
    approved: bool
    note: str
    findings: list[ReviewFinding]


class Recording(TypedDict):
    """A screen recording: facts of the file and what it shows."""

    file_name: str
    size_bytes: int
    width: int
    height: int
    has_audio: bool
    english: bool
    shows: list[Shown]


class ReviewFinding(TypedDict):
    """One reason, and what to do."""

    reason: str
    meaning: str
    whole_submission: bool
    seen: str
    cure: str
    section: str
