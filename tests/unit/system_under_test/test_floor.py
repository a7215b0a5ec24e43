"""Any interleaving of what customers, agents, supervisors, timers and kills do (R1 to R20).

A long proof (`make soak`) goes through thirty times as many histories.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from system_under_test.domain.audit import audit
from system_under_test.domain.graph_errors import Fate
from system_under_test.service.signin import OpenConversationsError
from system_under_test.service.timers import Timers
from tests.fakes.floor_hammer import FIRST, REFUSALS, SECOND
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.proof_figures import is_long, leave

EXAMPLES = 300 if is_long() else 10
# Shrinking a failure takes minutes.
PHASES = list(Phase) if EXAMPLES > 100 else [Phase.reuse, Phase.generate]
LOGINS = ("agent1", "agent2", "agent3")  # the third accepts by hand
SERVED = ((FIRST,), (FIRST, SECOND), (SECOND,))  # by each agent
POSITIONS = 2
ROUTABLE = {"operating", "ready"}
UNDER_WAY = {"no reply without an outcome"}  # what may be so in the middle of the work
services = st.sampled_from([FIRST, SECOND])
people = st.integers(1, 14).map(lambda number: f"36000000000{number:02}")
logins = st.sampled_from(LOGINS)
picks = st.integers(0, POSITIONS - 1)
Held = dict[str, set[str]]
COUNTED: Counter[str] = Counter()


class Floor(RuleBasedStateMachine):
    """Three agents with two positions each, in one of two services or in both, fourteen
    customers, a queue from the beginning.
    """

    @initialize(post_service=st.sampled_from([False, False, True]))
    def open_the_floor(self, post_service: bool) -> None:
        COUNTED["histories"] += 1
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'little.sqlite3'}"
        self.little = LittleConsole(self.url)
        self.little.describe(agents=len(LOGINS), positions=POSITIONS)
        for service in (FIRST, SECOND):
            self.little.change_service(service, post_service=post_service)
        for number, services in enumerate(SERVED, start=1):
            own = {"chat_answer": "manual"} if number == 3 else {}
            self.little.change_agent(
                number, services=services, positions=POSITIONS, password_hash="hash:pw", **own
            )
        self.sessions = {login: self.little.enter(login) for login in LOGINS}
        self.written: dict[str, list[str]] = {}
        self.replies = 0
        self.statuses: dict[str, str] = {}
        self.write([f"36000000000{number:02}" for number in range(1, 11)])
        self.before = self._seen()

    # --- customers ---------------------------------------------------------------------------

    @rule(crowd=st.lists(people, min_size=1, max_size=8))
    def write(self, crowd: list[str]) -> None:
        items = [self.little.message(person) for person in crowd]
        for person, item in zip(crowd, items, strict=True):
            self.written.setdefault(person, []).append(item["message"]["mid"])
        self.little.deliver(*items, *items[:1])  # Meta may tell it twice

    @rule(pick=st.integers(0, 13))
    def tell_what_opens_nothing(self, pick: int) -> None:
        """An echo from the phone, a reaction, a seen mark, where nothing is open (R15, R16)."""
        ended = "SELECT min(state = 'ended') FROM conversation WHERE customer_id = customer.id"
        person = self.little.scalar(
            f"SELECT igsid FROM customer ORDER BY ({ended}) DESC, (id + {pick}) % 14"
        )
        many = self.little.scalar("SELECT count(*) FROM conversation")
        echo = {"mid": f"e{self.little.clock.now}", "text": "from the phone", "is_echo": True}
        bare = {"sender": {"id": person}, "recipient": {"id": ACCOUNT}, "timestamp": 1}
        reaction = {"mid": "?", "action": "react", "reaction": "love", "emoji": "!"}
        self.little.deliver(
            self.little.item(ACCOUNT, person, echo),
            bare | {"reaction": reaction},
            bare | {"read": {"mid": "?"}},
        )
        assert self.little.scalar("SELECT count(*) FROM conversation") == many

    # --- agents ------------------------------------------------------------------------------

    @rule(login=logins, pick=picks)
    def end(self, login: str, pick: int) -> None:
        for agent, number in self._some(login, pick):
            self._try(partial(self.little.desk.end, agent, number))

    @rule(login=logins, pick=picks)
    def finish(self, login: str, pick: int) -> None:
        for agent, number in self._some(login, pick):
            self._try(partial(self.little.desk.finish, agent, number, None))

    @rule(login=logins, pick=picks)
    def reply(self, login: str, pick: int) -> None:
        self.replies += 1
        text = f"answer {self.replies}"
        for agent, number in self._some(login, pick):
            self._try(partial(self.little.desk.reply, agent, number, text, text))

    @rule(fates=st.lists(st.sampled_from(Fate), max_size=1))
    def send(self, fates: list[Fate]) -> None:
        self.little.graph.failures = fates
        self.little.sender.send_next()
        self.little.graph.failures = []

    @rule(login=logins, pick=picks, to=logins, wait=st.booleans())
    def transfer(self, login: str, pick: int, to: str, wait: bool) -> None:
        for agent, number in self._some(login, pick):
            pass_on = partial(self.little.transfers.to_agent, giver=agent, wait=wait)
            self._try(partial(pass_on, number, to))

    @rule(login=logins, pick=picks, to=services)
    def pass_on(self, login: str, pick: int, to: str) -> None:
        for agent, number in self._some(login, pick):
            self._try(partial(self.little.transfers.to_service, number, to, giver=agent))

    @rule(pick=st.integers(0, 13), to=services)
    def direct(self, pick: int, to: str) -> None:
        """A supervisor sends on what waits."""
        number = self.little.scalar(
            f"SELECT id FROM conversation WHERE state = 'queued' ORDER BY (id + {pick}) % 14"
        )
        if number is not None:
            self._try(partial(self.little.transfers.to_service, number, to, giver=None))

    @rule(pick=picks, accepts=st.booleans())
    def answer_the_offer(self, pick: int, accepts: bool) -> None:
        transfers = self.little.transfers
        for agent, number in self._some("agent3", pick):
            answer: Callable[..., Any] = transfers.accept if accepts else transfers.decline
            self._try(partial(answer, agent, number))

    @rule(login=logins, status=st.sampled_from(["operating", "ready", "pause_meal"]))
    def select(self, login: str, status: str) -> None:
        self.little.desk.select_status(self.sessions[login].agent_id, status)

    @rule(login=logins)
    def sign_in_again(self, login: str) -> None:
        self.sessions[login] = self.little.enter(login, status=None)

    @rule(login=logins)
    def sign_out(self, login: str) -> None:
        holds = self._seen()[login]
        try:
            self.little.sign_in.sign_out(self.sessions[login])
        except OpenConversationsError:
            assert holds  # R12
        else:
            assert not holds

    # --- the supervisor ----------------------------------------------------------------------

    @rule(login=logins, pick=picks, to=logins)
    def give(self, login: str, pick: int, to: str) -> None:
        for _, number in self._some(login, pick):
            give = partial(self.little.transfers.to_agent, giver=None, wait=True)
            self._try(partial(give, number, to))

    @rule(login=logins, pick=picks)
    def take_back(self, login: str, pick: int) -> None:
        for _, number in self._some(login, pick):
            self._try(partial(self.little.transfers.requeue, number))

    @rule(login=logins)
    def send_home(self, login: str) -> None:
        self.little.supervision.sign_out(login)

    # --- time, connections, kills -----------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 29, 31, 61, 119, 151]), there=st.booleans())
    def pass_time(self, seconds: int, there: bool) -> None:
        if there:
            self.little.stay(*self.sessions.values())
        self.little.pass_time(seconds)
        self.little.sender.send_next()

    @rule(login=logins)
    def come_back(self, login: str) -> None:
        with self.little.store.reading() as records:
            current = records.sessions.get(self.sessions[login].key)
        assert current is not None
        if current.end_reason is None:
            self.little.presence.touch(current)
            self.little.presence.flush()

    @rule(login=logins, pick=picks)
    def kill(self, login: str, pick: int) -> None:
        """The process dies, perhaps before it notes that Meta has taken a reply; another begins
        on the same database (R19).
        """
        self.reply(login, pick)
        claimed = self.little.sender._claim(self.little.clock.now)
        if claimed is not None:
            self.little.sender._call(*claimed)
        old, held = self.little, self._seen()
        old.store.close()
        self.little = LittleConsole(self.url)
        self.little.clock.now, self.little._mids = old.clock.now, old._mids
        new_token = old.sign_in.new_token
        self.little.sign_in = replace(self.little.sign_in, new_token=new_token)
        self.little.graph.sent[:] = old.graph.sent
        self.little.timers = Timers(self.little.store, self.little.clock, self.little.timers.router)
        assert self._seen() == held
        self.little.sender.recover()
        self.little.sender.send_next()
        self.little.timers.run_due()

    # --- what is always so -------------------------------------------------------------------

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        """Positions, order of the queue, one open conversation a thread, everything logged."""
        COUNTED["states"] += 1
        broken = audit(self.little.store.audited())
        assert [one for one in broken if one.law not in UNDER_WAY] == []

    @invariant()
    def nobody_waits_while_somebody_is_free(self) -> None:
        router = self.little.transfers.router
        with self.little.store.reading() as records:
            services = {one.id: one for one in records.services.all()}
            assert router._decide(records, services) == []  # R5

    @invariant()
    def who_does_not_receive_gets_nothing(self) -> None:
        now = self._seen()
        for login, session in self.sessions.items():
            with self.little.store.reading() as records:
                status = records.agents.get(session.agent_id).status
            if status not in ROUTABLE and self.statuses.get(login) not in ROUTABLE:
                assert now[login] <= self.before[login]  # R11
            self.statuses[login] = status
        self.before = now

    @invariant()
    def a_thread_has_the_order_in_which_it_was_written(self) -> None:
        shown: dict[str, list[str]] = {}
        for one in self.little.store.audited().bubbles:
            if one.direction == "in":
                shown.setdefault(one.igsid, []).append(one.mid or "")
        assert shown == self.written

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        assert [text for text, many in Counter(self.little.graph.sent).items() if many > 1] == []

    def teardown(self) -> None:
        self.little.store.close()
        self.folder.cleanup()

    def _some(self, login: str, pick: int) -> list[tuple[int, int]]:
        """One thing that the agent holds, by its place; nothing when there are fewer."""
        agent = self.sessions[login].agent_id
        held = self.little.desk.state(self.sessions[login])["conversations"]
        return [(agent, int(one["id"])) for one in held[pick : pick + 1]]

    def _try(self, move: Callable[[], Any]) -> None:
        """Some moves come too late, or to somebody who is full: they are refused, no more."""
        with contextlib.suppress(*REFUSALS):
            move()

    def _seen(self) -> Held:
        return {
            login: {one["id"] for one in self.little.desk.state(session)["conversations"]}
            for login, session in self.sessions.items()
        }


Floor.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow], phases=PHASES,
)  # fmt: skip
TestFloor = Floor.TestCase


@pytest.fixture(scope="module", autouse=True)
def _figures(request: pytest.FixtureRequest) -> Iterator[None]:
    """Left only when everything held."""
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed == failed:
        histories, states = COUNTED["histories"], COUNTED["states"]
        leave("floor", histories=histories, states_examined=states, violations=0)
