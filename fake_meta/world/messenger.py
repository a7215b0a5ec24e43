"""Verbs about Messenger: who a customer is to a Page, and whether the app hears of it (§3.13)."""

from __future__ import annotations

import random
from collections.abc import Mapping

from fake_meta.domain.messenger_events import (
    PAGE_OBJECT,
    MessengerFacts,
    MessengerKind,
    new_messenger_mid,
    new_psid,
)
from fake_meta.world.core import WorldCore
from fake_meta.world.meta_app import DeliveryTarget

_WORDS = {"text": "Oi, tudo bem?", "url": "https://m.me/"}


class MessengerVerbs(WorldCore):
    """The Page's side of the company."""

    def psid_of(self, username: str) -> str:
        """The customer's id on Messenger to this Page: always the same, and no IGSID (§0.3)."""
        with self._lock:
            known = self._record(username).customer.username
            about = f"psid of {known} at {self._inbox.page.id} of {self._state.seed}"
            return new_psid(random.Random(about))  # noqa: S311 - reproducible, no secret

    def messenger_facts(self, username: str, wishes: Mapping[str, str]) -> MessengerFacts:
        """What an event of this customer is made of, now; `wishes` are text, url and mid."""
        with self._lock:
            # Drawn apart from the world's ids, which stay as they are without Messenger.
            made, about = (new_messenger_mid(self._state.traces) for _ in range(2))
            words = {**_WORDS, **wishes}
            return MessengerFacts(
                page_id=self._inbox.page.id,
                psid=self.psid_of(username),
                at_ms=self._clock.now_ms(),
                mid=made,
                about=words.get("mid", about),
                text=words["text"],
                url=words["url"],
                app_id=self._state.app.id,
                other_app_id=self._state.second_app_id,
            )

    def messenger_target(self, kind: MessengerKind) -> DeliveryTarget | str:
        """Where events of this kind go, or in one sentence why nowhere (meta-contract §2.1)."""
        with self._lock:
            subscription, installed = (
                self._state.subscriptions.get(PAGE_OBJECT),
                self._inbox.page_fields,
            )
            if subscription is None or not subscription.active:
                return (
                    "the app is not subscribed to the object page: "
                    "POST /{app-id}/subscriptions (meta-contract §2.1.1)"
                )
            if kind.field not in subscription.fields:
                return f"the app's subscription to page lacks {kind.field} (meta-contract §2.1.1)"
            if installed is None or kind.field not in installed:
                return (
                    f"the app is not installed on the Page for {kind.field}: "
                    "POST /{page-id}/subscribed_apps (meta-contract §2.1.2)"
                )
            return DeliveryTarget(
                url=subscription.callback_url,
                secret=self._state.app.secret,
                verify_token=subscription.verify_token,
                active=True,
            )
