"""Dictionaries about log-in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Required, TypedDict

from fake_meta.client.shapes.words import DeathCause, Flavour, Flaw, TokenKind


class Logins(TypedDict):
    """LOGIN of both flavours."""

    facebook: Login
    instagram: Login


class LoginWish(TypedDict, total=False):
    """Settings of one flavour."""

    redirect_uris: Sequence[str]
    deauthorize_url: str | None
    data_deletion_url: str | None
    proof_required: bool
    array_answers: bool


class Login(TypedDict):
    """LOGIN."""

    client_id: str
    client_secret: str
    dialog: str
    person: LoginPerson
    granted: dict[str, str]
    redirect_uris: list[str]
    deauthorize_url: str | None
    data_deletion_url: str | None
    proof_required: bool
    array_answers: bool


class CauseWish(TypedDict, total=False):
    """Of what the tokens die."""

    cause: Required[DeathCause]


class Tokens(TypedDict):
    """Tokens, oldest first."""

    tokens: list[Token]


class TokenWish(TypedDict, total=False):
    """Which token, how old, how long-lived."""

    kind: Required[TokenKind]
    scopes: Sequence[str]
    age_s: float
    life_s: float | None


class Token(TypedDict):
    """TOKEN."""

    id: str
    kind: TokenKind
    masked: str
    subject: str
    user_id: str | None
    scopes: list[str]
    issued_ms: int
    expires_ms: int | None
    data_access_until_ms: int | None
    alive: bool
    cause: DeathCause | None


class IssuedToken(Token):
    """TOKEN with its value."""

    access_token: str


class ReplayWish(TypedDict, total=False):
    """Which callback."""

    seq: Required[int]


class CallbackWish(TypedDict, total=False):
    """How the app is called."""

    flavour: Flavour
    flaw: Flaw
    user_id: str
    remove_app: bool


class LoginPerson(TypedDict):
    """Who logs in."""

    id: str
    name: str
    login: str
    password: str
