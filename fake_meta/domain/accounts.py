"""The company's accounts, the app and the people on Instagram, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fake_meta.domain.identifiers import Igid, Igsid


class Role(StrEnum):
    """A role on the app that counts for Standard Access (meta-contract §6.4)."""

    TESTER = "tester"
    DEVELOPER = "developer"
    ADMINISTRATOR = "administrator"


class AccountType(StrEnum):
    """What kind of professional account it is (meta-contract §5.2)."""

    BUSINESS = "BUSINESS"
    MEDIA_CREATOR = "MEDIA_CREATOR"


class AppMode(StrEnum):
    """Development or live (meta-contract §6.4)."""

    DEVELOPMENT = "development"
    LIVE = "live"


class AccessLevel(StrEnum):
    """What App Review granted for one permission; none: nobody granted it (meta-contract §6.5)."""

    NONE = "none"
    STANDARD = "standard"
    ADVANCED = "advanced"


class Permission(StrEnum):
    """The permissions that the emulator enforces."""

    MANAGE_MESSAGES = "instagram_manage_messages"
    BASIC = "instagram_basic"
    MANAGE_METADATA = "pages_manage_metadata"
    PAGES_MESSAGING = "pages_messaging"


class ProfileFault(StrEnum):
    """How the profile call of one customer fails (meta-contract §5.3, §12 row 10).

    A phone account has no profile on Messenger; on Instagram it is one like any other.
    """

    CONSENT = "consent"
    NO_MATCH = "no_match"
    TIMEOUT = "timeout"
    EMPTY_NAME = "empty_name"
    MISSING_PERMISSION = "missing_permission"
    PHONE_ACCOUNT = "phone_account"


@dataclass(frozen=True, slots=True)
class InstagramAccount:
    """The company's professional account; `id` is the IGID."""

    id: Igid
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """The Facebook Page that the account is linked to."""

    id: str
    name: str
    access_token: str


@dataclass(frozen=True, slots=True)
class MetaApp:
    """The app under review, as the App Dashboard shows it."""

    id: str
    name: str
    secret: str
    verify_token: str
    mode: AppMode
    access: Mapping[Permission, AccessLevel]

    @property
    def token(self) -> str:
        """The app access token in the form app-id|app-secret."""
        return f"{self.id}|{self.secret}"


@dataclass(frozen=True, slots=True)
class Customer:
    """A person on Instagram who may write to the company."""

    username: str
    name: str
    igsid: Igsid
    password: str
    role: Role | None = None
    role_accepted: bool = True
    private: bool = False
    followed_by_business: bool = False
    follows_business: bool = False
    profile_fault: ProfileFault | None = None
    blocks_business: bool = False

    @property
    def has_role(self) -> bool:
        """A role counts only once its invitation is accepted."""
        return self.role is not None and self.role_accepted

    @property
    def is_invited(self) -> bool:
        """Asked to take a role, and not answered yet."""
        return self.role is not None and not self.role_accepted


@dataclass(frozen=True, slots=True)
class Subscription:
    """One app-level webhook subscription (meta-contract §2.1.1)."""

    object: str
    callback_url: str
    verify_token: str
    fields: tuple[str, ...]
    active: bool = True
