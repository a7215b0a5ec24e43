"""The customer: exists when first needed, writes, remembers what was sent."""

from __future__ import annotations

from harness.drivers.contract import (
    CompanyPage,
    Customer,
    CustomerHands,
    Hands,
    JournalEntry,
    SentMessage,
    Story,
    ThreadMessage,
)
from harness.drivers.meta_control import MetaControl
from harness.evidence import Evidence
from harness.steps.words import Words


class CustomerActor:
    """One customer; traits may be changed until the first act."""

    def __init__(self, meta: MetaControl, hands: Hands, words: Words, evidence: Evidence) -> None:
        self.traits: dict[str, object] = {"role": "tester", "role_accepted": True}
        self.page: CompanyPage | None = None
        self.sent: list[SentMessage] = []
        self.story: Story | None = None
        self.picture_url: str | None = None
        self.words = words
        self._meta = meta
        self._hands = hands
        self._evidence = evidence
        self._profile: Customer | None = None
        self._website: CustomerHands | None = None
        self._phone: CustomerHands | None = None

    @property
    def profile(self) -> Customer:
        """The person on Instagram, created now if that has not happened."""
        if self._profile is None:
            self._profile = self._meta.create_customer(name=self.words.name(), **self.traits)
        return self._profile

    @property
    def website(self) -> CustomerHands:
        """This customer at Instagram's website."""
        if self._website is None:
            self._website = self._hands.on_website(self.profile)
            self._evidence.watch(self._website.camera)
        return self._website

    @property
    def phone(self) -> CustomerHands:
        """This customer at the phone app."""
        if self._phone is None:
            self._phone = self._hands.on_phone(self.profile)
            self._evidence.watch(self._phone.camera)
        return self._phone

    @property
    def last(self) -> SentMessage:
        """The message sent last."""
        return self.sent[-1]

    def write(self, text: str | None = None) -> SentMessage:
        """Send a text on the website."""
        self.sent.append(self.website.send(text or self.words.question()))
        return self.last

    def has_written(self) -> SentMessage:
        """Be somebody who sent a text earlier: no window is opened for it."""
        self.sent.append(self._meta.send(self.profile.username, self.words.question()))
        return self.last

    def has_published(self, mention: str) -> Story:
        """Be somebody who published a story earlier: no window is opened for it."""
        caption = self.words.question()
        username = self.profile.username
        self.story = self._meta.publish_story(username, mention=mention, caption=caption)
        return self.story

    def write_on_phone(self) -> SentMessage:
        """Send a text in the phone app."""
        self.sent.append(self.phone.send(self.words.question()))
        return self.last

    def write_at_once(self, count: int) -> None:
        """Send several texts in one moment."""
        texts = [self.words.question() for _ in range(count)]
        self.sent.extend(self._meta.send_all(self.profile.username, texts))

    def write_marker(self) -> SentMessage:
        """Send a text that only marks the present moment in the journal."""
        return self._meta.send(self.profile.username, self.words.question())

    def send_picture(self) -> SentMessage:
        """Send a picture on the website."""
        self.sent.append(self.website.send_picture())
        return self.last

    def publish(self, mention: str) -> Story:
        """Publish a story that mentions the account."""
        self.story = self.website.publish_story(mention, self.words.question())
        return self.story

    def thread(self) -> tuple[ThreadMessage, ...]:
        """Direct as it stands in front of the customer."""
        return self.website.thread()

    def sees_last(self) -> bool:
        """Whether the message sent last stands in Direct."""
        return any(seen.mid == self.last.mid for seen in self.thread())

    def deliveries(self, event: str, mid: str | None = None) -> tuple[JournalEntry, ...]:
        """What Meta sent to the console about this customer, oldest first."""
        return self._entries("webhook_delivery", event, mid)

    def silences(self, event: str) -> tuple[JournalEntry, ...]:
        """What Meta kept to itself about this customer, with the reasons."""
        return self._entries("webhook_not_sent", event, None)

    def fate_of_last(self) -> JournalEntry | None:
        """How the delivery of the last message was answered, or why there was none."""
        entries = self._meta.journal(customer=self.profile.username, mid=self.last.mid)
        return next((entry for entry in entries if entry.kind.startswith("webhook")), None)

    def _entries(self, kind: str, event: str, mid: str | None) -> tuple[JournalEntry, ...]:
        found = self._meta.journal(kind=kind, customer=self.profile.username, mid=mid)
        return tuple(entry for entry in found if event in entry.events)
