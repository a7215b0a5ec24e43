"""Calls about log-in, tokens and callbacks about people."""

from __future__ import annotations

from typing import Unpack

from fake_meta.client.line import Line
from fake_meta.client.shapes import logins, wire


class Logins:
    """Log-in settings of the two flavours."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def read(self) -> logins.Logins:
        """Read the settings of both flavours."""
        return self._line.ask(logins.Logins, "GET", "/login")

    def change(self, name: str, **wish: Unpack[logins.LoginWish]) -> logins.Login:
        """Change the settings of a flavour."""
        return self._line.ask(logins.Login, "PATCH", "/login/<name>", wish, name=name)

    def reset_secret(self, name: str) -> logins.Login:
        """Reset the app secret."""
        return self._line.ask(logins.Login, "POST", "/login/<name>/secret", name=name)

    def kill(
        self, name: str, *, account: str | None = None, **wish: Unpack[logins.CauseWish]
    ) -> logins.Tokens:
        """Kill all that the person granted."""
        return self._line.ask(
            logins.Tokens, "POST", "/login/<name>/kill", wish, name=name, account=account
        )


class Tokens:
    """Access tokens."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def list(self) -> logins.Tokens:
        """List the tokens, oldest first."""
        return self._line.ask(logins.Tokens, "GET", "/tokens")

    def issue(
        self, *, account: str | None = None, **wish: Unpack[logins.TokenWish]
    ) -> logins.IssuedToken:
        """Issue a token; `access_token` is its value."""
        return self._line.ask(logins.IssuedToken, "POST", "/tokens", wish, account=account)

    def kill(self, token_id: str, **wish: Unpack[logins.CauseWish]) -> logins.Token:
        """Kill a token."""
        return self._line.ask(
            logins.Token, "POST", "/tokens/<token_id>/kill", wish, token_id=token_id
        )


class Callbacks:
    """Meta's callbacks about people: `deauthorize` and `data-deletion`."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def send(
        self, name: str, *, account: str | None = None, **wish: Unpack[logins.CallbackWish]
    ) -> wire.Entries:
        """Call the app about a person."""
        return self._line.ask(
            wire.Entries, "POST", "/callbacks/<name>", wish, name=name, account=account
        )

    def replay(self, **wish: Unpack[logins.ReplayWish]) -> wire.Entry:
        """Send a callback once more."""
        return self._line.ask(wire.Entry, "POST", "/callbacks/replay", wish)
