"""An agent who works on, whatever happens to the console: looks, replies, ends, tries again."""

from __future__ import annotations

import random
import threading
import uuid
from collections import Counter
from typing import Any

import requests

from harness.clock import Clock
from harness.errors import ConformanceFailure, HarnessError, TargetError
from harness.soak.ledger import Ledger, Promise
from harness.targets.contract import Credentials, Outcome
from harness.targets.interact_http import InteractHttpConsole

ACCEPTED, GONE = 202, (404, 409)
POSITIONS = 8
_LOOK_S, _TRY_S, _CALL_S = 0.25, 0.4, 20.0
_REPLIES_BEFORE_END = 3
_IMPATIENCE = 0.3  # how often an answered conversation makes room for who waits
Json = dict[str, Any]


class AwayError(Exception):
    """The console does not answer, or says that it cannot now."""


class Agent:
    """One sign-in over HTTP; every reply carries an idempotency key and is repeated until told."""

    def __init__(
        self,
        credentials: Credentials,
        console_url: str,
        ledger: Ledger,
        chance: random.Random,
        clock: Clock,
    ) -> None:
        self._credentials = credentials
        self._url = f"{console_url}/interact_multiagent"
        self._ledger = ledger
        self._chance = chance
        self._clock = clock
        self._session: requests.Session | None = None
        self._csrf = ""
        self._open: dict[str, Promise] = {}  # conversation to the reply that is not confirmed yet
        self._replied: Counter[str] = Counter()
        self.waiting = -1  # the queue's length, and what is unread, at the last look
        self.unread = -1

    def work(self, closed: threading.Event) -> None:
        """Work until it is closed."""
        while not closed.is_set():
            try:
                self._look()
            except AwayError:
                self._ledger.count("calls that failed")
                self._clock.sleep(_TRY_S)
            except HarnessError as trouble:
                self._ledger.fail(trouble)
                return
            self._clock.sleep(_LOOK_S * (0.5 + self._chance.random()))

    def _look(self) -> None:
        state = self._call("GET", "state")
        self._csrf = state["csrf_token"]
        if not state["status"]["routable"]:
            self._call("POST", "status", {"status": "operating"})
        held = state["conversations"]
        self._judge(held)
        self.waiting = int(state["queue_length"])
        for number in list(self._open):
            self._send(self._open[number])
        for one in held:
            self._attend(one)
        self.unread = sum(one["unread"] for one in held) + len(self._open)

    def _judge(self, held: list[Json]) -> None:
        self._ledger.most("most conversations at once", len(held))
        slots = [one["slot"] for one in held]
        if len(held) > POSITIONS or len(set(slots)) != len(slots):
            self._ledger.breach(f"{self._credentials.login} holds positions {sorted(slots)}")

    def _attend(self, one: Json) -> None:
        number = one["id"]
        if number in self._open:
            return
        if not one["unread"]:
            if self.waiting and self._chance.random() < _IMPATIENCE:
                self._end(number)
            return
        self._read(number)
        key = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        self._send(Promise(key, f"answer {key}", number))
        self._replied[number] += 1
        if self._replied[number] >= _REPLIES_BEFORE_END and number not in self._open:
            self._end(number)

    def _end(self, number: str) -> None:
        if self._call("POST", f"conversations/{number}/end", {}):
            self._ledger.count("conversations ended")

    def _read(self, number: str) -> None:
        shown = self._call("GET", f"conversations/{number}").get("messages", [])
        twice = [
            mid for mid, many in Counter(one["mid"] for one in shown).items() if mid and many > 1
        ]
        if twice:
            self._ledger.breach(f"conversation {number} shows twice: {', '.join(twice)}")
        self._call("POST", f"conversations/{number}/read", {})

    def _send(self, promise: Promise) -> None:
        """The same key as often as needed; refused for good means that nothing was promised."""
        self._open[promise.conversation] = promise
        body = {"text": promise.text, "idempotency_key": promise.key}
        answer = self._answer("POST", f"conversations/{promise.conversation}/messages", body)
        if answer.status_code == ACCEPTED:
            self._ledger.promised(promise)
        elif answer.status_code not in GONE:
            raise AwayError
        del self._open[promise.conversation]

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        answer = self._answer(method, path, body)
        if answer.status_code in GONE:
            return {}
        if not answer.ok:
            raise AwayError
        try:
            found: Json = answer.json()
        except requests.JSONDecodeError as trouble:
            raise AwayError from trouble
        return found

    def _answer(self, method: str, path: str, body: Json | None) -> requests.Response:
        session = self._session or self._sign_in()
        try:
            answer = session.request(
                method,
                f"{self._url}/api/{path}",
                json=body,
                headers={"X-CSRF-Token": self._csrf},
                timeout=_CALL_S,
            )
        except requests.RequestException as trouble:
            raise AwayError from trouble
        if answer.status_code == requests.codes.unauthorized:
            self._session = None
            raise AwayError
        return answer

    def _sign_in(self) -> requests.Session:
        entrance = InteractHttpConsole(self._url, timeout_s=_CALL_S)
        try:
            done = entrance.sign_in(self._credentials)
        except (TargetError, ConformanceFailure, requests.RequestException) as trouble:
            raise AwayError from trouble
        if done.outcome is not Outcome.SIGNED_IN:
            raise AwayError
        self._session = entrance.session
        self._ledger.count("sign-ins")
        return self._session
