"""A world whose app is subscribed, and an outbox that keeps what the app would hear."""

from collections.abc import Sequence

from fake_meta.clock import VirtualClock
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.events import WebhookEvent
from fake_meta.journal import Journal
from fake_meta.world import World

ORIGIN = "http://emulator.test"
NOW_MS = 1_758_300_000_000


class RecordingOutbox:
    """Keeps events instead of delivering them."""

    def __init__(self) -> None:
        self.events: list[WebhookEvent] = []

    def put(self, events: Sequence[WebhookEvent]) -> None:
        self.events.extend(events)

    @property
    def names(self) -> list[str]:
        return [str(event.name) for event in self.events]


def listening_world(outbox: RecordingOutbox) -> World:
    world = World(1, VirtualClock(lambda: NOW_MS), Journal(), outbox, ORIGIN)
    world.subscribe_app(Subscription("instagram", "http://console.test/", "token", ("messages",)))
    world.install_on_page(("messages",))
    return world
