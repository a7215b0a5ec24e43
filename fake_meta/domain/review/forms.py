"""What is filed for App Review (meta-contract §10.1, §10.2, §10.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fake_meta.domain.accounts import Permission

DAY_MS = 24 * 3600 * 1000


class Purpose(StrEnum):
    """For whom the app is."""

    OWN_BUSINESS = "own_business"
    CLIENTS = "clients"


class Experience(StrEnum):
    """Who answers."""

    LIVE_AGENT = "live_agent"
    AUTOMATED = "automated"
    BOTH = "both"


class Shown(StrEnum):
    """What can be seen in a recording."""

    LOGIN = "login"
    GRANT = "grant"
    MESSAGE = "message"
    REPLY = "reply"
    MEDIA = "media"
    UNSEND = "unsend"
    DIRECT = "direct"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class AppDetails:
    """Basic settings that App Review asks for; `icon` is width and height in pixels."""

    icon: tuple[int, int] | None = None
    contact_email: str = ""
    category: str = ""
    purpose: Purpose = Purpose.OWN_BUSINESS
    privacy_policy_url: str = ""
    terms_url: str = ""
    data_deletion_url: str = ""
    business_verified: bool = False
    data_handling_answered: bool = False
    data_use_checked: bool = False
    access_verified: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """A screen recording: facts of the file and what it shows."""

    file_name: str
    size_bytes: int
    width: int
    height: int
    has_audio: bool = False
    english: bool = True
    shows: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessPath:
    """How a reviewer gets into the app: its address, the steps, credentials of the app itself."""

    login_url: str = ""
    steps: str = ""
    username: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class PermissionForm:
    """What is filed for one permission."""

    description: str = ""
    recording: Recording | None = None
    account: str = ""
    experience: Experience | None = None
    story_replies: str = ""
    story_mentions: str = ""
    unsent_messages: str = ""
    escalation: str = ""
    dependencies: tuple[str, ...] = ()


class SubmissionState(StrEnum):
    """Where a submission stands; the names are the emulator's (meta-contract §10.4)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PARTIALLY_APPROVED = "partially_approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why something is not approved, by meaning (meta-contract §10.4)."""

    NO_ACCESS = "no_access"
    USE_CASE_NOT_VERIFIED = "use_case_not_verified"
    PERMISSION_NOT_TESTED = "permission_not_tested"
    DISALLOWED_USE = "disallowed_use"
    BRAND = "brand"
    SETTINGS = "settings"
    PRIVACY_POLICY = "privacy_policy"
    VERIFICATION = "verification"
    DESCRIPTION = "description"
    RECORDING = "recording"
    UNSENT_MESSAGES = "unsent_messages"
    STORIES = "stories"
    ESCALATION = "escalation"
    WEBHOOK = "webhook"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what was seen, what to do; `permission` None: the whole."""

    reason: Reason
    permission: Permission | None
    seen: str
    cure: str
    section: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one permission; `note` is a reviewer's own sentence."""

    permission: Permission
    approved: bool
    findings: tuple[Finding, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One attempt; `due_ms` is when Meta decides."""

    number: int
    state: SubmissionState
    access: AccessPath = field(default_factory=AccessPath)
    forms: Mapping[Permission, PermissionForm] = field(default_factory=dict)
    submitted_ms: int | None = None
    due_ms: int | None = None
    decided_ms: int | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def is_open(self) -> bool:
        """Still a draft or with the reviewer."""
        return self.state in (SubmissionState.DRAFT, SubmissionState.IN_REVIEW)


def outcome_of(decisions: tuple[Decision, ...]) -> SubmissionState:
    """Approval is per permission (meta-contract §10.4)."""
    approved = [one.approved for one in decisions]
    if all(approved):
        return SubmissionState.APPROVED
    return SubmissionState.PARTIALLY_APPROVED if any(approved) else SubmissionState.REJECTED
