"""A tester who switches faults on and off, moves the clock and saves the world, by chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence

from flask.testing import FlaskClient

from fake_meta.app import Emulator
from tests.fakes.hand_transport import HandTransport

LONG_ENOUGH_MS = 2 * 3600 * 1000


class FaultStorm:
    """Writes messages while things go wrong; afterwards `told` counts what the app took."""

    def __init__(
        self, emulator: Emulator, client: FlaskClient, transport: HandTransport, seed: int
    ) -> None:
        self._emulator = emulator
        self._client = client
        self._transport = transport
        self._chance = random.Random(seed)
        self.written: list[str] = []

    def rage(self, faults: Sequence[str], steps: int) -> None:
        """Do `steps` things; at the end nothing is on and every retry has been made."""
        acts: tuple[Callable[[Sequence[str]], None], ...] = (
            self._write, self._write, self._write, self._switch_on, self._switch_off,
            self._pass_time, self._save_and_restore, self._fail_once,
        )  # fmt: skip
        self._emulator.parts.courier.freeze_clock()
        for _ in range(steps):
            self._chance.choice(acts)(faults)
        self._client.delete("/_control/faults")
        self._emulator.parts.courier.advance_clock(LONG_ENOUGH_MS)

    def told(self) -> dict[str, int]:
        """How often the app took each message."""
        taken: Counter[str] = Counter(dict.fromkeys(self.written, 0))
        for entry in self._entries():
            if entry["outcome"] == "delivered":
                taken.update(entry["mids"])
        return dict(taken)

    def mentioned(self) -> set[str]:
        """Messages of which the journal says anything at all."""
        return {mid for entry in self._entries() for mid in entry["mids"]}

    def _entries(self) -> list[dict[str, list[str]]]:
        answer = self._client.get("/_control/journal?limit=10000").json
        assert answer is not None
        return [one for one in answer["entries"] if one["kind"].startswith("webhook_")]

    def _write(self, _faults: Sequence[str]) -> None:
        world = self._emulator.parts.world
        message = world.send_text(world.customers[0].username, f"message {len(self.written)}")
        self.written.append(message.mid)

    def _switch_on(self, faults: Sequence[str]) -> None:
        wish = {"name": self._chance.choice(faults), "times": self._chance.choice([1, 3, None])}
        answer = self._client.post("/_control/faults", json=wish)
        assert answer.status_code == 201, answer.json

    def _switch_off(self, _faults: Sequence[str]) -> None:
        self._client.delete("/_control/faults")

    def _pass_time(self, _faults: Sequence[str]) -> None:
        self._emulator.parts.courier.advance_clock(self._chance.randint(1, 40) * 1000)

    def _save_and_restore(self, _faults: Sequence[str]) -> None:
        saved = self._client.get("/_control/snapshot").data
        assert self._client.put("/_control/snapshot", data=saved).status_code == 200

    def _fail_once(self, _faults: Sequence[str]) -> None:
        self._transport.script(500)
