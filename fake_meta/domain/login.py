"""The two flavours of login: apps, people, codes, and what was granted (meta-contract §1.1, §6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fake_meta.domain.tokens import HOUR_MS


class Flavour(StrEnum):
    """A: Facebook Login on graph.facebook.com. B: Instagram Login on graph.instagram.com."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"


CODE_LIFE_MS = {Flavour.FACEBOOK: HOUR_MS // 6, Flavour.INSTAGRAM: HOUR_MS}
"""10 minutes at Facebook, an hour at Instagram (meta-contract §6.1, §6.2)."""


class GrantStatus(StrEnum):
    """What a person answered to one permission."""

    GRANTED = "granted"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Client:
    """The app as one flavour knows it: its id and secret there, and its login settings."""

    id: str
    secret: str
    redirect_uris: tuple[str, ...] = ()
    deauthorize_url: str | None = None
    data_deletion_url: str | None = None
    proof_required: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who logs in: the Page's administrator at Facebook, the company's account at Instagram.

    `id` is the app-scoped id, `login` what stands in the log-in form.
    """

    id: str
    name: str
    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code on its way to becoming a token."""

    value: str
    flavour: Flavour
    redirect_uri: str
    scopes: tuple[str, ...]
    issued_ms: int
    used: bool = False

    def is_over(self, now_ms: int) -> bool:
        """Too old to be redeemed."""
        return now_ms >= self.issued_ms + CODE_LIFE_MS[self.flavour]


@dataclass(slots=True)
class Grants:
    """A person's answers to the app, permission by permission; `assets` are those chosen."""

    answers: dict[str, GrantStatus] = field(default_factory=dict)
    assets: frozenset[str] | None = None
