"""Customers who write on, one after the other in their own thread with the company."""

from __future__ import annotations

import random
import threading

from harness.clock import Clock
from harness.drivers.meta_control import MetaControl
from harness.errors import HarnessError
from harness.soak.ledger import Ledger

_PAUSE_S = 0.35


class Writer:
    """Writes as some of the customers; each belongs to one writer, so each thread has an order."""

    def __init__(
        self,
        meta_url: str,
        usernames: list[str],
        ledger: Ledger,
        chance: random.Random,
        clock: Clock,
    ) -> None:
        self._meta = MetaControl(meta_url)
        self._usernames = usernames
        self._ledger = ledger
        self._chance = chance
        self._clock = clock

    def write(self, closing: threading.Event) -> None:
        """Write until it is closing."""
        number = 0
        while not closing.is_set():
            number += 1
            username = self._chance.choice(self._usernames)
            try:
                self._meta.send(username, f"{username} writes {number}")
            except HarnessError as trouble:
                self._ledger.fail(trouble)
                return
            self._ledger.count("messages")
            self._clock.sleep(_PAUSE_S * (0.4 + 1.2 * self._chance.random()))
        self._meta.close()
