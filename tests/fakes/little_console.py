"""The console's use cases on a real database, without processes, threads or network."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from system_under_test.adapters.database import SqlStore
from system_under_test.adapters.doorbell import ThreadDoorbell
from system_under_test.domain.agents import Channel, Session, SessionLife
from system_under_test.domain.customers import Profile, display_name
from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.messages import Part
from system_under_test.domain.routing import decide
from system_under_test.domain.statuses import STATUSES
from system_under_test.service.announcer import Announcer
from system_under_test.service.attendance import end_conversation
from system_under_test.service.clock_watch import ClockWatch
from system_under_test.service.delivery_records import NewDelivery
from system_under_test.service.desk import Desk
from system_under_test.service.feed import Feed
from system_under_test.service.gatekeeper import Gatekeeper
from system_under_test.service.handlers import Handlers, default_table
from system_under_test.service.inbox import Inbox
from system_under_test.service.metrics import Metrics
from system_under_test.service.outbox import Sender
from system_under_test.service.ports import GraphFailureError, NewToken
from system_under_test.service.presence import Presence
from system_under_test.service.profiles import Profiles
from system_under_test.service.repairs import Repairs
from system_under_test.service.router import Router
from system_under_test.service.setup import AgentSetup, ChannelSetup, ServiceSetup
from system_under_test.service.signin import SignIn
from system_under_test.service.subscriptions import Subscriptions
from system_under_test.service.supervision import Supervision
from system_under_test.service.tallies import Tallies
from system_under_test.service.timers import Timers
from system_under_test.service.tokens import Tokens
from system_under_test.service.transfers import Transfers
from system_under_test.service.views import Views

ACCOUNT, PAGE = "17841400000000001", "1348957937919"
LIFE = SessionLife.of_hours(idle=12, whole=168)


@dataclass
class SetClock:
    """Stands still until it is moved."""

    now: int = 1_758_300_000_000

    def now_ms(self) -> int:
        return self.now


@dataclass
class RecordingGraph:
    """Answers from a script; remembers what was asked."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    failures: list[Fate] = field(default_factory=list)
    code: int | None = None  # of the failures
    sent: list[str] = field(default_factory=list)
    tags: list[str | None] = field(default_factory=list)
    media: list[Part] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    subscribed: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)  # by Page
    while_sending: Callable[[], None] = lambda: None

    def profile(self, channel: Channel, igsid: str) -> Profile:
        self._fail()
        return self.profiles[igsid]

    def send_text(self, channel: Channel, igsid: str, text: str, tag: str | None = None) -> str:
        self._fail()
        self.sent.append(text)
        self.tags.append(tag)
        self.pages.append(channel.page_id)
        mid = f"mid.out.{len(self.sent)}"  # before another call comes in between
        self.while_sending()
        return mid

    def send_media(self, channel: Channel, igsid: str, part: Part, tag: str | None = None) -> str:
        mid = self.send_text(channel, igsid, "", tag)
        self.media.append(part)
        return mid

    def refresh_token(self, channel: Channel) -> NewToken:
        self._fail()
        return NewToken(f"{channel.token}+", 60 * 86_400)

    def subscribe_page(self, channel: Channel, fields: Iterable[str]) -> None:
        self._fail()
        self.subscribed.append(channel.page_id)
        self.fields[channel.page_id] = ",".join(fields)

    def _fail(self) -> None:
        if self.failures:
            raise GraphFailureError(self.failures.pop(0), "as the test says", self.code)


class PlainPasswords:
    """Hashes that can be read; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def hash(self, password: str) -> str:
        return f"hash:{password}"

    def matches(self, password_hash: str | None, password: str) -> bool:
        self.asked += 1
        return password_hash == f"hash:{password}"


class LittleConsole:
    """Verbs of Meta and of agents; deliveries are processed when told."""

    def __init__(self, url: str, most_positions: int = 8) -> None:
        self.url = url
        self.clock, self.bell, self.graph = SetClock(), ThreadDoorbell(), RecordingGraph()
        self.passwords = PlainPasswords()
        self.store = SqlStore(url, self.bell, self.clock, most_positions)
        self.store.create_tables()
        announcer = Announcer(Views(STATUSES, display_name, lambda key, **_values: key))
        router = Router(decide, STATUSES, announcer, self.clock)
        tokens = (f"token{number}" for number in itertools.count())
        self.inbox = Inbox(self.store, self.clock, default_table(Handlers(router, announcer)))
        self.sender = Sender(self.store, self.clock, self.graph, announcer)
        self.profiles = Profiles(self.store, self.clock, self.graph, announcer)
        self.subscriptions = Subscriptions(self.store, self.clock, self.graph, announcer)
        self.tokens = Tokens(self.store, self.clock, self.graph, announcer)
        self.presence = Presence(self.store, self.clock, router)
        self.desk = Desk(self.store, self.clock, announcer, router, end_conversation)
        self.transfers = Transfers(self.store, self.clock, router)
        self.timers = Timers(self.store, self.clock, router)
        self.clock_watch = ClockWatch(self.store, self.clock)
        self.supervision = Supervision(self.store, self.clock, router)
        self.repairs = Repairs(self.store, self.clock, router)
        self.metrics = Metrics(self.store, self.clock, STATUSES)
        self.tallies = Tallies(self.store, self.clock, STATUSES)
        self.feed = Feed(self.store, self.bell, self.presence, 3, LIFE)
        self.sign_in = SignIn(
            self.store, self.clock, self.passwords, announcer, router,
            Gatekeeper(self.store, self.clock), lambda: next(tokens), LIFE,
        )  # fmt: skip
        self._mids = itertools.count(1)

    def describe(self, agents: int = 1, positions: int = 8) -> None:
        """One service, its channel, agents `agent1`, `agent2`… with password `pw`."""
        with self.store.administering() as book:
            book.put_service(ServiceSetup("Instagram"))
            for number in range(1, agents + 1):
                book.put_agent(
                    AgentSetup(
                        f"agent{number}", f"Agent {number}", "hash:pw", ("Instagram",), positions
                    )
                )
            book.put_channel(ChannelSetup(PAGE, ACCOUNT, "empresa", "EAAtoken"))

    def change_service(self, name: str = "Instagram", **settings: Any) -> None:
        """Set a service up anew."""
        with self.store.administering() as book:
            book.put_service(ServiceSetup(name, **settings))

    def change_agent(self, number: int = 1, **settings: Any) -> None:
        """Set an agent up anew, as `describe` did but for these settings."""
        services = settings.pop("services", ("Instagram",))
        with self.store.administering() as book:
            book.put_agent(
                AgentSetup(f"agent{number}", f"Agent {number}", services=services, **settings)
            )

    def pass_time(self, seconds: float) -> None:
        """Let time pass and the timers run, as often as they would not to see a gap in it."""
        left_ms = int(seconds * 1000)
        while left_ms > 0:
            self.clock.now += min(left_ms, 50_000)
            left_ms -= 50_000
            while self.timers.run_due() == 0:
                pass

    def stay(self, *sessions: Session) -> None:
        """Agents whose consoles are still there."""
        with self.store.writing() as records:
            keys = [session.key for session in sessions]
            records.sessions.renew(keys, self.clock.now + 3_600_000)

    def mine(self, session: Session) -> dict[str, str]:
        """Customer to the state of the conversation, at that agent's desk."""
        held = self.desk.state(session)["conversations"]
        return {one["customer"]["igsid"]: one["state"] for one in held}

    def enter(self, login: str = "agent1", status: str | None = "operating") -> Session:
        """Sign in and select the status."""
        token, _ = self.sign_in.sign_in(login, "pw", "here")
        session = self.sign_in.find(token)
        assert session is not None
        if status:
            self.desk.select_status(session.agent_id, status)
        return session

    def store_delivery(self, *items: dict[str, Any], raw: bytes | None = None) -> None:
        entry = {"id": ACCOUNT, "time": self.clock.now, "messaging": list(items)}
        body = raw or json.dumps({"object": "instagram", "entry": [entry]}).encode()
        with self.store.writing() as records:
            records.deliveries.add([NewDelivery(self.clock.now, "{}", body)])

    def deliver(self, *items: dict[str, Any]) -> None:
        """Store and process."""
        self.store_delivery(*items)
        while self.inbox.process() is not None:
            pass

    def message(self, customer: str, text: str = "Oi", mid: str | None = None) -> dict[str, Any]:
        mid = mid or f"mid.in.{next(self._mids)}"
        return self.item(customer, ACCOUNT, {"mid": mid, "text": text})

    def item(self, sender: str, recipient: str, content: dict[str, Any]) -> dict[str, Any]:
        self.clock.now += 1
        return {
            "sender": {"id": sender},
            "recipient": {"id": recipient},
            "timestamp": self.clock.now,
            "message": content,
        }

    def open(self, customer: str, session: Session) -> int:
        """A new conversation's number at that agent's desk."""
        self.deliver(self.message(customer))
        mine = self.desk.state(session)["conversations"]
        return next(int(one["id"]) for one in mine if one["customer"]["igsid"] == customer)

    def bubbles(self, session: Session, number: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.desk.conversation(session.agent_id, number)["messages"]
        return found

    def scalar(self, sql: str) -> Any:
        with self.store._connection("BEGIN") as connection:
            return connection.exec_driver_sql(sql).scalar()

    def stored_bodies(self) -> str:
        with self.store._connection("BEGIN") as connection:
            rows = connection.exec_driver_sql("SELECT raw FROM delivery").scalars()
            return " ".join(bytes(raw).decode() for raw in rows)

    def run(self, sql: str) -> None:
        with self.store._connection("BEGIN IMMEDIATE") as connection:
            connection.exec_driver_sql(sql)
