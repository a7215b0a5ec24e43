"""A world as one company sees it: the state that all share, and the inbox in question."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Self

from fake_meta.archive import DEFAULT_IN_MEMORY
from fake_meta.domain.errors import UnknownAccountError
from fake_meta.domain.login import Flavour, Grants, Person
from fake_meta.domain.platforms import Platform
from fake_meta.world.state import Inbox, WorldState

MOST_NAMED = 5
_INSTAGRAM, _MESSENGER = Platform.INSTAGRAM, Platform.MESSENGER


@dataclass(slots=True)
class Shared:
    """What every view of a world shares; a reset replaces `state`, `in_memory` stays."""

    state: WorldState
    in_memory: int = DEFAULT_IN_MEMORY
    views: dict[tuple[str | None, bool], Any] = field(default_factory=dict)


class BoundWorld:
    """Verbs act on one inbox: the first company's, unless `at`, `of` or `on` chose another."""

    _shared: Shared
    _account_id: str | None = None
    _is_on_messenger: bool = False

    @property
    def _state(self) -> WorldState:
        return self._shared.state

    @_state.setter
    def _state(self, state: WorldState) -> None:
        before, self._shared.state = self._shared.state, state
        state.archive.in_memory = self._shared.in_memory
        if before is not state:
            before.archive.close()
        self._shared.views = {}

    @property
    def _inbox(self) -> Inbox:
        if not self._is_on_messenger:
            return self._home
        return self._home.messenger or self._home

    @property
    def _home(self) -> Inbox:
        """The account's inbox, which also knows what is installed on the Page."""
        if self._account_id is None:
            return self._shared.state.first
        # After a reset in the middle of a call its rest meets the new world's first company.
        return self._inbox_of(self._account_id)

    def _inbox_of(self, account_id: str) -> Inbox:
        state = self._shared.state
        return state.inboxes.get(account_id, state.first)

    def knows_asset(self, node_id: str) -> bool:
        """This is the id of the app, or of a Page, an account or its person."""
        state = self._shared.state
        return node_id in state.homes or node_id == state.app.id

    def at(self, asset_id: str) -> Self:
        """The same world in the inbox of this Page, account or person; else the first one's."""
        state = self._shared.state
        account_id = state.homes.get(asset_id)
        if account_id is None or account_id == state.first.account.id:
            account_id = None
        if account_id == self._account_id and not self._is_on_messenger:
            return self
        return self._bound_to(account_id)

    @property
    def platform(self) -> Platform:
        """Which inbox of the company this is."""
        return _MESSENGER if self._is_on_messenger else _INSTAGRAM

    def on(self, platform: Platform) -> Self:
        """The same company's other inbox, or this one."""
        on_messenger = platform is _MESSENGER
        if on_messenger is self._is_on_messenger:
            return self
        return self._bound_to(self._account_id, on_messenger=on_messenger)

    def of(self, username: str) -> Self:
        """The same world in the inbox of the account with this username."""
        for inbox in tuple(self._shared.state.inboxes.values()):
            if inbox.account.username == username.lower():
                return self.at(inbox.account.id)
        inboxes = tuple(self._shared.state.inboxes.values())
        known = ", ".join(inbox.account.username for inbox in inboxes[:MOST_NAMED])
        more = "" if len(inboxes) <= MOST_NAMED else f" and {len(inboxes) - MOST_NAMED} more"
        raise UnknownAccountError(
            f"no company's account is called {username[:40]!r}; there are {known}{more}; "
            "create one with POST /_control/accounts"
        )

    def companies(self) -> tuple[Self, ...]:
        """The world in the inbox of every company, the first one first."""
        return tuple(self.at(account_id) for account_id in tuple(self._shared.state.inboxes))

    def _bound_to(self, account_id: str | None, *, on_messenger: bool = False) -> Self:
        key = (account_id, on_messenger)
        known: Self | None = self._shared.views.get(key)
        if known is None:
            known = copy.copy(self)
            vars(known)["_account_id"] = account_id
            vars(known)["_is_on_messenger"] = on_messenger
            self._shared.views[key] = known
        return known

    def _person(self, flavour: Flavour) -> Person:
        """Who logs in: the administrator of all Pages, or this account."""
        if flavour is Flavour.INSTAGRAM:
            return self._inbox.person
        return self._state.login.administrator

    def _grants(self, flavour: Flavour) -> Grants:
        return self._inbox.grants if flavour is Flavour.INSTAGRAM else self._state.login.grants
