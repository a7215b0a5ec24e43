"""Any interleaving of messages, End, statuses, lost connections and sign-ins (R1 to R11)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.fakes.little_console import LittleConsole

LOGINS = ("agent1", "agent2")
people = st.integers(1, 14).map(lambda number: f"36000000000{number:02}")


class Floor(RuleBasedStateMachine):
    """Two agents with three positions each, fourteen customers."""

    @initialize()
    def open_the_floor(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.little = LittleConsole(f"sqlite:///{Path(self.folder.name) / 'little.sqlite3'}")
        self.little.describe(agents=2, positions=3)
        self.sessions = {login: self.little.enter(login) for login in LOGINS}

    @rule(person=people)
    def write(self, person: str) -> None:
        self.little.deliver(self.little.message(person))

    @rule(crowd=st.lists(people, min_size=2, max_size=8))
    def write_at_once(self, crowd: list[str]) -> None:
        self.little.deliver(*[self.little.message(person) for person in crowd])

    @rule(login=st.sampled_from(LOGINS), pick=st.integers(0, 2))
    def end(self, login: str, pick: int) -> None:
        session = self.sessions[login]
        active = self.little.desk.state(session)["conversations"]
        for one in active[pick : pick + 1]:
            self.little.desk.end(session.agent_id, int(one["id"]))

    @rule(
        login=st.sampled_from(LOGINS), status=st.sampled_from(["operating", "ready", "pause_meal"])
    )
    def select(self, login: str, status: str) -> None:
        self.little.desk.select_status(self.sessions[login].agent_id, status)

    @rule(login=st.sampled_from(LOGINS))
    def sign_in_again(self, login: str) -> None:
        self.sessions[login] = self.little.enter(login, status=None)

    @rule()
    def lose_everybody(self) -> None:
        self.little.clock.now += 31_000

    @rule(login=st.sampled_from(LOGINS))
    def come_back(self, login: str) -> None:
        with self.little.store.reading() as records:
            current = records.sessions.get(self.sessions[login].key)
        assert current is not None
        self.little.presence.touch(current)
        self.little.presence.flush()

    @invariant()
    def nobody_has_more_than_the_positions(self) -> None:
        for slots in self._slots().values():
            assert set(slots) <= {1, 2, 3}
            assert len(set(slots)) == len(slots)

    @invariant()
    def nobody_waits_while_somebody_is_free(self) -> None:
        now = self.little.clock.now
        with self.little.store.reading() as records:
            loads = records.agents.loads({"operating", "ready"}, now)
            queue = records.conversations.queue_lengths()
        assert not (loads and queue)

    @invariant()
    def the_queue_is_served_in_order(self) -> None:
        waiting = self.little.scalar("SELECT min(id) FROM conversation WHERE state = 'queued'")
        latest = self.little.scalar("SELECT max(id) FROM conversation WHERE state <> 'queued'")
        assert waiting is None or latest is None or waiting > latest

    def teardown(self) -> None:
        self.little.store.close()
        self.folder.cleanup()

    def _slots(self) -> dict[str, list[Any]]:
        return {
            login: [one["slot"] for one in self.little.desk.state(session)["conversations"]]
            for login, session in self.sessions.items()
        }


Floor.TestCase.settings = settings(
    max_examples=6, stateful_step_count=12, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
TestFloor = Floor.TestCase
