"""Follows the emulator's journal during the load: deliveries to the history, answers to bells."""

from typing import Any

import requests

from harness.errors import HarnessError
from harness.load.replies import marks_in
from harness.load.shift import Shift
from harness.simulation.history import JournalGap, WebhookAnswered, WebhookWithheld

PAGE = 500
WAIT_S = 1.0


class JournalReader:
    """One reader of the whole journal; `seq` has no holes, so a hole is something lost."""

    def __init__(self, meta_url: str, shift: Shift) -> None:
        self._url = f"{meta_url}/_control/journal"
        self._shift = shift
        self._session = requests.Session()
        self._after = int(self._page(0.0, after=0, limit=1)["last_seq"])

    def follow(self) -> None:
        """Read until the floor is closed."""
        try:
            while not self._shift.closed.is_set():
                self.read(WAIT_S)
        except (HarnessError, requests.RequestException, ValueError, KeyError) as trouble:
            self._shift.fail(trouble)

    def read(self, wait_s: float = 0.0) -> int:
        """Take in what is new, waiting that long for the first; return how much it was."""
        entries = self._page(wait_s, after=self._after, limit=PAGE)["entries"]
        for entry in entries:
            missing = int(entry["seq"]) - self._after - 1
            if missing:
                self._shift.note(JournalGap(at_ms=entry["at_ms"], missing=missing))
            self._after = int(entry["seq"])
            self._take(entry)
        return len(entries)

    def catch_up(self) -> None:
        """Read what is left."""
        while self.read():
            pass

    def _take(self, entry: dict[str, Any]) -> None:
        if entry["kind"] == "webhook_delivery":
            response = entry["response"]
            self._shift.note(
                WebhookAnswered(
                    at_ms=entry["at_ms"],
                    seq=entry["seq"],
                    mids=tuple(entry["mids"]),
                    attempt=entry["attempt"] or 1,
                    status=response["status"] if response else None,
                    duration_ms=entry["duration_ms"],
                    reason=entry["reason"],
                )
            )
        elif entry["kind"] == "webhook_not_sent":
            self._shift.note(
                WebhookWithheld(
                    at_ms=entry["at_ms"], mids=tuple(entry["mids"]), reason=entry["reason"] or ""
                )
            )
        elif entry["kind"] == "graph_call" and entry["request"]["method"] == "POST":
            self._take_answer(entry)

    def _take_answer(self, entry: dict[str, Any]) -> None:
        if entry["response"] and entry["response"]["status"] == requests.codes.ok:
            for reply in marks_in(entry["request"]["body"] or ""):
                self._shift.landed(reply, entry["customer"])

    def _page(self, wait_s: float, *, after: int, limit: int) -> dict[str, Any]:
        asked = {"after": str(after), "limit": str(limit)}
        if wait_s:
            asked["wait_s"] = str(wait_s)
        answer = self._session.get(self._url, params=asked, timeout=wait_s + 15)
        if not answer.ok:
            raise HarnessError(
                f"the emulated Meta answered {answer.status_code} to its journal: "
                f"{answer.text[:200]}"
            )
        page: dict[str, Any] = answer.json()
        return page
