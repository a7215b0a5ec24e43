"""A subscriber that is slow, dead, failing or redirecting delays nobody else's deliveries."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

import flask
import pytest
from werkzeug.serving import make_server

from fake_meta.app import Emulator, build_emulator
from fake_meta.courier import CurlTransport
from fake_meta.courier.transport import OutboundRequest, Reply
from fake_meta.courier.waiting_room import WaitingRoom
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.platforms import Platform
from fake_meta.journal import EntryOutcome, Query
from fake_meta.settings import Settings
from tests.fakes.hand_fetcher import HandFetcher

CUSTOMERS = 30
"""More than the courier has under way at once for one callback."""
SECONDS = 20.0


@dataclass
class Subscribers:
    """A server with a callback of every kind; the slow one waits until it is let go."""

    base: str = ""
    dead: str = ""
    go_on: threading.Event = field(default_factory=threading.Event)

    def url(self, kind: str) -> str:
        return self.dead if kind == "dead" else f"{self.base}/{kind}"


@pytest.fixture(scope="module")
def subscribers() -> Iterator[Subscribers]:
    made = Subscribers()
    app = flask.Flask("subscribers")
    answers = {
        "quick": ("", 200),
        "failing": ("", 500),
        "redirecting": ("", 302, {"Location": "/"}),
    }

    @app.post("/<kind>")
    def hear(kind: str) -> flask.typing.ResponseReturnValue:
        if kind == "slow":
            made.go_on.wait(SECONDS)
        return answers.get(kind, ("", 200))

    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        made.dead = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    made.base = f"http://127.0.0.1:{server.server_port}"
    yield made
    made.go_on.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    made = build_emulator(Settings(), CurlTransport(max_at_once=8), HandFetcher())
    yield made
    made.close()


@pytest.mark.parametrize("kind", ["slow", "dead", "failing", "redirecting"])
def test_the_other_subscribers_deliveries_are_not_delayed(
    emulator: Emulator, subscribers: Subscribers, kind: str
) -> None:
    world, journal = emulator.parts.world, emulator.parts.journal
    world.subscribe_app(Subscription("instagram", subscribers.url(kind), "v", ("messages",)))
    world.subscribe_app(Subscription("page", subscribers.url("quick"), "v", ("messages",)))
    world.install_on_page(("messages",))
    people = [world.create_customer({"role": "tester"}).username for _ in range(CUSTOMERS)]

    for one in people:
        world.send_text(one, "to the other one")
    last = world.on(Platform.MESSENGER).send_text(people[0], "to the quick one")
    found = journal.find(Query(mid=last.mid), wait_s=SECONDS / 4)

    assert [one.outcome for one in found] == [EntryOutcome.DELIVERED]
    assert found[0].duration_ms < SECONDS / 4 * 1000


def test_a_callback_that_hangs_holds_up_only_itself(subscribers: Subscribers) -> None:
    transport, replies = CurlTransport(max_at_once=2), [Future[Reply]() for _ in range(4)]

    for kind, reply in zip(("slow", "slow", "slow", "quick"), replies, strict=True):
        request = OutboundRequest("POST", f"{subscribers.base}/{kind}?n=1", {}, b"{}")
        transport.submit(request, reply.set_result)

    assert replies[3].result(SECONDS / 4).status == 200
    assert not replies[0].done()
    transport.close()


def test_each_place_has_its_own_turns_in_order() -> None:
    room = WaitingRoom[str](at_once=2)
    for name in ("a1", "a2", "a3", "b1", "a4"):
        room.add(name[0], name)

    first = room.take()
    room.leave("a")
    then = room.take()

    assert first == [("a", "a1"), ("a", "a2"), ("b", "b1")]
    assert then == [("a", "a3")]
    assert not room.has_turn


def test_who_leaves_lets_the_next_one_in() -> None:
    room = WaitingRoom[str](at_once=1)
    for name in ("a1", "a2"):
        room.add("a", name)
    room.take()

    before, _ = room.has_turn, room.leave("a")

    assert (before, room.has_turn) == (False, True)
    assert room.take() == [("a", "a2")]
