"""Positions, queue, End, unsend, replies and echoes, seen by agents."""

from __future__ import annotations

import json
import threading
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.fakes.graph_server import GraphServer, graph_error
from tests.fakes.running_console import (
    AgentHands,
    RunningConsole,
    echo,
    mention,
    message,
    unsend,
    until,
)

ANA = "3603717463085785"
STORY = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=Ab"


def people(count: int) -> list[str]:
    return [f"36000000000{number:02}" for number in range(count)]


def open_conversation(console: RunningConsole, agent: AgentHands, text: str = "Oi") -> str:
    console.deliver(message(ANA, text, "mid.first"))
    number: str = agent.wait_for(1)[0]["id"]
    return number


def igsids(agent: AgentHands) -> list[str]:
    return [one["customer"]["igsid"] for one in agent.conversations()]


def test_eight_positions_then_the_queue_in_order(interact: RunningConsole) -> None:
    agent = interact.operating()
    crowd = people(11)

    for person in crowd:
        interact.deliver(message(person, "Oi"))

    until(agent.state, lambda state: state["queue_length"] == 3)
    assert igsids(agent) == crowd[:8]
    agent.post(f"conversations/{agent.conversations()[2]['id']}/end")
    until(agent.state, lambda state: state["queue_length"] == 2)
    by_slot = {one["slot"]: one["customer"]["igsid"] for one in agent.conversations()}
    assert by_slot[3] == crowd[8]
    assert sorted(by_slot) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_two_agents_are_loaded_evenly_and_a_pause_gets_nothing(interact: RunningConsole) -> None:
    one, two = interact.operating(), interact.operating("second", "Bb123*")

    for person in people(4):
        interact.deliver(message(person, "Oi"))

    assert [len(one.wait_for(2)), len(two.wait_for(2))] == [2, 2]
    two.post("status", {"status": "pause_meal"})
    interact.deliver(message("999", "Oi"))
    one.wait_for(3)
    assert len(two.conversations()) == 2


def test_selecting_operating_pulls_what_waited(interact: RunningConsole) -> None:
    agent = interact.agent()
    interact.deliver(message(ANA, "alguém?"))
    until(agent.state, lambda state: state["queue_length"] == 1)

    agent.operate()

    assert [one["preview"] for one in agent.wait_for(1)] == ["alguém?"]
    entries = agent.get("routing-log").json()["entries"]
    assert [(one["trigger"], one["reason"], one["slot"]) for one in entries] == [
        ("arrived", "no_free_position", None),
        ("status", "only_eligible", 1),
    ]


def test_after_end_the_next_message_is_a_new_conversation_with_history(
    interact: RunningConsole,
) -> None:
    agent = interact.operating()
    first = open_conversation(interact, agent)

    ended = agent.post(f"conversations/{first}/end").json()
    interact.deliver(message(ANA, "de novo"))

    second = agent.wait_for(1)[0]
    assert ended["state"] == "ended"
    assert second["id"] != first
    assert [one["id"] for one in agent.conversation(second["id"])["previous"]] == [first]
    assert agent.conversation(first)["messages"][0]["text"] == "Oi"
    assert agent.post(f"conversations/{first}/messages", {"text": "tarde"}).status_code == 409


def test_a_story_mention_opens_a_conversation_that_can_be_answered(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    agent = interact.operating()
    first = open_conversation(interact, agent)
    agent.post(f"conversations/{first}/end")

    interact.deliver(mention(ANA, "mid.story", STORY))

    conversation = agent.wait_for(1)[0]
    card = agent.wait_for_messages(conversation["id"], 1)[0]
    assert (card["kind"], card["url"], card["available"]) == ("story_mention", STORY, True)
    agent.post(f"conversations/{conversation['id']}/messages", {"text": "obrigada!"})
    until(lambda: list(graph_server.sent), len)
    assert graph_server.sent[0]["message"] == {"text": "obrigada!"}


def test_an_unsent_message_loses_its_content_everywhere(interact: RunningConsole) -> None:
    agent = interact.operating()
    cursor = agent.state()["cursor"]
    number = open_conversation(interact, agent, "um segredo")

    with agent.stream(agent.state()["cursor"]) as stream:
        interact.deliver(unsend(ANA, "mid.first"))
        live = stream.next("message_updated")["data"]["message"]

    kept = agent.conversation(number)
    replayed = agent.get("events", after=cursor).text
    interact.stop()
    assert (live["text"], live["deleted"]) == ("", True)
    assert (kept["messages"][0]["text"], kept["preview"]) == ("", "Message deleted")
    assert "segredo" not in replayed
    assert b"segredo" not in (interact.folder / "interact.sqlite3").read_bytes()


def test_an_unsend_that_overtakes_its_message_wins(interact: RunningConsole) -> None:
    agent = interact.operating()

    interact.deliver(unsend(ANA, "mid.first"))
    number = open_conversation(interact, agent, "um segredo")

    shown = agent.conversation(number)["messages"][0]
    assert (shown["deleted"], shown["text"]) == (True, "")


def test_a_reply_is_sent_once_and_takes_metas_id(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    agent = interact.operating()
    number = open_conversation(interact, agent)
    body = {"text": "Bom dia!", "idempotency_key": "k1"}

    answers = [agent.post(f"conversations/{number}/messages", body) for _ in range(2)]

    until(lambda: agent.conversation(number), lambda one: one["messages"][-1]["state"] == "sent")
    interact.deliver(echo(ANA, "Bom dia!", "mid.out.1"))
    interact.deliver(message(ANA, "obrigada"))
    messages = agent.wait_for_messages(number, 3)
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["state"] == "sending"
    assert len(graph_server.sent) == 1
    assert [(one["direction"], one["mid"], one["author"]) for one in messages[1:2]] == [
        ("out", "mid.out.1", "Review Agent")
    ]


def test_an_echo_before_the_answer_makes_one_bubble(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    agent = interact.operating()
    number = open_conversation(interact, agent)
    echoed, may_answer = threading.Event(), threading.Event()

    def slow(_request: Request) -> Response:
        echoed.set()
        may_answer.wait(5)
        return Response("{}")

    graph_server.sends.append(slow)
    agent.post(f"conversations/{number}/messages", {"text": "Bom dia!"})
    assert echoed.wait(5)
    interact.deliver(echo(ANA, "Bom dia!", "mid.out.1"))
    until(lambda: agent.conversation(number), lambda one: one["messages"][-1]["state"] == "sent")
    may_answer.set()
    interact.deliver(message(ANA, "obrigada"))

    messages = agent.wait_for_messages(number, 3)
    assert [one["mid"] for one in messages[1:2]] == ["mid.out.1"]


def test_an_echo_from_the_phone_app_is_shown_and_takes_no_position(
    interact: RunningConsole,
) -> None:
    agent = interact.operating()

    interact.deliver(echo("stranger", "olá", "mid.phone.0"))
    number = open_conversation(interact, agent)
    interact.deliver(echo(ANA, "pelo celular", "mid.phone.1"))

    shown = agent.wait_for_messages(number, 2)[1]
    assert (shown["direction"], shown["author"]) == ("out", "Instagram")
    assert len(agent.conversations()) == 1


def test_a_refused_reply_says_why(interact: RunningConsole, graph_server: GraphServer) -> None:
    agent = interact.operating()
    number = open_conversation(interact, agent)
    graph_server.sends.append(lambda _request: graph_error(10, 2534022))

    agent.post(f"conversations/{number}/messages", {"text": "tarde demais"})

    failed: dict[str, Any] = until(
        lambda: agent.conversation(number)["messages"][-1], lambda one: one["state"] == "failed"
    )
    assert failed["reason"] == "Outside Meta's messaging window"


def test_a_transient_failure_is_tried_again(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    agent = interact.operating()
    number = open_conversation(interact, agent)
    graph_server.sends.append(lambda _request: graph_error(2, status=500))

    agent.post(f"conversations/{number}/messages", {"text": "insisto"})

    until(lambda: agent.conversation(number), lambda one: one["messages"][-1]["state"] == "sent")
    assert [one["message"]["text"] for one in graph_server.sent] == ["insisto"]


def test_a_text_of_1001_bytes_is_refused_before_it_leaves(interact: RunningConsole) -> None:
    agent = interact.operating()
    path = f"conversations/{open_conversation(interact, agent)}/messages"

    fits = agent.post(path, {"text": "é" * 500})
    answer = agent.post(path, {"text": "é" * 500 + "x"})
    empty = agent.post(path, {"text": "  "})

    assert [fits.status_code, answer.status_code, empty.status_code] == [202, 422, 422]
    assert answer.json() == {"error": "too_long", "bytes": 1001, "limit_bytes": 1000}


def test_the_customers_name_arrives_and_never_delays_the_conversation(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    graph_server.profiles[ANA] = {"name": "Ana Silva", "username": "ana.silva"}
    graph_server.hold_profiles = threading.Event()
    agent = interact.operating()

    number = open_conversation(interact, agent)
    at_first = agent.conversation(number)["name"]
    graph_server.hold_profiles.set()

    assert at_first == "Instagram customer ·5785"
    until(lambda: agent.conversation(number)["name"], lambda name: name == "Ana Silva", 10)


def test_a_missing_name_is_never_invented(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    graph_server.profiles["1234567890"] = {"name": None, "username": "so.usuario"}
    graph_server.profiles["2345678901"] = lambda _request: graph_error(230)
    agent = interact.operating()

    interact.deliver(message("1234567890", "Oi"), message("2345678901", "Oi"))

    names = until(
        lambda: [one["name"] for one in agent.conversations()], lambda seen: "so.usuario" in seen
    )
    assert names == ["so.usuario", "Instagram customer ·8901"]


def test_pages_are_subscribed_by_the_server(
    interact: RunningConsole, graph_server: GraphServer
) -> None:
    assert until(lambda: list(graph_server.subscribed), len) == ["1348957937919"]


def test_hostile_text_is_kept_as_text(interact: RunningConsole) -> None:
    agent = interact.operating()
    text = "<script>alert(1)</script> \N{GRINNING FACE} \u2028 \\u0000"

    number = open_conversation(interact, agent, text)

    assert agent.conversation(number)["messages"][0]["text"] == text
    assert json.loads(agent.get(f"conversations/{number}").text)["preview"].startswith("<script>")
