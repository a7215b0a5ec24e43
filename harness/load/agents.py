"""An agent under load: signs in, selects Operating, holds one stream, answers, presses End."""

import json
import threading
from typing import Any

import requests
from bs4 import BeautifulSoup
from locust import FastHttpUser, task
from locust.exception import StopUser

from harness.errors import TargetError
from harness.load.desk import Answer, Desk, End
from harness.load.event_stream import ServerEvent, server_events
from harness.load.plan import Person
from harness.load.replies import marked
from harness.load.shift import Shift
from harness.simulation.history import (
    AgentReplied,
    ConversationRead,
    EndPressed,
    Routed,
    SlotsSeen,
    StreamBroken,
)
from harness.targets.contract import Credentials

ROOT = "/interact_multiagent"
GLANCE_S = 0.2  # an idle agent looks again after this, or when something comes
SILENCE_S = 40.0  # the console sends a comment every 15 s
RECONNECT_S = 0.3


class AgentUser(FastHttpUser):
    """One agent at the reference console, over the HTTP of docs/console.md."""

    abstract = True
    shift: Shift
    roster: tuple[Credentials, ...]
    network_timeout = 20.0
    connection_timeout = 20.0

    def on_start(self) -> None:
        """Sign in, listen, then select Operating; a console that cannot ends the run."""
        try:
            self._begin()
        except TargetError as trouble:
            self.shift.fail(trouble)
            raise StopUser from trouble

    def _begin(self) -> None:
        self.credentials = self.roster[next(self.shift.agent_numbers)]
        self.name = self.credentials.login
        self.person = Person(self.shift.plan.seed, self.name)
        self.desk = Desk(self.name, self.person, self.shift.plan.pace, self.shift.people)
        self.work = threading.Event()
        self.answers = 0
        self.next_snapshot_ms = 0.0
        self._sign_in()
        state = self._ask("GET", "state", "read the state")
        self.csrf_token = str(state["csrf_token"])
        self.cursor = str(state["cursor"])
        threading.Thread(target=self._listen, name=f"stream-{self.name}", daemon=True).start()
        self._ask("POST", "status", "select Operating", {"status": "operating"})
        self.shift.agents_ready += 1
        self.shift.staff.append(self)

    @task
    def attend(self) -> None:
        """Do what is due until the floor closes."""
        while not self.shift.closed.is_set():
            self._glance_at_slots()
            job = self.desk.next_job(self.shift.now_ms())
            if isinstance(job, Answer):
                self._answer(job.conversation)
            elif isinstance(job, End):
                self._end(job.conversation)
            else:
                self.work.clear()
                self.work.wait(GLANCE_S)
        raise StopUser

    def routing_log(self) -> list[Routed]:
        """Everything the console's routing log tells this agent."""
        lines: list[Routed] = []
        while True:
            after = lines[-1].seq if lines else 0
            page = self._ask("GET", f"routing-log?after={after}", "read the routing log")
            lines += [_routed(entry) for entry in page["entries"]]
            if not page["entries"]:
                return lines

    def snapshot(self) -> SlotsSeen:
        """Positions and queue as the console tells them now."""
        state = self._ask("GET", "state", "read the state")
        seen = SlotsSeen(
            at_ms=self.shift.now_ms(),
            agent=self.name,
            slots=tuple(
                (int(slot["number"]), str(slot["conversation_id"]))
                for slot in state["slots"]
                if slot["conversation_id"] is not None
            ),
            queue_length=int(state["queue_length"]),
        )
        self.desk.queue_length = seen.queue_length
        self.shift.note(seen)
        return seen

    def _glance_at_slots(self) -> None:
        now_ms = self.shift.now_ms()
        if now_ms >= self.next_snapshot_ms:
            self.next_snapshot_ms = now_ms + self.shift.plan.pace.snapshot_s * 1000
            self.snapshot()

    def _answer(self, conversation: str) -> None:
        self.shift.closed.wait(self.person.seconds(self.shift.plan.pace.write_s))
        self.answers += 1
        reply = f"R-{self.name}-{self.answers}"
        body = {
            "text": marked(self.person.one_of(self.shift.phrases), reply),
            "idempotency_key": reply,
        }
        pressed_ms = self.shift.now_ms()
        status, _ = self._call(
            "POST", f"conversations/{conversation}/messages", "send an answer", body
        )
        now_ms = self.shift.now_ms()
        self.shift.note(
            AgentReplied(
                at_ms=pressed_ms,
                agent=self.name,
                conversation=conversation,
                reply=reply,
                status=status,
                duration_ms=now_ms - pressed_ms,
            )
        )
        self.desk.answered(conversation, now_ms)

    def _end(self, conversation: str) -> None:
        pressed_ms = self.shift.now_ms()
        status, _ = self._call("POST", f"conversations/{conversation}/end", "press End", {})
        self.shift.note(
            EndPressed(
                at_ms=pressed_ms,
                agent=self.name,
                conversation=conversation,
                status=status,
                duration_ms=self.shift.now_ms() - pressed_ms,
            )
        )
        self.desk.ended(conversation)
        kept = self._ask("GET", f"conversations/{conversation}", "read an ended conversation")
        self.shift.note(
            ConversationRead(
                at_ms=self.shift.now_ms(),
                agent=self.name,
                conversation=conversation,
                mids=tuple(
                    message["mid"] for message in kept["messages"] if message["direction"] == "in"
                ),
            )
        )

    def _sign_in(self) -> None:
        page = self.client.get(ROOT, name="agent: open the login page")
        field = BeautifulSoup(page.content or b"", "html.parser").select_one(
            "input[name=csrf_token]"
        )
        form = {
            "login": self.credentials.login,
            "password": self.credentials.password,
            "csrf_token": str(field["value"]) if field else "",
        }
        answer = self.client.post(
            f"{ROOT}/login",
            data=form,
            headers={"Accept": "application/json"},
            name="agent: sign in",
        )
        if answer.status_code != requests.codes.ok:
            raise TargetError(
                f"the console refused {self.name}: HTTP {answer.status_code} "
                f"{(answer.text or 'no answer')[:200]}"
            )

    def _listen(self) -> None:
        """Hold one stream; a broken one is noted and opened again after the last event."""
        try:
            while not self.shift.closed.is_set():
                try:
                    self._follow_stream()
                    reason = "the console closed the stream"
                except requests.RequestException as trouble:
                    reason = str(trouble)
                if not self.shift.closed.is_set():
                    now_ms = self.shift.now_ms()
                    self.shift.note(StreamBroken(at_ms=now_ms, agent=self.name, reason=reason))
                self.shift.closed.wait(RECONNECT_S)
        except (TargetError, ValueError, KeyError, TypeError) as trouble:
            self.shift.fail(trouble)

    def _follow_stream(self) -> None:
        cookies = {cookie.name: cookie.value or "" for cookie in self.client.cookiejar}
        with requests.get(
            f"{self.host}{ROOT}/api/stream",
            params={"after": self.cursor},
            cookies=cookies,
            stream=True,
            timeout=(5, SILENCE_S),
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise TargetError(
                    f"the console answered {answer.status_code} to the stream of {self.name}: "
                    f"{answer.text[:200]}"
                )
            for event in server_events(answer.iter_lines(chunk_size=None)):
                if self.shift.closed.is_set():
                    return
                self._take(event)

    def _take(self, event: ServerEvent) -> None:
        if event.type in ("taken_over", "reset"):
            raise TargetError(f"the stream of {self.name} said {event.type}: {event.data[:200]}")
        for seen in self.desk.told(event.type, json.loads(event.data), self.shift.now_ms()):
            self.shift.note(seen)
        self.cursor = event.id or self.cursor
        self.work.set()

    def _ask(self, method: str, path: str, name: str, body: object = None) -> dict[str, Any]:
        status, answer = self._call(method, path, name, body)
        if status != requests.codes.ok or not isinstance(answer, dict):
            raise TargetError(f"the console answered {status} to {method} {path}: {answer}")
        return answer

    def _call(
        self, method: str, path: str, name: str, body: object = None
    ) -> tuple[int, dict[str, Any] | str]:
        headers = {} if method == "GET" else {"X-CSRF-Token": self.csrf_token}
        answer = self.client.request(
            method, f"{ROOT}/api/{path}", name=f"agent: {name}", json=body, headers=headers
        )
        try:
            return int(answer.status_code), answer.json()
        except (ValueError, TypeError):
            return int(answer.status_code or 0), (answer.text or "no answer")[:200]


def _routed(entry: dict[str, Any]) -> Routed:
    try:
        return Routed(
            at_ms=entry["at_ms"],
            seq=entry["id"],
            decision=entry.get("decision") or ("queued" if entry["slot"] is None else "assigned"),
            conversation=str(entry["conversation_id"]),
            agent=entry.get("agent"),  # a login; the console's own agent_id tells us nothing
            slot=entry["slot"],
            reason=entry["reason"],
            service=str(entry["service_id"]),
        )
    except (KeyError, ValueError) as trouble:
        raise TargetError(
            f"a line of the console's routing log is not as docs/console.md says: {entry}"
        ) from trouble
