"""Verbs of the log-in itself: codes, and tokens for codes and for tokens (meta-contract §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fake_meta.domain import identifiers
from fake_meta.domain.login import Code, CodeFault, CodeRefusedError, Flavour
from fake_meta.domain.scopes import ALWAYS_GRANTED
from fake_meta.domain.tokens import (
    HOUR_MS,
    IG_SHORT_LIFE_MS,
    LONG_LIFE_MS,
    SHORT_LIFE_MS,
    Token,
    TokenKind,
)
from fake_meta.world.logins import LoginVerbs
from fake_meta.world.tokens import TokenWish

_BY_CODE = {
    Flavour.FACEBOOK: (TokenKind.USER, SHORT_LIFE_MS),
    Flavour.INSTAGRAM: (TokenKind.IG_USER, IG_SHORT_LIFE_MS),
}


class CodeVerbs(LoginVerbs):
    """From the dialog's consent to a long-lived token."""

    def issue_code(
        self,
        flavour: Flavour,
        redirect_uri: str,
        assets: Iterable[str] | None = None,
        asked: Iterable[str] | None = None,
    ) -> Code:
        """A code for everything that the person has granted so far, or of it what was `asked`."""
        with self._lock:
            login = self._state.login
            code = Code(
                value=identifiers.new_code(login.ids),
                flavour=flavour,
                redirect_uri=redirect_uri,
                scopes=self._carried(self._grants(flavour).granted, asked),
                issued_ms=self._clock.now_ms(),
                assets=None if assets is None else frozenset(assets),
                home=self._person(flavour).id,
            )
            login.codes[code.value] = code
            return code

    def redeem_code(self, flavour: Flavour, value: str, redirect_uri: str) -> Token:
        """The short-lived token for a code, once; `CodeRefusedError` says why not."""
        with self._lock:
            codes = self._state.login.codes
            code = codes.get(value)
            fault = self._fault_of(code, flavour, redirect_uri)
            if code is None or fault is not None:
                raise CodeRefusedError(fault or CodeFault.UNKNOWN)
            codes[value] = replace(code, used=True)
            kind, life_ms = _BY_CODE[flavour]
            if kind is TokenKind.USER and self.choices.short_lived_token == "1_hour":  # noqa: S105 - a choice
                life_ms = HOUR_MS
            return self.at(code.home).issue_token(
                TokenWish(kind, code.scopes, life_ms, assets=code.assets)
            )

    def prolong(self, token: Token) -> Token:
        """A token of the same person and scopes that lives 60 days."""
        scopes = token.scopes or ()
        wish = TokenWish(token.kind, scopes, LONG_LIFE_MS, assets=token.assets)
        return self.at(token.subject).issue_token(wish)

    def _carried(self, granted: tuple[str, ...], asked: Iterable[str] | None) -> tuple[str, ...]:
        """What a token of this dialog carries (choice token_scopes)."""
        if asked is None or self.choices.token_scopes == "ever_granted":  # noqa: S105 - a choice
            return granted
        wanted = set(asked) | {ALWAYS_GRANTED}
        return tuple(scope for scope in granted if scope in wanted)

    def _fault_of(self, code: Code | None, flavour: Flavour, redirect_uri: str) -> CodeFault | None:
        if code is None or code.flavour is not flavour:
            return CodeFault.UNKNOWN
        if code.used:
            return CodeFault.USED
        if code.is_over(self._clock.now_ms()):
            return CodeFault.EXPIRED
        return None if code.redirect_uri == redirect_uri else CodeFault.OTHER_REDIRECT
