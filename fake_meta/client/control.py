"""What testers wish Meta had, as verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from fake_meta.client.areas.account import Account
from fake_meta.client.areas.clock import Clock
from fake_meta.client.areas.customers import Customers
from fake_meta.client.areas.faults import Faults
from fake_meta.client.areas.journal import SECONDS_TO_WAIT, Journal
from fake_meta.client.areas.limits import Limits
from fake_meta.client.areas.logins import Callbacks, Logins, Tokens
from fake_meta.client.areas.messenger import Messenger
from fake_meta.client.areas.review import Review
from fake_meta.client.areas.snapshots import Snapshots
from fake_meta.client.areas.webhook import Webhook
from fake_meta.client.areas.whole import Choices, Whole
from fake_meta.client.callers import Caller
from fake_meta.client.line import Line
from fake_meta.client.shapes.people import Traits
from fake_meta.client.shapes.whole import AppWish
from fake_meta.client.shapes.words import Surface
from fake_meta.client.views import (
    Company,
    Entry,
    Message,
    Person,
    company_of,
    message_of,
    person_of,
)


class ControlClient:
    """One emulator; what it refuses is a ControlError with its sentence.

    Every call is a method of an area; the verbs below are for what most tests do.
    """

    def __init__(self, caller: Caller) -> None:
        self._line = line = Line(caller)
        self.world, self.choices = Whole(line), Choices(line)
        self.customers, self.account = Customers(line), Account(line)
        self.journal, self.webhook = Journal(line), Webhook(line)
        self.messenger = Messenger(Line(caller, platform="messenger"))
        self.faults, self.limits, self.clock = Faults(line), Limits(line), Clock(line)
        self.logins, self.tokens, self.callbacks = Logins(line), Tokens(line), Callbacks(line)
        self.review, self.snapshots = Review(line), Snapshots(line)

    def call(
        self, method: str, path: str, body: Mapping[str, object] | None = None, **query: object
    ) -> dict[str, Any]:
        """Any call of docs/emulator.md, `path` below /_control/."""
        told: dict[str, Any] = self._line.fetch(method, path, body, **query)
        return told

    def company(self) -> Company:
        """App, Page, account and their secrets."""
        return company_of(self.world.read())

    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order of creation."""
        return tuple(person_of(one) for one in self.world.read()["customers"])

    def reset(self, seed: int | None = None, *, keep_subscriptions: bool = False) -> Company:
        """A fresh world and an empty journal."""
        if seed is None:
            return company_of(self.world.reset(keep_subscriptions=keep_subscriptions))
        return company_of(self.world.reset(keep_subscriptions=keep_subscriptions, seed=seed))

    def configure_app(
        self, *, mode: str | None = None, access: Mapping[str, str] | None = None
    ) -> None:
        """Set mode and access levels by permission."""
        wish = {"mode": mode, "access": access}
        given = {name: one for name, one in wish.items() if one is not None}
        self.world.configure_app(**cast(AppWish, given))

    def choose(self, **wishes: str | float) -> dict[str, Any]:
        """Choose what Meta leaves open, by name; answer everything that is not the default."""
        self.choices.choose(**wishes)
        return self.world.read()["choices"]

    def create_customer(self, **traits: object) -> Person:
        """A new person; what is left out comes from the seed."""
        return person_of(self.customers.create(**cast(Traits, traits)))

    def change_customer(self, username: str, **traits: object) -> Person:
        """Change a person."""
        return person_of(self.customers.change(username, **cast(Traits, traits)))

    def write(self, username: str, text: str) -> Message:
        """Write to the company as this customer."""
        return message_of(self.customers.write(username, text=text))

    def write_all(self, username: str, texts: Sequence[str]) -> tuple[Message, ...]:
        """Write several messages at once."""
        written = self.customers.write(username, texts=list(texts))
        return tuple(message_of(one) for one in written["messages"])

    def send_media(self, username: str, kind: str) -> Message:
        """Send an image, video, audio or file."""
        return message_of(self.customers.write(username, attachment=kind))

    def unsend(self, username: str, mid: str, surface: Surface = "mobile") -> None:
        """Withdraw a message on the phone or the website (meta-contract §9.1)."""
        self.customers.unsend(username, mid, surface=surface)

    def mention_in_story(self, username: str, account: str, caption: str = "") -> str | None:
        """Publish a story that mentions the account; the mid, None when no message is made."""
        if caption:
            story = self.customers.publish_story(username, mentions=[account], caption=caption)
        else:
            story = self.customers.publish_story(username, mentions=[account])
        return story["mid"]

    def texts_seen_by(self, username: str) -> tuple[str, ...]:
        """The texts of a thread as the customer sees it, oldest first."""
        return tuple(one["text"] for one in self.customers.thread(username)["messages"])

    def delivery_of(self, mid: str, wait_s: float = SECONDS_TO_WAIT) -> Entry | None:
        """The newest delivery that carried this message; None when none was made in time."""
        found = self.journal.entries(mid=mid, kind="webhook_delivery", wait_s=wait_s)
        return found[-1] if found else None

    def last_seq(self) -> int:
        """The number of the newest entry ever."""
        return self.journal.last_seq()

    def freeze(self) -> None:
        """Let the virtual clock stand still."""
        self.clock.freeze()

    def advance(self, seconds: float) -> None:
        """Let time pass at once: retries that fall due are made, windows close."""
        self.clock.advance(seconds)
