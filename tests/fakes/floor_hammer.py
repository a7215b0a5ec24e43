"""Many at once on one floor: threads of several processes write, answer, end, move and sign in.

Nothing is prepared for anybody: who comes too late is refused, and that is all that may happen.
"""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from system_under_test.domain.agents import SUPERVISOR, Channel
from system_under_test.service.desk import AlreadyEndedError
from system_under_test.service.sharing import NotYoursError, WrongStateError
from system_under_test.service.signin import OpenConversationsError
from system_under_test.service.transfers import AgentBusyError, NoSuchTargetError
from tests.fakes.little_console import LittleConsole, RecordingGraph

AGENTS, CUSTOMERS, POSITIONS = 4, 24, 8
FIRST, SECOND = "Instagram", "Sales"  # who writes arrives at the first
SERVED = ((FIRST,), (FIRST, SECOND), (FIRST, SECOND), (SECOND,))  # by each agent
PROCESSES, THREADS = 2, 3
LOGINS = [f"agent{number}" for number in range(1, AGENTS + 1)]
REFUSALS = (
    NotYoursError, WrongStateError, AlreadyEndedError, AgentBusyError, OpenConversationsError,
    NoSuchTargetError,  # the colleague does not serve the service in which it is by now
)  # fmt: skip


@dataclass(frozen=True)
class Hammered:
    """What one process did: ids that it wrote, texts that it sent, moves tried and refused."""

    written: list[str]
    sent: list[str]
    tried: set[str]
    refused: int


class BusyGraph(RecordingGraph):
    """Takes texts from many threads; no id is given twice, whoever else gives some."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._ids = (f"mid.out/{name}/{number}" for number in itertools.count())
        self._lock = threading.Lock()

    def send_text(self, channel: Channel, igsid: str, text: str, tag: str | None = None) -> str:
        with self._lock:
            self.sent.append(text)
            return next(self._ids)


def console_of(url: str, name: str) -> LittleConsole:
    """A console of its own on that database."""
    little = LittleConsole(url)
    little.graph = BusyGraph(name)
    little.sender = replace(little.sender, graph=little.graph)
    return little


def prepare(url: str) -> LittleConsole:
    """Two services, agents in one or both, one who accepts by hand, one supervisor."""
    little = console_of(url, "afterwards")
    little.describe(agents=AGENTS, positions=POSITIONS)
    little.change_service(SECOND)
    for number, services in enumerate(SERVED, start=1):
        own = {AGENTS - 1: {"chat_answer": "manual"}, AGENTS: {"role": SUPERVISOR}}.get(number, {})
        little.change_agent(number, services=services, password_hash="hash:pw", **own)
    return little


def hammer(url: str, moves: int, seed: int) -> list[Hammered]:
    """Let all processes loose, each thread for so many moves; what each process did."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        wishes = [(url, moves, f"{seed}/{number}") for number in range(PROCESSES)]
        return list(pool.map(_hammer_here, wishes))


def settle(little: LittleConsole) -> list[str]:
    """Work off what is left, as the workers of a console would; the texts that were sent."""
    while little.inbox.process() is not None:
        pass
    while (pause_ms := little.sender.send_next()) is not None:
        little.clock.now += pause_ms
    return little.graph.sent


def _hammer_here(wish: tuple[str, int, str]) -> Hammered:
    url, moves, name = wish
    little = console_of(url, name)
    hands = [Hand(little, f"{name}/{number}") for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(Hand.work, hands, [moves] * THREADS))
    little.store.close()
    return Hammered(
        written=[mid for hand in hands for mid in hand.written],
        sent=little.graph.sent,
        tried={move for hand in hands for move in hand.tried},
        refused=sum(hand.refused for hand in hands),
    )


class Hand:
    """One thread: everybody's part in turn, at random."""

    def __init__(self, little: LittleConsole, name: str) -> None:
        self._little = little
        self._name = name
        self._chance = random.Random(name)
        tokens = (f"{name}/{number}" for number in itertools.count())
        self._sign_in = replace(little.sign_in, new_token=lambda: next(tokens))
        self._numbers = itertools.count()
        self.written: list[str] = []
        self.tried: set[str] = set()
        self.refused = 0
        self._moves: dict[Callable[[], object], int] = {
            self._write: 9, self._reply: 9, self._end: 5, self._enter: 3, self._pause: 3,
            self._transfer: 4, self._answer_offer: 4, self._give: 4, self._take_back: 2,
            self._force: 2, self._sign_out: 2, self._pass_on: 4, self._direct: 2,
        }  # fmt: skip

    def work(self, moves: int) -> None:
        """So many moves; which ones is decided beforehand, with whom in the moment."""
        self._enter()
        for move in self._chance.choices([*self._moves], [*self._moves.values()], k=moves):
            self.tried.add(move.__name__.removeprefix("_"))
            try:
                move()
            except REFUSALS:
                self.refused += 1

    def _write(self) -> None:
        mids = [f"{self._name}/{next(self._numbers)}" for _ in range(self._chance.randint(1, 4))]
        people = [f"36{self._chance.randrange(CUSTOMERS):02}" for _ in mids]
        items = [self._little.message(who, mid, mid) for who, mid in zip(people, mids, strict=True)]
        self._little.store_delivery(*items)
        self.written += mids
        self._little.inbox.process()

    def _reply(self) -> None:
        agent, number = self._held()
        text = f"{self._name} answers {next(self._numbers)}"
        self._little.desk.reply(agent, number, text, text)
        self._little.sender.send_next()

    def _end(self) -> None:
        self._little.desk.end(*self._held())

    def _enter(self) -> None:
        login = self._login()
        self._sign_in.sign_in(login, "pw", self._name)
        self._little.desk.select_status(self._number(login), "operating")

    def _pause(self) -> None:
        status = self._chance.choice(["pause_meal", "ready", "operating"])
        self._little.desk.select_status(self._number(self._login()), status)

    def _transfer(self) -> None:
        agent, number = self._held()
        wait = self._chance.random() < 0.5
        self._little.transfers.to_agent(number, self._login(), giver=agent, wait=wait)

    def _answer_offer(self) -> None:
        agent, number = self._held(self._number(LOGINS[AGENTS - 2]))
        answers = [self._little.transfers.accept, self._little.transfers.decline]
        self._chance.choice(answers)(agent, number)

    def _give(self) -> None:
        number = self._any()
        self._little.transfers.to_agent(number, self._login(), giver=None, wait=True)

    def _pass_on(self) -> None:
        agent, number = self._held()
        self._little.transfers.to_service(number, self._service(), giver=agent)

    def _direct(self) -> None:
        self._little.transfers.to_service(self._any(), self._service(), giver=None)

    def _take_back(self) -> None:
        self._little.transfers.requeue(self._any())

    def _force(self) -> None:
        self._little.supervision.force_status(self._login(), "operating")

    def _sign_out(self) -> None:
        self._little.supervision.sign_out(self._login())

    def _login(self) -> str:
        return self._chance.choice(LOGINS)

    def _service(self) -> str:
        return self._chance.choice([FIRST, SECOND])

    def _number(self, login: str) -> int:
        return LOGINS.index(login) + 1

    def _held(self, agent: int | None = None) -> tuple[int, int]:
        """Something that the agent holds now, though perhaps no longer in a moment."""
        agent = agent or self._number(self._login())
        with self._little.store.reading() as records:
            held = records.conversations.held_by(agent)
        if not held:
            raise NotYoursError
        return agent, self._chance.choice(held).id

    def _any(self) -> int:
        with self._little.store.reading() as records:
            held = list(itertools.chain(*records.conversations.held().values()))
            queues = [records.conversations.waiting(one.id, 5) for one in records.services.all()]
            found = [*held, *itertools.chain(*queues)]
        if not found:
            raise NotYoursError
        return self._chance.choice(found).id
