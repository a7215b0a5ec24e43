"""Verbs about access tokens: issue, find, kill (meta-contract §6.1 to §6.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fake_meta.domain import identifiers
from fake_meta.domain.accounts import AccessLevel
from fake_meta.domain.errors import NotAllowedError, UnknownTokenError
from fake_meta.domain.login import Flavour, GrantStatus
from fake_meta.domain.scopes import permission_of
from fake_meta.domain.tokens import (
    DATA_ACCESS_MS,
    PAGE_LIFE_MS,
    DeathCause,
    Token,
    TokenKind,
)
from fake_meta.world.core import WorldCore

_INSTAGRAM, _FACEBOOK, _IG_USER = Flavour.INSTAGRAM, Flavour.FACEBOOK, TokenKind.IG_USER


@dataclass(frozen=True, slots=True)
class TokenWish:
    """A token to issue; `age_ms` makes it older than it is, `life_ms` None never expires."""

    kind: TokenKind
    scopes: tuple[str, ...]
    life_ms: int | None
    age_ms: int = 0
    assets: frozenset[str] | None = None
    parent: str | None = None


class TokenVerbs(WorldCore):
    """Every token that was ever issued in this world, dead or alive."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens in the order of their making."""
        with self._lock:
            return tuple(self._state.login.tokens.values())

    def find_token(self, value: str) -> Token | None:
        """The token with this value, dead or alive; None when there never was one."""
        return self._shared.state.login.tokens.get(value)  # a single look, so without the lock

    def issue_token(self, wish: TokenWish) -> Token:
        """A new token of the person who logs in by that flavour, or of the app."""
        with self._lock:
            login = self._state.login
            if wish.kind is TokenKind.APP:
                raise NotAllowedError(
                    "app tokens are not issued: use app-id|app-secret or client_credentials"
                )
            answers = self._grants(flavour_of(wish.kind)).answers
            answers.update(dict.fromkeys(wish.scopes, GrantStatus.GRANTED))
            issued_ms = self._clock.now_ms() - wish.age_ms
            return login.add(
                Token(
                    id=login.next_token_id(),
                    value=self._new_value(wish.kind),
                    kind=wish.kind,
                    app_id=login.clients[flavour_of(wish.kind)].id,
                    subject=self._subject_of(wish.kind),
                    user_id=self._person(flavour_of(wish.kind)).id,
                    scopes=wish.scopes,
                    issued_ms=issued_ms,
                    expires_ms=None if wish.life_ms is None else issued_ms + wish.life_ms,
                    data_access_until_ms=issued_ms + DATA_ACCESS_MS,
                    assets=wish.assets,
                    parent=wish.parent,
                )
            )

    def page_token_for(self, holder: Token) -> Token:
        """The Page token that a user token reads: the same one as long as it lives."""
        with self._lock:
            now_ms = self._clock.now_ms()
            for token in self._state.login.tokens.values():
                is_its = token.parent == holder.value and token.subject == self._inbox.page.id
                if is_its and token.death_at(now_ms) is None:
                    return token
            life_ms = None if holder.is_long_lived else PAGE_LIFE_MS
            return self.issue_token(
                TokenWish(
                    TokenKind.PAGE,
                    holder.scopes or (),
                    life_ms,
                    assets=holder.assets,
                    parent=holder.value,
                )
            )

    def kill_token(self, token_id: str, cause: DeathCause) -> Token:
        """End a token, and the Page tokens that were read with it."""
        with self._lock:
            tokens = self._state.login.tokens
            found = next((one for one in tokens.values() if one.id == token_id), None)
            if found is None:
                raise UnknownTokenError(
                    f"there is no token {token_id!r}; GET /_control/tokens lists them"
                )
            doomed = [one for one in tokens.values() if found.value in (one.value, one.parent)]
            for token in doomed:
                self._kill(token, cause)
            return tokens[found.value]

    def kill_tokens_of(self, flavour: Flavour, cause: DeathCause) -> None:
        """End everything that one person granted to the app."""
        with self._lock:
            login = self._state.login
            owner = self._person(flavour).id
            for token in [one for one in login.tokens.values() if one.user_id == owner]:
                self._kill(token, cause)

    def scopes_in_force(self, token: Token) -> tuple[str, ...]:
        """What the token may do: granted by the person, and not taken away from the app."""
        with self._lock:
            access = self._state.app.access
            granted = tuple(map(str, access)) if token.scopes is None else token.scopes
            taken = {p for p, level in access.items() if level is AccessLevel.NONE}
            return tuple(scope for scope in granted if permission_of(scope) not in taken)

    def _kill(self, token: Token, cause: DeathCause) -> None:
        """The first cause of death stays."""
        now_ms = self._clock.now_ms()
        if token.death_at(now_ms) is None:
            expires_ms = now_ms if cause is DeathCause.EXPIRED else token.expires_ms
            self._state.login.add(replace(token, death=cause, expires_ms=expires_ms))

    def _new_value(self, kind: TokenKind) -> str:
        source = self._state.login.ids
        if kind is TokenKind.IG_USER:
            return identifiers.new_instagram_token(source)
        return identifiers.new_access_token(source)

    def _subject_of(self, kind: TokenKind) -> str:
        if kind is TokenKind.PAGE:
            return self._inbox.page.id
        return self._person(flavour_of(kind)).id


def flavour_of(kind: TokenKind) -> Flavour:
    """The login that tokens of this kind come from."""
    return _INSTAGRAM if kind is _IG_USER else _FACEBOOK
