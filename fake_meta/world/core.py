"""What every verb of the world stands on: state, lock, clock, journal and the way out."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from fake_meta.clock import VirtualClock
from fake_meta.domain import identifiers, permissions
from fake_meta.domain.accounts import AccountType, Customer, InstagramAccount
from fake_meta.domain.alerts import AlertKind
from fake_meta.domain.choices import Choices
from fake_meta.domain.errors import UnknownCustomerError
from fake_meta.domain.events import (
    INSTAGRAM_OBJECT,
    PAGE_OBJECT,
    EventName,
    JsonObject,
    WebhookEvent,
    WebhookField,
)
from fake_meta.domain.identifiers import Mid, StoryId
from fake_meta.domain.platforms import RULES, PlatformRules
from fake_meta.journal import Entry, EntryKind, EntryOutcome, Journal
from fake_meta.world.bound import Shared
from fake_meta.world.filing import FilingCore
from fake_meta.world.seeding import meet, seeded
from fake_meta.world.state import (
    Asset,
    CustomerRecord,
)

CDN_PATH = "/lookaside.fbsbx.com/ig_messaging_cdn/"
NO_MESSAGE_ACCESS = (
    "the account's owner switched off Allow access to messages: no webhooks (meta-contract §9.4)"
)

NOT_ELIGIBLE = "the account is not eligible for the API: calls fail with 36103 (meta-contract §7.3)"
CREATOR_WAITS = (
    "a Creator account is heard only once the app has made a Conversations API call "
    "(meta-contract §5.4)"
)


class Outbox(Protocol):
    """Where events go that the app may hear; called under the world's lock, so never blocking."""

    def put(self, events: Sequence[WebhookEvent]) -> None:
        """Deliver `events` of one call at the same time, later calls of a lane after them."""
        ...


class WorldCore(FilingCore):
    """State behind one lock."""

    def __init__(
        self,
        seed: int,
        clock: VirtualClock,
        journal: Journal,
        outbox: Outbox,
        origin: str,
        choices: Choices | None = None,
    ) -> None:
        self._lock = threading.RLock()
        self._clock = clock
        self._journal = journal
        self._outbox = outbox
        self._origin = origin
        self._first_choices = choices or Choices()
        self._shared = Shared(seeded(seed, clock.now_ms(), self._first_choices))

    @property
    def account(self) -> InstagramAccount:
        """The company's professional account."""
        with self._lock:
            return self._inbox.account

    @property
    def seed(self) -> int:
        """The seed of the present world."""
        with self._lock:
            return self._state.seed

    @property
    def origin(self) -> str:
        """Scheme, host and port under which the emulator's own addresses are made."""
        return self._origin

    @property
    def choices(self) -> Choices:
        """What the emulator does where Meta leaves it open; frozen, so read without the lock."""
        return self._shared.state.choices

    def choose(self, wishes: Mapping[str, object]) -> Choices:
        """Choose differently until the next reset; an unknown name or value changes nothing."""
        with self._lock:
            self._state.choices = self._state.choices.with_wishes(wishes)
            return self._state.choices

    def now_ms(self) -> int:
        """Virtual time in milliseconds since 1970."""
        return self._clock.now_ms()

    def new_trace_id(self) -> str:
        """A `fbtrace_id`; drawn apart from the world's ids, which calls must not disturb.

        One draw is one step of the interpreter, so it needs no lock.
        """
        return identifiers.new_trace_id(self._shared.state.traces)

    def new_challenge(self) -> str:
        """The integer of a verification request (meta-contract §2.2)."""
        with self._lock:
            return str(10**8 + self._state.traces.getrandbits(40) % 10**9)

    def _resolve(self, kinds: Collection[AlertKind]) -> None:
        alerts, now_ms = self._state.alerts, self._clock.now_ms()
        for place, one in enumerate(alerts):
            if one.kind in kinds and one.resolved_ms is None:
                alerts[place] = replace(one, resolved_ms=now_ms)

    def _record(self, username: str) -> CustomerRecord:
        record = self._known_record(username)
        if record is None:
            raise UnknownCustomerError(
                f"no customer is called {username!r}; create one with POST /_control/customers"
            )
        return record

    def _known_record(self, username: str) -> CustomerRecord | None:
        """The customer's record in this inbox, made when another company meets them."""
        inbox = self._inbox
        record = inbox.customers.get(username)
        if record is None and inbox is not self._state.first:
            person = self._state.first.customers.get(username)
            record = None if person is None else meet(inbox, person.customer, self._state.seed)
        return record

    def _new_mid(self, record: CustomerRecord) -> Mid:
        state = self._state
        if self._is_on_messenger:
            return identifiers.new_messenger_mid(self._inbox.source)
        return identifiers.new_mid(state.ids, self._inbox.account.id, record.thread.number)

    def _new_extra_id(self, prefix: str) -> str:
        """Id of a post, comment or upload: 17 digits; drawn apart from the world's first ids."""
        return prefix + identifiers.digits(self._state.extras, 17 - len(prefix))

    def _new_asset(
        self, kind: str, label: str, mid: Mid | None = None, story_id: StoryId | None = None
    ) -> str:
        """Put something on the CDN and return its absolute URL."""
        state = self._state
        asset_id = identifiers.new_asset_id(state.ids)
        signature = identifiers.new_asset_signature(state.ids)
        state.assets[asset_id] = Asset(
            kind, label, signature, mid, story_id, home=self._inbox.account.id
        )
        return f"{self._origin}{CDN_PATH}?asset_id={asset_id}&signature={signature}"

    def _new_hosted_asset(self, kind: str, content: tuple[str, bytes], mid: Mid) -> str:
        """Put downloaded bytes on the CDN; their ids are drawn apart from the world's first."""
        state = self._state
        asset_id = identifiers.new_asset_id(state.extras)
        signature = identifiers.new_asset_signature(state.extras)
        state.assets[asset_id] = Asset(
            kind, "", signature, mid, content=content, home=self._inbox.account.id
        )
        return f"{self._origin}{CDN_PATH}?asset_id={asset_id}&signature={signature}"

    def _new_extra_asset(self, kind: str, label: str, mid: Mid | None = None) -> str:
        """Something on the CDN whose ids are drawn apart, of no message or of this one."""
        state = self._state
        asset_id = identifiers.new_asset_id(state.extras)
        signature = identifiers.new_asset_signature(state.extras)
        state.assets[asset_id] = Asset(kind, label, signature, mid)
        return f"{self._origin}{CDN_PATH}?asset_id={asset_id}&signature={signature}"

    def _silence(self, customer: Customer | None, field: WebhookField) -> str | None:
        """Why the app hears nothing of `customer` in `field`, or None when it does."""
        state = self._state
        silent = self._account_gap()
        if silent is not None:
            return silent
        gap = self._subscription_gap(field)
        if gap is None and state.choices.dead_token_webhooks == "stop":  # noqa: S105 - a choice
            gap = self._death_of_installer()
        if gap is not None or customer is None:
            return gap
        return permissions.hearing_refusal(
            state.app, customer, state.choices, self._rules.permission
        )

    def _subscription_gap(self, field: str) -> str | None:
        """Which layer of the subscription is missing, or None (meta-contract §2.1)."""
        subscriptions, home = self._state.subscriptions, self._home
        if self._is_on_messenger:
            return permissions.page_gap(subscriptions.get(PAGE_OBJECT), field, home.page_fields)
        return permissions.subscription_gap(
            subscriptions.get(INSTAGRAM_OBJECT), field, installed=home.is_installed
        )

    @property
    def _rules(self) -> PlatformRules:
        """What is different on this platform."""
        return RULES[self.platform]

    def _account_gap(self) -> str | None:
        """Why the account itself lets nothing out, or None."""
        inbox = self._inbox
        if not self._has_message_access:
            return NO_MESSAGE_ACCESS
        if not inbox.is_eligible:
            return NOT_ELIGIBLE
        waits = inbox.account_type is AccountType.MEDIA_CREATOR and not inbox.conversations_called
        return CREATOR_WAITS if waits else None

    def _death_of_installer(self) -> str | None:
        """Why the token that subscribed stops the webhooks, or None (meta-contract §6.3)."""
        login = self._state.login
        token = login.tokens.get(self._home.installer or "")
        cause = None if token is None else token.death_at(self._clock.now_ms())
        if cause is None:
            return None
        return (
            f"the token that subscribed is dead ({cause}), and by the choice dead_token_webhooks "
            "webhooks stop with it (meta-contract §6.3)"
        )

    @property
    def _has_message_access(self) -> bool:
        """The account's switch, or what the choice says while nobody touched it (§9.4)."""
        access = self._inbox.message_access
        return self._state.choices.message_access == "on" if access is None else access

    def _emit(self, customer: Customer, events: Sequence[WebhookEvent]) -> str | None:
        """Hand `events` of one field over, or journal the sentence why nothing is sent."""
        reason = self._silence(customer, events[0].field)
        if reason is None:
            self._outbox.put(events)
            return None
        for event in events:
            self._journal_silence(event, reason)
        return reason

    def _emit_account_event(
        self, name: EventName, field: WebhookField, item: JsonObject
    ) -> str | None:
        """The same for what belongs to no customer."""
        account = self._inbox.account
        event = WebhookEvent(
            name, account.id, account.id, account.username, (), item, field, self._rules.object
        )
        reason = self._silence(None, field)
        if reason is None:
            self._outbox.put([event])
        else:
            self._journal_silence(event, reason)
        return reason

    def _journal_silence(self, event: WebhookEvent, reason: str) -> None:
        self._journal.append(
            Entry(
                kind=EntryKind.WEBHOOK_NOT_SENT,
                outcome=EntryOutcome.NOT_SENT,
                at_ms=self._clock.now_ms(),
                customer=event.customer,
                mids=tuple(event.mids),
                events=(event.told_as,),
                reason=reason,
            )
        )
