"""Verbs about logins: the app's settings, what people granted, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from fake_meta.domain import identifiers
from fake_meta.domain.login import Client, Flavour, GrantStatus, Person
from fake_meta.domain.tokens import DATA_ACCESS_MS, SHORT_LIFE_MS, DeathCause, Token, TokenKind
from fake_meta.world.tokens import TokenVerbs


class LoginVerbs(TokenVerbs):
    """Both login flavours (meta-contract §6.1, §6.2)."""

    @property
    def app_token(self) -> str:
        """The app token that client_credentials answers."""
        with self._lock:
            return self._state.login.app_token

    def client(self, flavour: Flavour) -> Client:
        """The app as this flavour knows it."""
        return self._shared.state.login.clients[flavour]  # a single look, so without the lock

    @property
    def answers_in_arrays(self) -> bool:
        """Flavour B answers log-ins and `me` in the documented shape (meta-contract §5.2)."""
        client = self.client(Flavour.INSTAGRAM)
        return client.array_answers or self.choices.instagram_shapes == "data_array"

    def configure_client(self, flavour: Flavour, changes: Mapping[str, Any]) -> Client:
        """Change login settings: fields of `Client`."""
        with self._lock:
            clients = self._state.login.clients
            clients[flavour] = replace(clients[flavour], **changes)
            return clients[flavour]

    def person(self, flavour: Flavour) -> Person:
        """Who logs in by this flavour."""
        with self._lock:
            return self._person(flavour)

    def grants(self, flavour: Flavour) -> Mapping[str, GrantStatus]:
        """What that person answered to each permission."""
        with self._lock:
            return dict(self._grants(flavour).answers)

    def answer_permissions(
        self, flavour: Flavour, granted: Iterable[str], declined: Iterable[str] = ()
    ) -> None:
        """Remember the person's answers."""
        with self._lock:
            answers = self._grants(flavour).answers
            answers.update(dict.fromkeys(granted, GrantStatus.GRANTED))
            answers.update(dict.fromkeys(declined, GrantStatus.DECLINED))

    def revoke_permission(self, flavour: Flavour, scope: str) -> bool:
        """Take one permission back from every token; False when it was never granted."""
        with self._lock:
            login = self._state.login
            answers = self._grants(flavour).answers
            if answers.get(scope) is not GrantStatus.GRANTED:
                return False
            answers[scope] = GrantStatus.DECLINED
            owner = self._person(flavour).id
            for token in [one for one in login.tokens.values() if one.user_id == owner]:
                held = self.scopes_in_force(token) if token.scopes is None else token.scopes
                login.add(replace(token, scopes=tuple(one for one in held if one != scope)))
            return True

    def create_test_user(
        self, name: str | None, scopes: tuple[str, ...] | None
    ) -> tuple[Person, Token | None]:
        """A Facebook account for tests (meta-contract §6.4), with a token for `scopes` if given."""
        with self._lock:
            login, now_ms = self._state.login, self._clock.now_ms()
            number = len(login.test_users) + 1
            person = Person(
                identifiers.new_scoped_id(login.ids),
                name or f"Test User {number}",
                f"test_user_{number}@tfbnw.example",
                identifiers.new_password(login.ids),
            )
            login.test_users[person.id] = person
            if scopes is None:
                return person, None
            return person, login.add(
                Token(
                    id=login.next_token_id(),
                    value=self._new_value(TokenKind.USER),
                    kind=TokenKind.USER,
                    app_id=self._state.app.id,
                    subject=person.id,
                    user_id=person.id,
                    scopes=scopes,
                    issued_ms=now_ms,
                    expires_ms=now_ms + SHORT_LIFE_MS,
                    data_access_until_ms=now_ms + DATA_ACCESS_MS,
                    assets=frozenset(),
                )
            )

    def test_users(self) -> list[tuple[Person, Token | None]]:
        """All of them, each with its newest token."""
        with self._lock:
            login = self._state.login
            newest = {one.user_id: one for one in login.tokens.values()}
            return [(person, newest.get(person.id)) for person in login.test_users.values()]

    def user(self, person_id: str) -> Person:
        """Who a user token of Facebook's speaks of: a test user, else the administrator."""
        with self._lock:
            return self._state.login.test_users.get(person_id, self._state.login.administrator)

    def reset_secret(self, flavour: Flavour) -> Client:
        """A new app secret: it signs from now on, and every token of the app dies (§6.3)."""
        with self._lock:
            state, login = self._state, self._state.login
            old, new = login.clients[flavour], identifiers.new_secret(login.ids)
            everything = self.choices.reset_secret == "all_tokens"  # noqa: S105 - a choice
            for token in [one for one in login.tokens.values() if one.app_id == old.id]:
                if everything or token.kind is TokenKind.APP:
                    self._kill(token, DeathCause.SECRET_RESET)
            login.clients[flavour] = replace(old, secret=new)
            if flavour is Flavour.FACEBOOK:
                state.app = replace(state.app, secret=new)
                login.app_token = f"{old.id}|{identifiers.new_app_token_end(login.ids)}"
                login.add_app_tokens(state.app, self._clock.now_ms())
            return login.clients[flavour]

    def remove_app(self, flavour: Flavour) -> None:
        """The person removes the app: tokens die, webhooks stop (meta-contract §11.2)."""
        with self._lock:
            self.kill_tokens_of(flavour, DeathCause.APP_REMOVED)
            self._grants(flavour).answers.clear()
            if flavour is Flavour.FACEBOOK:
                for inbox in self._state.inboxes.values():
                    inbox.page_fields = None
            else:
                self._home.account_fields = None
