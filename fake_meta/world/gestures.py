"""Verbs of customers that are no messages: react, see, tap, edit, follow a link (§3.5 to §3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fake_meta.domain import gesture_events, messenger_threads, referrals
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError
from fake_meta.domain.events import EventName, JsonObject, WebhookField
from fake_meta.domain.identifiers import Mid
from fake_meta.domain.templates import buttons_of
from fake_meta.domain.threads import MessageKind, Offer, Reaction, Sender, ThreadMessage
from fake_meta.world.state import CustomerRecord, OptIn
from fake_meta.world.threads import ThreadVerbs
from fake_meta.world.writing import NO_EDITS, Draft

MOST_EDITS = 5
GET_STARTED = "Get Started"
"""What Messenger writes on the button, and the title of its postback."""


class GestureVerbs(ThreadVerbs):
    """What customers do to messages, and beside them."""

    def react(self, username: str, mid: str, reaction: Reaction) -> ThreadMessage:
        """React to a message; this opens the window, too (meta-contract §4.5)."""
        with self._lock:
            record = self._writer(username)
            message = self._standing(record, mid)
            record.thread.last_customer_action_ms = self._clock.now_ms()
            changed = self._react(record, message, reaction, Sender.CUSTOMER)
            self._tell_reaction(record, message.mid, reaction)
            return changed

    def unreact(self, username: str, mid: str) -> ThreadMessage:
        """Take one's reaction back."""
        with self._lock:
            record = self._writer(username)
            message = self._standing(record, mid)
            if not any(one.sender is Sender.CUSTOMER for one in message.reactions):
                raise NotAllowedError(f"{username} has not reacted to the message {mid}")
            changed = self._react(record, message, None, Sender.CUSTOMER)
            self._tell_reaction(record, message.mid, None)
            return changed

    def see(self, username: str) -> Mid | None:
        """Read the thread to its end; tells the last message of the company, once (§3.6)."""
        with self._lock:
            record = self._record(username)
            thread = record.thread
            last = thread.last_company_mid
            if last is None or last == thread.customer_seen or thread.is_asked:
                return None
            thread.customer_seen = last
            igsid, now_ms = record.customer.igsid, self._clock.now_ms()
            account = self._inbox.account.id
            item = (
                messenger_threads.read_item(account, igsid, now_ms)
                if self._is_on_messenger
                else gesture_events.seen_item(account, igsid, now_ms, last)
            )
            self._tell(record, EventName.SEEN, (last,), item, WebhookField.SEEN)
            return last

    def tap_quick_reply(self, username: str, mid: str, payload: str) -> ThreadMessage:
        """Tap one of the quick replies below a message: its title is sent (§3.2)."""
        with self._lock:
            record = self._writer(username)
            offers = self._standing(record, mid).quick_replies
            offer = _offer(offers, payload, f"the message {mid} has no quick reply")
            draft = Draft(MessageKind.TEXT, offer.title, quick_reply=offer.payload or "")
            return self._write(record, [draft])[0]

    def tap_button(self, username: str, mid: str, payload: str) -> ThreadMessage:
        """Tap a postback button of a template (meta-contract §3.7)."""
        with self._lock:
            record = self._writer(username)
            offers = buttons_of(self._standing(record, mid).template)
            return self._post_back(record, _offer(offers, payload, f"{mid} has no such button"))

    def tap_greeting(self, username: str, title: str) -> ThreadMessage:
        """Tap an ice breaker or an entry of the persistent menu, by its title (§4.6)."""
        with self._lock:
            record = self._writer(username)
            offers = greetings_of(self._inbox.messenger_profile)
            offer = _offer(offers, title, "the company has no ice breaker or menu entry")
            return self._post_back(record, offer)

    def edit(self, username: str, mid: str, text: str) -> ThreadMessage:
        """Give one's message another text, at most five times (meta-contract §3.9)."""
        with self._lock:
            record = self._writer(username)
            message = self._standing(record, mid)
            if message.sender is not Sender.CUSTOMER or message.kind is not MessageKind.TEXT:
                raise NotAllowedError(f"{username} can edit only texts that {username} wrote")
            if message.edits >= MOST_EDITS:
                raise NotAllowedError(f"the message {mid} was edited {MOST_EDITS} times already")
            if not text.strip():
                raise InvalidRequestError("an edited message needs a text that is not blank")
            edited = replace(message, text=text, edits=message.edits + 1)
            self._change(record, edited)
            edit = (edited.mid, text, self._edit_count(edited.edits))
            igsid, now_ms = record.customer.igsid, self._clock.now_ms()
            item = gesture_events.edit_item(self._inbox.account.id, igsid, now_ms, edit)
            self._tell(record, EventName.EDIT, (edited.mid,), item, WebhookField.EDIT)
            return edited

    def ghost_edit(self, username: str, mid: str) -> None:
        """Send the observed edit of a message that nobody edited (meta-contract §3.9)."""
        self._refuse_on_messenger("ghost edits")
        with self._lock:
            record = self._record(username)
            known = self._message(record, mid).mid
            count = self._edit_count(0)
            item = gesture_events.ghost_edit_item(self._clock.now_ms(), known, count)
            self._tell(record, EventName.GHOST_EDIT, (known,), item, WebhookField.EDIT)

    def open_link(self, username: str, referral: Mapping[str, Any]) -> None:
        """Open an ig.me or m.me link; only in an existing conversation it is told (§3.8)."""
        name, page = self.account.username, self._inbox.account.id
        told = referrals.of_link(self.platform, name, referral, page=page)
        with self._lock:
            record = self._writer(username)
            if not record.thread.count:
                raise NotAllowedError(
                    f"{username} has no conversation with the company yet: Meta tells a referral "
                    "only in an existing one (meta-contract §3.8)"
                )
            igsid, now_ms = record.customer.igsid, self._clock.now_ms()
            record.thread.last_customer_action_ms = now_ms
            item = gesture_events.referral_item(self._inbox.account.id, igsid, now_ms, told)
            self._tell(record, EventName.REFERRAL, (), item, WebhookField.REFERRAL)

    def opt_in(self, username: str, user_ref: str, ref: str) -> str | None:
        """Tick a checkbox of the Page: it may write to `user_ref` for a day (meta-contract §4.4).

        Why the app does not hear of it, or None.
        """
        with self._lock:
            record, now_ms = self._writer(username), self._clock.now_ms()
            self._inbox.opted_in[user_ref] = OptIn(username, now_ms)
            item = messenger_threads.optin_item(self._inbox.page.id, user_ref, ref, now_ms)
            return self._tell(record, EventName.OPTIN, (), item, WebhookField.OPTINS)

    def _post_back(self, record: CustomerRecord, offer: Offer) -> ThreadMessage:
        now_ms = self._clock.now_ms()
        mid, account = self._new_mid(record), self._inbox.account.id
        message = ThreadMessage(
            mid,
            Sender.CUSTOMER,
            MessageKind.POSTBACK,
            offer.title,
            None,
            now_ms,
            postback=offer.payload or "",
        )
        self._customer_acted(record, now_ms)
        self._append(record, message)
        body = {"mid": mid, "title": offer.title, "payload": message.postback}
        igsid = record.customer.igsid
        item = gesture_events.postback_item(
            account, igsid, now_ms, body, is_self=str(igsid) == account
        )
        self._tell(record, EventName.POSTBACK, (mid,), item, WebhookField.POSTBACKS)
        return message

    def _tell_reaction(self, record: CustomerRecord, mid: Mid, reaction: Reaction | None) -> None:
        account, now_ms = self._inbox.account.id, self._clock.now_ms()
        item = gesture_events.reaction_item(account, record.customer.igsid, now_ms, mid, reaction)
        self._tell(record, EventName.REACTION, (mid,), item, WebhookField.REACTIONS)

    def _tell(
        self,
        record: CustomerRecord,
        name: EventName,
        mids: tuple[Mid, ...],
        item: JsonObject,
        field: WebhookField,
    ) -> str | None:
        event = self._event(record, name, mids, item, field)
        is_untold = field is WebhookField.EDIT and not self._is_on_messenger
        if is_untold and self.choices.edit_events == "messenger_only":
            self._journal_silence(event, NO_EDITS)
            return NO_EDITS
        return self._emit(record.customer, [event])

    def _edit_count(self, number: int) -> int | str:
        is_text = self.choices.edit_count == "text" and not self._is_on_messenger
        return str(number) if is_text else number


def greetings_of(profile: Mapping[str, Any]) -> tuple[Offer, ...]:
    """What a customer can tap: Get Started, ice breakers, the postbacks of the persistent menu."""
    start = profile.get("get_started")
    first = () if start is None else (Offer(GET_STARTED, start["payload"]),)
    actions = [
        action
        for part in ("ice_breakers", "persistent_menu")
        for entry in profile.get(part, ())
        for action in entry["call_to_actions"]
    ]
    return first + tuple(
        Offer(one.get("question") or one.get("title", ""), one["payload"])
        for one in actions
        if "payload" in one
    )


def _offer(offers: tuple[Offer, ...], wanted: str, sentence: str) -> Offer:
    """The offer with this payload, or this title."""
    found = [one for one in offers if wanted in (one.payload, one.title) and one.url is None]
    if not found:
        known = ", ".join(repr(one.title) for one in offers) or "none"
        raise InvalidRequestError(f"{sentence} {wanted!r}; there are {known}")
    return found[0]
