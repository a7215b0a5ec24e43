"""A customer under load: writes, waits for the answer, reads it, comes back."""

from typing import Any

from locust import FastHttpUser, task
from locust.exception import StopUser

from harness.errors import HarnessError
from harness.load.plan import Person
from harness.load.replies import marks_in
from harness.load.shift import Shift
from harness.simulation.history import CustomerArrived, CustomerGotReply, CustomerSent

LOOK_S = 5.0  # between two looks at the thread when nobody rings


class CustomerUser(FastHttpUser):
    """One person on the emulated Instagram, through its control API."""

    abstract = True
    shift: Shift
    network_timeout = 20.0
    connection_timeout = 20.0

    def on_start(self) -> None:
        """Become a person whom the company has never met; without Meta the run ends."""
        try:
            self._begin()
        except HarnessError as trouble:
            self.shift.fail(trouble)
            raise StopUser from trouble

    def _begin(self) -> None:
        number = next(self.shift.customer_numbers)
        self.person = Person(self.shift.plan.seed, f"customer-{number}")
        made = self._ask("POST", "/_control/customers", "create a customer", {})
        self.username = str(made["username"])
        self.shift.note(
            CustomerArrived(
                at_ms=self.shift.now_ms(), customer=self.username, igsid=str(made["igsid"])
            )
        )
        self.sent: list[str] = []
        self.heard: set[str] = set()
        self.answered_up_to = 0

    @task
    def live(self) -> None:
        """One life on the floor: episode after episode until it closes."""
        plan, pace = self.shift.plan, self.shift.plan.pace
        self.shift.opened.wait()
        self._pause(self.person.share() * pace.arrivals_share * plan.duration_s)
        while True:
            for turn in range(self.person.count(pace.messages)):
                if turn:
                    self._pause(self.person.seconds(pace.think_s))
                self._exchange()
            self._pause(self.person.seconds(pace.return_s))

    def _exchange(self) -> None:
        """Write once and wait for the answer, as long as the floor is open."""
        if self.shift.closing.is_set():
            raise StopUser
        pressed_ms = self.shift.now_ms()
        path = f"/_control/customers/{self.username}/messages"
        text = self.person.one_of(self.shift.phrases)
        message = self._ask("POST", path, "write a message", {"text": text})
        self.sent.append(str(message["mid"]))
        self.shift.note(
            CustomerSent(
                at_ms=pressed_ms,
                customer=self.username,
                mid=self.sent[-1],
                order=len(self.sent),
            )
        )
        self._await_answer(pressed_ms + self.shift.plan.pace.patience_s * 1000)

    def _await_answer(self, patience_ms: float) -> None:
        bell = self.shift.bells[self.username]
        while not self.shift.closed.is_set():
            bell.clear()
            self._read()
            if self.answered_up_to >= len(self.sent):
                return
            if self.shift.now_ms() > patience_ms and not self.shift.closing.is_set():
                return
            bell.wait(LOOK_S)

    def _read(self) -> None:
        """Look at the thread; an answer below a message of ours counts for it."""
        path = f"/_control/customers/{self.username}/thread"
        thread = self._ask("GET", path, "read the thread")
        own = 0
        for message in thread["messages"]:
            if message["from"] == "customer":
                own += 1
                continue
            self.answered_up_to = max(self.answered_up_to, own)
            for reply in marks_in(message["text"] or ""):
                self._hear(message, reply)

    def _hear(self, message: dict[str, Any], reply: str) -> None:
        if message["mid"] in self.heard:
            return
        self.heard.add(message["mid"])
        self.shift.note(
            CustomerGotReply(
                at_ms=self.shift.now_ms(),
                customer=self.username,
                mid=message["mid"],
                reply=reply,
                landed_ms=float(message["timestamp"]),
            )
        )

    def _pause(self, seconds: float) -> None:
        """Let time pass; whoever pauses when the floor closes goes home."""
        if self.shift.closing.wait(seconds):
            raise StopUser

    def _ask(self, method: str, path: str, name: str, body: object = None) -> dict[str, Any]:
        answer = self.client.request(method, path, name=f"customer: {name}", json=body)
        if answer.status_code not in (200, 201):
            raise HarnessError(
                f"the emulated Meta answered {answer.status_code} to {method} {path}: "
                f"{(answer.text or 'no answer')[:200]}"
            )
        made: dict[str, Any] = answer.json()
        return made
