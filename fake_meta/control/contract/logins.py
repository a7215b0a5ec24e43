"""Calls about log-in: settings of the app, tokens, callbacks about people."""

from __future__ import annotations

from fake_meta.control.contract.call import Call, Nothing, Told, Wish
from fake_meta.control.contract.fields import (
    Flag,
    MaybeNumber,
    MaybeText,
    Number,
    Text,
    Texts,
    Whole,
    word,
)
from fake_meta.control.contract.wire import Entries, Entry
from fake_meta.domain.login import Flavour
from fake_meta.domain.signed_request import Flaw
from fake_meta.domain.tokens import DeathCause, TokenKind


class LoginWish(Wish):
    """Settings of one flavour."""

    redirect_uris: Texts = None
    deauthorize_url: MaybeText = None
    data_deletion_url: MaybeText = None
    proof_required: Flag = None
    array_answers: Flag = None


class CauseWish(Wish):
    """Of what the tokens die."""

    cause: word(DeathCause)  # type: ignore[valid-type]


class TokenWish(Wish):
    """Which token, how old, how long-lived."""

    kind: word(TokenKind)  # type: ignore[valid-type]
    scopes: Texts = None
    age_s: Number = None
    life_s: MaybeNumber = None


class CallbackWish(Wish):
    """How the app is called."""

    flavour: word(Flavour) = None  # type: ignore[valid-type]
    flaw: word(Flaw) = None  # type: ignore[valid-type]
    user_id: Text = None
    remove_app: Flag = None


class ReplayWish(Wish):
    """Which callback."""

    seq: Whole


class LoginPerson(Told):
    """Who logs in."""

    id: str
    name: str
    login: str
    password: str


class Login(Told):
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


class Logins(Told):
    """LOGIN of both flavours."""

    facebook: Login
    instagram: Login


class Token(Told):
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


class Tokens(Told):
    """Tokens, oldest first."""

    tokens: list[Token]


_FLAVOUR = "/login/<name>"

CALLS = (
    Call("GET", "/login", "Read the log-in settings", Logins),
    Call("PATCH", _FLAVOUR, "Change the log-in settings of a flavour", Login, LoginWish),
    Call("POST", f"{_FLAVOUR}/secret", "Reset the app secret", Login, Nothing),
    Call("POST", f"{_FLAVOUR}/kill", "Kill all that the person granted", Tokens, CauseWish),
    Call("GET", "/tokens", "List the tokens", Tokens),
    Call("POST", "/tokens", "Issue a token", IssuedToken, TokenWish, status=201),
    Call("POST", "/tokens/<token_id>/kill", "Kill a token", Token, CauseWish),
    Call("POST", "/callbacks/replay", "Send a callback once more", Entry, ReplayWish),
    Call("POST", "/callbacks/<name>", "Call the app about a person", Entries, CallbackWish),
)
