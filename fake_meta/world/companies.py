"""Verbs about companies: each has a Page, an Instagram account and an inbox (§0.3, §5.1)."""

from __future__ import annotations

import random
from itertools import count

from fake_meta.domain import identifiers
from fake_meta.domain.accounts import InstagramAccount, Page
from fake_meta.domain.errors import NotAllowedError
from fake_meta.world.core import WorldCore
from fake_meta.world.login_state import account_person, add_page_token
from fake_meta.world.state import ACCOUNT_USERNAME, COMPANY_NAME, Inbox

MOST_COMPANIES = 500


class CompanyVerbs(WorldCore):
    """Several companies whose inboxes one app serves."""

    def create_company(
        self, username: str | None = None, name: str | None = None
    ) -> InstagramAccount:
        """A new company; its ids come from the seed and from how many there were before."""
        with self._lock:
            state = self._state
            number = len(state.inboxes) + 1
            if number > MOST_COMPANIES:
                raise NotAllowedError(f"a world holds {MOST_COMPANIES} companies at most; reset it")
            wanted = self._free_name(number) if username is None else username.lower()
            if wanted in self._names():
                raise NotAllowedError(f"the username {wanted!r} is taken; choose another")
            source = random.Random(f"inbox {number} of {state.seed}")  # noqa: S311
            title = name or f"{COMPANY_NAME} {number}"
            page = Page(
                id=identifiers.new_page_id(source),
                name=title,
                access_token=identifiers.new_access_token(source),
            )
            account = InstagramAccount(identifiers.new_igid(source), wanted, title)
            person = account_person(source, account)
            state.add_inbox(Inbox(page, account, source, person))
            add_page_token(state.login, state.app, page, self._clock.now_ms())
            return account

    def _names(self) -> set[str]:
        """Every username of a company or customer."""
        state = self._state
        companies = {inbox.account.username for inbox in state.inboxes.values()}
        return companies | {name.lower() for name in state.first.customers}

    def _free_name(self, number: int) -> str:
        taken = self._names()
        names = (f"{ACCOUNT_USERNAME}.{one}" for one in count(number))
        return next(name for name in names if name not in taken)
