"""A thread as a whole: its folder, who has seen what, who types, who controls it."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain.errors import NotAllowedError
from fake_meta.domain.greetings import greeting_of
from fake_meta.domain.identifiers import Mid
from fake_meta.domain.threads import Folder, Offer
from fake_meta.world.gestures import GestureVerbs, greetings_of


@dataclass(frozen=True, slots=True)
class ThreadState:
    """`is_asked`: the company wrote first, and the customer has not accepted yet."""

    folder: Folder | None
    unread: int
    is_typing: bool
    company_seen: Mid | None
    customer_seen: Mid | None
    controller: str | None
    is_asked: bool


class ThreadStateVerbs(GestureVerbs):
    """Reading and accepting threads."""

    def thread_state(self, username: str) -> ThreadState:
        """The state of this customer's thread."""
        with self._lock:
            thread = self._record(username).thread
            return ThreadState(
                folder=thread.folder,
                unread=thread.unread,
                is_typing=self._clock.now_ms() < thread.typing_until_ms,
                company_seen=thread.company_seen,
                customer_seen=thread.customer_seen,
                controller=self._controller(thread),
                is_asked=thread.is_asked,
            )

    def is_typing(self, username: str) -> bool:
        """The company is shown as typing to this customer."""
        with self._lock:
            return self._clock.now_ms() < self._record(username).thread.typing_until_ms

    def accept_company(self, username: str) -> None:
        """The customer accepts the company's message request."""
        with self._lock:
            thread = self._record(username).thread
            if not thread.is_asked:
                raise NotAllowedError(f"{username} has no message request of the company")
            thread.is_asked = False
            self._touch(thread)

    def greetings(self) -> tuple[Offer, ...]:
        """The ice breakers and menu entries that a customer can tap."""
        with self._lock:
            return greetings_of(self._inbox.messenger_profile)

    def greeting_for(self, username: str) -> str:
        """What Messenger shows above an empty thread, with the person's names in it (§4.6)."""
        with self._lock:
            name = self._record(username).customer.name
            texts = self._inbox.messenger_profile.get("greeting", ())
            return greeting_of(texts, name)
