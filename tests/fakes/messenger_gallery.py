"""Every event of Messenger, made with a fixed seed and a clock that stands.

`python -m tests.fakes.messenger_gallery` writes them to tests/samples/messenger.
"""

from pathlib import Path

from fake_meta.clock import VirtualClock
from fake_meta.domain import wire
from fake_meta.domain.messenger_events import MESSENGER_KINDS, messenger_envelope
from fake_meta.journal import Journal
from fake_meta.world import World
from tests.fakes.listening_world import NOW_MS, ORIGIN, RecordingOutbox

SAMPLES = Path(__file__).parents[1] / "samples" / "messenger"


def sample_of(name: str) -> bytes:
    """The bytes of one delivery."""
    world = World(1, VirtualClock(lambda: NOW_MS), Journal(), RecordingOutbox(), ORIGIN)
    facts = world.messenger_facts(world.customers[0].username, {})
    return wire.encode(messenger_envelope(MESSENGER_KINDS[name], facts))


if __name__ == "__main__":
    SAMPLES.mkdir(exist_ok=True)
    for kind in MESSENGER_KINDS:
        (SAMPLES / f"{kind}.json").write_bytes(sample_of(kind) + b"\n")
