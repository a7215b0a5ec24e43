"""Customers' names arrive when Meta tells them."""

from __future__ import annotations

from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from tests.fakes.little_console import LittleConsole

ANA = "3603717463085785"


def name_of(little: LittleConsole, session: object) -> str:
    shown: str = little.desk.state(session)["conversations"][0]["name"]  # type: ignore[arg-type]
    return shown


def test_a_name_arrives_as_an_update(little: LittleConsole) -> None:
    little.graph.profiles[ANA] = Profile("Ana", "ana.silva", "https://cdn.example/p")
    session = little.enter()
    little.open(ANA, session)
    cursor = little.feed.newest()

    little.profiles.fetch_next()

    events = little.feed.read(session, cursor).events
    assert [(one.type, one.data["name"]) for one in events] == [("conversation_updated", "Ana")]
    assert little.profiles.fetch_next() is None


def test_a_transient_failure_is_tried_again_later(little: LittleConsole) -> None:
    little.graph.profiles[ANA] = Profile("Ana", None, None)
    little.graph.failures = [Fate.RETRY]
    session = little.enter()
    little.open(ANA, session)

    little.profiles.fetch_next()
    pause = little.profiles.fetch_next()
    little.clock.now += pause or 0
    little.profiles.fetch_next()

    assert pause
    assert name_of(little, session) == "Ana"


def test_while_graph_fails_more_messages_do_not_ask_sooner(little: LittleConsole) -> None:
    little.graph.profiles[ANA] = Profile("Ana", None, None)
    little.graph.failures = [Fate.RETRY]
    session = little.enter()
    little.open(ANA, session)
    little.profiles.fetch_next()

    little.deliver(little.message(ANA, "oi?"), little.message(ANA, "oi??"))

    pause = little.profiles.fetch_next()
    assert pause
    assert name_of(little, session) != "Ana"


def test_a_refusal_waits_for_the_next_message(little: LittleConsole) -> None:
    little.graph.profiles[ANA] = Profile("Ana", None, None)
    little.graph.failures = [Fate.PERMANENT]
    session = little.enter()
    little.open(ANA, session)
    little.profiles.fetch_next()
    resting = little.profiles.fetch_next()

    little.deliver(little.message(ANA, "ainda aí?"))
    little.profiles.fetch_next()

    assert resting is None
    assert name_of(little, session) == "Ana"


def test_a_worker_that_dies_leaves_the_profile_due_again(little: LittleConsole) -> None:
    session = little.enter()
    little.open(ANA, session)

    little.profiles._claim(little.clock.now)

    pause = little.profiles.fetch_next()
    assert pause is not None
    assert 0 < pause <= 30_000


def test_pages_are_subscribed_until_it_succeeds(little: LittleConsole) -> None:
    little.graph.failures = [Fate.RETRY, Fate.PERMANENT]

    pauses = [little.subscriptions.subscribe() for _ in range(4)]

    assert pauses[2:] == [None, None]
    assert all(pauses[:2])
    assert little.graph.subscribed == ["1348957937919"]


def test_a_new_conversation_asks_for_the_profile_anew(little: LittleConsole) -> None:
    little.graph.profiles[ANA] = Profile("Ana", None, "https://cdn.example/old")
    session = little.enter()
    number = little.open(ANA, session)
    little.profiles.fetch_next()
    little.deliver(little.message(ANA, "mais uma"))
    resting = little.profiles.fetch_next()
    little.desk.end(session.agent_id, number)
    little.graph.profiles[ANA] = Profile("Ana Silva", None, "https://cdn.example/new")

    little.open(ANA, session)
    before = name_of(little, session)
    little.profiles.fetch_next()

    shown = little.desk.state(session)["conversations"][0]["customer"]
    assert (resting, before) == (None, "Ana")
    assert (shown["name"], shown["avatar_url"]) == ("Ana Silva", "https://cdn.example/new")
