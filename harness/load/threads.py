"""The customers' threads after everything, read through the emulator's control API."""

from collections.abc import Iterator
from typing import Any

import requests

from harness.errors import HarnessError
from harness.load.replies import marks_in

TIMEOUT_S = 15
Landed = tuple[str, float]


class ThreadReader:
    """Reads one thread after the other over one connection."""

    def __init__(self, meta_url: str) -> None:
        self._url = f"{meta_url}/_control/customers"
        self._session = requests.Session()

    def answers(self, customer: str) -> tuple[Landed, ...]:
        """The answers in that thread, each with the moment at which Instagram took it."""
        try:
            answer = self._session.get(f"{self._url}/{customer}/thread", timeout=TIMEOUT_S)
            answer.raise_for_status()
            return tuple(_answers(answer.json()["messages"]))
        except requests.RequestException as trouble:
            raise HarnessError(
                f"the emulated Meta does not show the thread of {customer}: {trouble}"
            ) from trouble


def _answers(messages: list[dict[str, Any]]) -> Iterator[Landed]:
    for message in messages:
        if message["from"] == "business":
            for reply in marks_in(message["text"] or ""):
                yield reply, float(message["timestamp"])
