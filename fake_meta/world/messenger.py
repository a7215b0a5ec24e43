"""Verbs about Messenger: who a customer is to a Page, and whether the app hears of it (§3.13)."""

from __future__ import annotations

from collections.abc import Mapping

from fake_meta.domain import permissions
from fake_meta.domain.events import PAGE_OBJECT
from fake_meta.domain.identifiers import new_messenger_mid
from fake_meta.domain.messenger_events import MessengerFacts, MessengerKind
from fake_meta.domain.platforms import Platform
from fake_meta.world.customers import CustomerVerbs
from fake_meta.world.meta_app import DeliveryTarget

_WORDS = {"text": "Oi, tudo bem?", "url": "https://m.me/"}


class MessengerVerbs(CustomerVerbs):
    """The Page's side of the company."""

    def psid_of(self, username: str) -> str:
        """The customer's id on Messenger to this Page: always the same, and no IGSID (§0.3)."""
        with self._lock:
            return self.on(Platform.MESSENGER).customer(username).igsid

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
            subscription = self._state.subscriptions.get(PAGE_OBJECT)
            gap = permissions.page_gap(subscription, kind.field, self._home.page_fields)
            if gap is not None or subscription is None:
                return gap or ""
            return DeliveryTarget(
                url=subscription.callback_url,
                secret=self._state.app.secret,
                verify_token=subscription.verify_token,
                active=True,
            )
