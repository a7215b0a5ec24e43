"""What testers wish Meta had, as verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fake_meta.client.callers import Caller
from fake_meta.client.views import (
    Company,
    Entry,
    Message,
    Person,
    company_of,
    entry_of,
    message_of,
    person_of,
)

SECONDS_TO_WAIT = 5.0


class ControlClient:
    """One emulator; what it refuses is a ControlError with its sentence."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def call(self, method: str, path: str, body: object = None, **query: object) -> dict[str, Any]:
        """Any call of docs/emulator.md, `path` below /_control/."""
        asked = {name: str(value) for name, value in query.items() if value is not None}
        return self._caller.call(method, path, body, asked)

    # -- the world -----------------------------------------------------------------------------

    def company(self) -> Company:
        """App, Page, account and their secrets."""
        return company_of(self.call("GET", "world"))

    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order of creation."""
        return tuple(person_of(one) for one in self.call("GET", "world")["customers"])

    def reset(self, seed: int | None = None, *, keep_subscriptions: bool = False) -> Company:
        """A fresh world and an empty journal."""
        wish: dict[str, object] = {"keep_subscriptions": keep_subscriptions}
        return company_of(
            self.call("POST", "reset", wish if seed is None else {**wish, "seed": seed})
        )

    def configure_app(
        self, *, mode: str | None = None, access: Mapping[str, str] | None = None
    ) -> None:
        """Set mode and access levels by permission."""
        wish = {"mode": mode, "access": None if access is None else dict(access)}
        self.call("PATCH", "app", {name: one for name, one in wish.items() if one is not None})

    def choose(self, **wishes: object) -> dict[str, Any]:
        """Choose what Meta leaves open, by name; answer everything that is not the default."""
        self.call("PATCH", "choices", wishes)
        chosen: dict[str, Any] = self.call("GET", "world")["choices"]
        return chosen

    # -- customers -----------------------------------------------------------------------------

    def create_customer(self, **traits: object) -> Person:
        """A new person; what is left out comes from the seed."""
        return person_of(self.call("POST", "customers", traits))

    def change_customer(self, username: str, **traits: object) -> Person:
        """Change a person."""
        return person_of(self.call("PATCH", f"customers/{username}", traits))

    def write(self, username: str, text: str) -> Message:
        """Write to the company as this customer."""
        return message_of(self.call("POST", f"customers/{username}/messages", {"text": text}))

    def write_all(self, username: str, texts: Sequence[str]) -> tuple[Message, ...]:
        """Write several messages at once."""
        wish = {"texts": list(texts)}
        answer = self.call("POST", f"customers/{username}/messages", wish)
        return tuple(message_of(one) for one in answer["messages"])

    def send_media(self, username: str, kind: str) -> Message:
        """Send an image, video, audio or file."""
        wish = {"attachment": kind}
        return message_of(self.call("POST", f"customers/{username}/messages", wish))

    def unsend(self, username: str, mid: str, surface: str = "mobile") -> None:
        """Withdraw a message on the phone or the website (meta-contract §9.1)."""
        path = f"customers/{username}/messages/{mid}/unsend"
        self.call("POST", path, {"surface": surface})

    def mention_in_story(self, username: str, account: str, caption: str = "") -> str | None:
        """Publish a story that mentions the account; the mid, None when no message is made."""
        wish: dict[str, object] = {"mentions": [account]}
        body = {**wish, "caption": caption} if caption else wish
        mid: str | None = self.call("POST", f"customers/{username}/stories", body)["mid"]
        return mid

    def texts_seen_by(self, username: str) -> tuple[str, ...]:
        """The texts of a thread as the customer sees it, oldest first."""
        return tuple(
            one["text"] for one in self.call("GET", f"customers/{username}/thread")["messages"]
        )

    # -- what went over the wire ---------------------------------------------------------------

    def journal(
        self, *, after: int = 0, wait_s: float = 0.0, **conditions: object
    ) -> tuple[Entry, ...]:
        """Entries that match, oldest first; waits until at least one does."""
        answer = self.call("GET", "journal", after=after, wait_s=wait_s, **conditions)
        return tuple(entry_of(one) for one in answer["entries"])

    def delivery_of(self, mid: str, wait_s: float = SECONDS_TO_WAIT) -> Entry | None:
        """The newest delivery that carried this message; None when none was made in time."""
        found = self.journal(mid=mid, kind="webhook_delivery", wait_s=wait_s)
        return found[-1] if found else None

    def last_seq(self) -> int:
        """The number of the newest entry ever."""
        seq: int = self.call("GET", "journal", limit=0)["last_seq"]
        return seq

    # -- time ----------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Let the virtual clock stand still."""
        self.call("POST", "clock", {"freeze": True})

    def advance(self, seconds: float) -> None:
        """Let time pass at once: retries that fall due are made, windows close."""
        self.call("POST", "clock", {"advance_s": seconds})
