"""Real bugs of sending and policy, and of routing and the console, each by its number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.windows import HUMAN_AGENT_MS, STANDARD_MS
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import AgentDesk, WsgiConsole

ANA = "3603717463085785"
URL = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=180&signature=Ab"


def mention(little: LittleConsole) -> dict[str, Any]:
    attachment = {"type": "story_mention", "payload": {"url": URL}}
    return little.item(ANA, ACCOUNT, {"mid": "m1", "attachments": [attachment]})


def send(little: LittleConsole, agent: AgentDesk, text: str = "Bom dia") -> dict[str, Any]:
    """A reply and what became of it."""
    answer = agent.reply(ANA, text)
    assert answer.status_code == 202, answer.text
    little.sender.send_next()
    shown: dict[str, Any] = agent.bubbles(ANA)[-1]
    return shown


def test_case_56_a_mention_opens_the_window(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()

    web.deliver(mention(lone))

    window = agent.talk(ANA)["window"]
    assert window["standard_until_ms"] == lone.clock.now + STANDARD_MS
    assert send(lone, agent)["state"] == "sent"
    lone.clock.now += STANDARD_MS
    assert send(lone, web.agent(), "um dia depois")["state"] == "sent"
    assert lone.graph.tags == [None, None]


@pytest.mark.parametrize(
    ("age_ms", "tag"),
    [
        (0, None),
        (STANDARD_MS, None),
        (STANDARD_MS + 1, "HUMAN_AGENT"),
        (HUMAN_AGENT_MS, "HUMAN_AGENT"),
    ],
)
def test_case_57_the_tag_is_for_a_human_and_after_a_day(
    lone: LittleConsole, web: WsgiConsole, age_ms: int, tag: str | None
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    lone.clock.now += age_ms
    agent = web.agent()

    send(lone, agent)

    assert lone.graph.tags == [tag]


def test_case_57_a_machine_never_gets_the_tag(lone: LittleConsole, web: WsgiConsole) -> None:
    lone.change_service(hours="UTC mon-sun 00:00-00:01", closed_text="Fechado")
    web.deliver(lone.message(ANA))
    lone.clock.now += STANDARD_MS + 1

    lone.sender.send_next()

    assert lone.graph.sent == []
    assert lone.scalar("SELECT reason FROM message WHERE direction = 'out'") == "window_machine"


def test_case_58_outside_the_window_nothing_looks_sent(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    lone.graph.failures, lone.graph.code = [Fate.PERMANENT], 10
    refused = send(lone, agent)
    lone.clock.now += HUMAN_AGENT_MS + 1000

    answer = web.agent().reply(ANA, "tarde demais")

    assert (refused["state"], refused["reason"]) == ("failed", "as the test says")
    assert (answer.status_code, answer.json["error"]) == (409, "window_closed")


@pytest.mark.parametrize(
    ("text", "status"),
    [("a" * 999, 202), ("a" * 1000, 202), ("a" * 1001, 422), ("é" * 500, 202), ("é" * 501, 422)],
)
def test_case_59_instagram_counts_bytes(
    lone: LittleConsole, web: WsgiConsole, text: str, status: int
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))

    assert agent.reply(ANA, text).status_code == status


def test_case_62_a_refused_token_is_told_to_everybody(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    cursor = agent.state()["cursor"]
    lone.graph.failures, lone.graph.code = [Fate.PERMANENT], 190

    shown = send(lone, agent)

    told = [one["type"] for one in agent.get(f"events?after={cursor}").json["events"]]
    assert (shown["state"], "channel" in told) == ("failed", True)
    assert agent.talk(ANA)["channel"]["trouble"]["reason"] == "as the test says"


def test_case_63_messages_arrive_while_the_token_is_bad(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    lone.graph.failures, lone.graph.code = [Fate.PERMANENT], 190
    send(lone, agent)

    web.deliver(lone.message("77", "e eu?"), lone.message(ANA, "alô?"))

    assert [one["text"] for one in agent.bubbles("77")] == ["e eu?"]
    assert agent.bubbles(ANA)[-1]["text"] == "alô?"


def test_case_63_names_are_filled_in_when_the_token_works_again(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    lone.graph.failures, lone.graph.code = [Fate.PERMANENT], 190
    web.deliver(lone.message(ANA))
    while lone.profiles.fetch_next() == 0:
        pass
    without = (agent.talk(ANA)["name"], agent.talk(ANA)["channel"]["trouble"] is not None)

    lone.graph.profiles[ANA] = Profile("Ana Silva", "ana.silva", None)
    lone.clock.now += 60_000
    lone.subscriptions.subscribe()
    while lone.profiles.fetch_next() == 0:
        pass

    assert without == ("Instagram customer ·5785", True)
    assert agent.talk(ANA)["name"] == "Ana Silva"
    assert agent.talk(ANA)["channel"]["trouble"] is None


def test_case_65_nobody_is_greeted_by_a_machine(lone: LittleConsole, web: WsgiConsole) -> None:
    web.agent()

    web.deliver(mention(lone))

    assert lone.scalar("SELECT count(*) FROM outbox") == 0


def fill(little: LittleConsole, web: WsgiConsole, count: int) -> None:
    for number in range(count):
        web.deliver(little.message(f"customer{number}"))


def test_case_66_an_end_pulls_the_queue_in_its_order(lone: LittleConsole, web: WsgiConsole) -> None:
    """R5, R9: at once."""
    agent = web.agent()
    fill(lone, web, 10)

    agent.post(f"conversations/{agent.number('customer3')}/end")
    after_one = [one["customer"]["igsid"] for one in agent.conversations()]
    agent.post(f"conversations/{agent.number('customer0')}/end")

    assert ("customer8" in after_one, "customer9" in after_one) == (True, False)
    assert agent.number("customer9")


def test_case_67_the_load_is_even(lone: LittleConsole, web: WsgiConsole) -> None:
    agents = [web.agent("agent1"), web.agent("agent2")]

    fill(lone, web, 9)

    assert sorted(len(agent.conversations()) for agent in agents) == [4, 5]


def test_case_67_the_load_is_even_when_all_come_at_once(little: LittleConsole) -> None:
    web = WsgiConsole(little)
    agents = [web.agent("agent1"), web.agent("agent2")]
    items = [little.message(f"customer{number}") for number in range(12)]

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(web.deliver, items))

    assert [len(agent.conversations()) for agent in agents] == [6, 6]


def test_case_68_nobody_ever_holds_nine(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    fill(lone, web, 12)

    agent.post("status", {"status": "pause_meal"})
    agent.post("status", {"status": "ready"})
    fill(lone, web, 12)
    agent.post(f"conversations/{agent.number('customer0')}/end")

    assert len(agent.conversations()) == 8
    assert agent.state()["queue_length"] == 3


def test_case_69_the_chats_of_an_absent_agent_go_to_another(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    web.agent("agent1")
    web.deliver(lone.message(ANA))
    lone.pass_time(100)
    other = web.agent("agent2")
    lone.stay(lone.enter("agent2"))

    lone.pass_time(100)

    assert lone.scalar("SELECT agent_id FROM conversation") == 2
    assert other.console is web


def test_case_71_what_was_missed_comes_once_and_in_order(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA, "antes"))
    cursor = agent.state()["cursor"]

    for number in range(5):
        web.deliver(lone.message(ANA, str(number)))

    first = agent.get(f"events?after={cursor}").json
    rest = agent.get(f"events?after={first['cursor']}").json["events"]
    texts = [one["data"]["message"]["text"] for one in first["events"] if one["type"] == "message"]
    assert (texts, rest) == (["0", "1", "2", "3", "4"], [])


def test_case_72_a_message_after_the_end_is_a_new_conversation(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    """R10."""
    agent = web.agent()
    web.deliver(lone.message(ANA))
    first = agent.number(ANA)
    agent.post(f"conversations/{first}/end")

    web.deliver(lone.message(ANA, "voltei"))

    talk = agent.talk(ANA)
    assert talk["id"] != first
    assert [one["id"] for one in talk["previous"]] == [first]
    assert lone.scalar("SELECT count(*) FROM conversation") == 2
