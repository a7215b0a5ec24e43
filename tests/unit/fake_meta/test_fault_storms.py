"""Faults together: nothing is lost or doubled that no fault asked for (meta-contract §2.7)."""

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.world import World
from tests.fakes.fault_storm import FaultStorm
from tests.fakes.hand_transport import HandTransport

OF_ORDER = ("delay", "reorder", "concurrent", "batch", "retry_batch")
OF_BYTES = ("oversize", "wrong_signature", "unsigned", "truncated_body", "extra_fields")
OF_SENSE = ("unknown_event", "bare_unsupported", "ghost_edit", "duplicate", "drop")


@pytest.mark.parametrize("seed", range(12))
def test_every_message_is_taken_once_whatever_the_order_and_the_bytes(
    emulator: Emulator, client: FlaskClient, world: World, transport: HandTransport, seed: int
) -> None:
    storm = FaultStorm(emulator, client, transport, seed)

    storm.rage((*OF_ORDER, *OF_BYTES), steps=60)

    assert storm.told() == dict.fromkeys(storm.written, 1)


@pytest.mark.parametrize("seed", range(12))
def test_the_journal_knows_of_every_message_whatever_happens(
    emulator: Emulator, client: FlaskClient, world: World, transport: HandTransport, seed: int
) -> None:
    storm = FaultStorm(emulator, client, transport, seed)

    storm.rage((*OF_ORDER, *OF_BYTES, *OF_SENSE), steps=60)

    assert storm.mentioned() >= set(storm.written)
