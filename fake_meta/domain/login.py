"""The two flavours of login: apps, people, codes, and what was granted (meta-contract §1.1, §6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from fake_meta.domain.tokens import HOUR_MS


class Flavour(StrEnum):
    """A: Facebook Login on graph.facebook.com. B: Instagram Login on graph.instagram.com."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"


class Host(StrEnum):
    """The host that a call is for, whatever address the emulator has."""

    GRAPH_FACEBOOK = "graph.facebook.com"
    GRAPH_INSTAGRAM = "graph.instagram.com"
    API_INSTAGRAM = "api.instagram.com"

    flavour: Flavour
    """The login whose tokens are taken there."""

    def __init__(self, address: str) -> None:
        is_first = address == "graph.facebook.com"
        self.flavour = Flavour.FACEBOOK if is_first else Flavour.INSTAGRAM


CODE_LIFE_MS = {Flavour.FACEBOOK: HOUR_MS // 6, Flavour.INSTAGRAM: HOUR_MS}
"""10 minutes at Facebook, an hour at Instagram (meta-contract §6.1, §6.2)."""


class GrantStatus(StrEnum):
    """What a person answered to one permission."""

    GRANTED = "granted"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Client:
    """The app as one flavour knows it: its id and secret there, and its login settings.

    `array_answers`: log-in and `me` answer {"data":[…]} as documented, not flat as observed.
    """

    id: str
    secret: str
    redirect_uris: tuple[str, ...] = ()
    deauthorize_url: str | None = None
    data_deletion_url: str | None = None
    proof_required: bool = False
    array_answers: bool = False


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
    """An authorization code on its way to becoming a token; `home` is whose log-in it was."""

    value: str
    flavour: Flavour
    redirect_uri: str
    scopes: tuple[str, ...]
    issued_ms: int
    assets: frozenset[str] | None = None
    used: bool = False
    home: str = ""

    def is_over(self, now_ms: int) -> bool:
        """Too old to be redeemed."""
        return now_ms >= self.issued_ms + CODE_LIFE_MS[self.flavour]


class CodeFault(Enum):
    """Why a code is not redeemed."""

    UNKNOWN = auto()
    USED = auto()
    EXPIRED = auto()
    OTHER_REDIRECT = auto()


class CodeRefusedError(Exception):
    """A code that is not redeemed; each host says so in its own words."""

    def __init__(self, fault: CodeFault) -> None:
        self.fault = fault
        super().__init__(fault.name)


@dataclass(slots=True)
class Grants:
    """A person's answers to the app, permission by permission."""

    answers: dict[str, GrantStatus] = field(default_factory=dict)

    @property
    def granted(self) -> tuple[str, ...]:
        """What the person granted, ever, and did not take back."""
        answers = self.answers.items()
        return tuple(scope for scope, status in answers if status is GrantStatus.GRANTED)
