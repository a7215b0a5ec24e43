"""What the world knows of logins, and how a seed makes it.

Drawn from sources of its own, so that worlds keep the ids they had before there were logins.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from fake_meta.domain import identifiers
from fake_meta.domain.accounts import InstagramAccount, MetaApp, Page
from fake_meta.domain.identifiers import Randomness
from fake_meta.domain.login import Client, Code, Flavour, Grants, Person
from fake_meta.domain.scopes import ALWAYS_GRANTED, USUAL
from fake_meta.domain.tokens import Token, TokenKind

ADMINISTRATOR_NAME = "Helena Prado"
ADMINISTRATOR_LOGIN = "helena.prado@empresa.example"
SEEDED_PAGE_TOKEN = "1"  # noqa: S105 - its number in the list


@dataclass(slots=True)
class LoginState:
    """Apps, people, tokens and codes; who logs in by flavour B is the inbox's business."""

    ids: random.Random
    clients: dict[Flavour, Client]
    administrator: Person
    app_token: str
    tokens: dict[str, Token] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    grants: Grants = field(default_factory=Grants)
    tokens_made: int = 0
    test_users: dict[str, Person] = field(default_factory=dict)

    def add(self, token: Token) -> Token:
        """Know `token`, or know it differently."""
        self.tokens[token.value] = token
        return token

    def add_app_tokens(self, app: MetaApp, now_ms: int) -> None:
        """Know app-id|app-secret and the token that client_credentials answers."""
        for value in (app.token, self.app_token):
            token_id = self.next_token_id()
            self.add(Token(token_id, value, TokenKind.APP, app.id, app.id, None, (), now_ms))

    def keep_settings_of(self, before: LoginState) -> None:
        """Take over what was configured; ids and secrets stay this world's own."""
        for flavour, client in self.clients.items():
            configured = before.clients[flavour]
            self.clients[flavour] = replace(configured, id=client.id, secret=client.secret)

    def next_token_id(self) -> str:
        """The number of a new token."""
        self.tokens_made += 1
        return str(self.tokens_made)


def seeded_login(
    seed: int, app: MetaApp, page: Page, account: InstagramAccount, now_ms: int
) -> tuple[LoginState, Person]:
    """The logins of a new world with its Page token and the app tokens; the account's person."""
    source = random.Random(f"logins of {seed}")  # noqa: S311 - reproducible ids, not secrets
    instagram_app = Client(identifiers.new_app_id(source), identifiers.new_secret(source))
    administrator = _administrator(source)
    person = account_person(source, account)
    state = LoginState(
        ids=random.Random(f"tokens of {seed}"),  # noqa: S311
        clients={
            Flavour.FACEBOOK: Client(app.id, app.secret),
            Flavour.INSTAGRAM: instagram_app,
        },
        administrator=administrator,
        app_token=f"{app.id}|{identifiers.new_app_token_end(source)}",
    )
    add_page_token(state, app, page, now_ms)
    state.add_app_tokens(app, now_ms)
    return state, person


def account_person(source: Randomness, account: InstagramAccount) -> Person:
    """Who logs in to an account by flavour B."""
    return Person(
        identifiers.new_scoped_id(source),
        account.name,
        account.username,
        identifiers.new_password(source),
    )


def _administrator(source: Randomness) -> Person:
    return Person(
        identifiers.new_scoped_id(source),
        ADMINISTRATOR_NAME,
        ADMINISTRATOR_LOGIN,
        identifiers.new_password(source),
    )


def add_page_token(state: LoginState, app: MetaApp, page: Page, now_ms: int) -> None:
    """Know the token that a company comes with; it never expires."""
    state.add(
        Token(
            id=state.next_token_id(),
            value=page.access_token,
            kind=TokenKind.PAGE,
            app_id=app.id,
            subject=page.id,
            user_id=state.administrator.id,
            scopes=None,
            issued_ms=now_ms,
        )
    )


def usual_scopes(kind: TokenKind) -> tuple[str, ...]:
    """What a token of this kind carries when nobody says otherwise."""
    if kind is TokenKind.APP:
        return ()
    if kind is TokenKind.IG_USER:
        return USUAL[Flavour.INSTAGRAM]
    return (*USUAL[Flavour.FACEBOOK], ALWAYS_GRANTED)
