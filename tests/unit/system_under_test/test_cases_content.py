"""Real bugs of content, each by its number: whatever comes is shown, or said to be missing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import system_under_test.web
from system_under_test.domain.agents import Session
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import AgentDesk, WsgiConsole

ANA = "3603717463085785"
URL = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=180&signature=Ab"
SCRIPTS = Path(system_under_test.web.__file__).parent / "static" / "console"


def attached(little: LittleConsole, kind: str, mid: str = "m1", **payload: Any) -> dict[str, Any]:
    attachment = {"type": kind, **({"payload": payload} if payload else {})}
    return little.item(ANA, ACCOUNT, {"mid": mid, "attachments": [attachment]})


def gone(little: LittleConsole, mid: str = "m1") -> dict[str, Any]:
    return little.item(ANA, ACCOUNT, {"mid": mid, "is_deleted": True})


def told(agent: AgentDesk, cursor: int) -> list[tuple[str, Any]]:
    events = agent.get(f"events?after={cursor}").json["events"]
    return [(one["type"], one["data"]) for one in events]


def test_case_37_a_mention_appears_while_the_console_is_open(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    cursor = agent.state()["cursor"]

    web.deliver(attached(lone, "story_mention", url=URL))

    opened = dict(told(agent, cursor))["conversation_opened"]
    assert [(one["kind"], one["url"]) for one in opened["messages"]] == [("story_mention", URL)]


def test_case_38_end_mention_and_unsend_as_the_review_does(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA, "Oi"))
    first = agent.number(ANA)
    agent.post(f"conversations/{first}/end")

    web.deliver(attached(lone, "story_mention", "m2", url=URL))
    second = agent.number(ANA)
    web.deliver(lone.message(ANA, "apago", "m3"), gone(lone, "m3"))

    assert first != second
    assert [(one["kind"], one["deleted"]) for one in agent.bubbles(ANA)] == [
        ("story_mention", False), ("text", True)
    ]  # fmt: skip


def test_case_39_what_instagram_cannot_represent_has_a_placeholder(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()

    web.deliver(lone.item(ANA, ACCOUNT, {"mid": "m1", "is_unsupported": True}))

    assert [one["kind"] for one in agent.bubbles(ANA)] == ["unsupported"]


def test_case_40_a_story_without_media_is_said_to_be_gone(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()

    web.deliver(attached(lone, "story_mention"))
    answer = agent.reply(ANA, "Obrigado!")

    assert (agent.bubbles(ANA)[0]["available"], answer.status_code) == (False, 202)
    # An address that dies later is noticed by the picture itself, which then says so.
    assert "onerror: lost" in (SCRIPTS / "media.js").read_text()


def test_case_41_no_media_is_kept_only_its_address(lone: LittleConsole, web: WsgiConsole) -> None:
    web.agent()

    web.deliver(attached(lone, "story_mention", url=URL))

    kept = lone.scalar("SELECT url FROM message")
    tables = lone.scalar("SELECT group_concat(sql) FROM sqlite_master WHERE type = 'table'")
    assert kept == URL
    # the webhook's own bytes, and files of our own agents, which no delivery ever brings
    assert sorted(re.findall(r"(\w+) BLOB", tables)) == ["data", "raw"]
    assert lone.scalar("SELECT count(*) FROM file") == 0


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file"])
def test_case_42_media_is_shown_in_both_directions(
    lone: LittleConsole, web: WsgiConsole, kind: str
) -> None:
    agent = web.agent()
    web.deliver(attached(lone, kind, url=URL))
    content = {"mid": "e1", "is_echo": True,
               "attachments": [{"type": kind, "payload": {"url": URL}}]}  # fmt: skip

    web.deliver(lone.item(ACCOUNT, ANA, content))

    shown = [(one["direction"], one["kind"], one["url"]) for one in agent.bubbles(ANA)]
    assert shown == [("in", kind, URL), ("out", kind, URL)]


def test_case_43_a_story_reply_carries_its_story(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    reply = {"story": {"url": URL, "id": "18040775032372871"}}

    web.deliver(lone.item(ANA, ACCOUNT, {"mid": "m1", "text": "linda!", "reply_to": reply}))

    shown = agent.bubbles(ANA)[0]
    assert (shown["kind"], shown["url"], shown["text"]) == ("story_reply", URL, "linda!")


@pytest.mark.parametrize(
    "kind",
    ["share", "ig_post", "ig_reel", "reel", "story", "ig_story", "media", "ephemeral", "like_heart",
     "fallback", "template", "sticker", "post", "appointment_booking", "unsupported_type",
     "made_up_tomorrow"],
)  # fmt: skip
def test_case_44_every_type_has_a_bubble(lone: LittleConsole, web: WsgiConsole, kind: str) -> None:
    agent = web.agent()

    web.deliver(attached(lone, kind), attached(lone, kind, "m2", url=URL, title="Título"))

    assert len(agent.bubbles(ANA)) == 2
    assert lone.scalar("SELECT state FROM delivery") == "processed"


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "story_mention"])
def test_case_46_nothing_is_left_of_an_unsent_message(
    lone: LittleConsole, web: WsgiConsole, kind: str
) -> None:
    agent = web.agent()
    web.deliver(attached(lone, kind, url=URL, title="foto da festa"))

    web.deliver(gone(lone))

    shown = agent.bubbles(ANA)[0]
    left = str(agent.state()) + str(told(agent, 0)) + lone.stored_bodies()
    assert (shown["deleted"], shown["url"], shown["attachments"]) == (True, None, [])
    assert [one for one in (URL, "festa") if one in left] == []


def test_case_47_a_deletion_appears_while_the_console_is_open(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA, "apago", "m1"))
    cursor = agent.state()["cursor"]

    web.deliver(gone(lone))

    news = dict(told(agent, cursor))
    assert news["message_updated"]["message"]["deleted"]
    assert news["conversation_updated"]["preview"] == "preview.deleted"


def test_case_48_an_unsend_that_comes_first_wins(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()

    web.deliver(gone(lone))
    web.deliver(lone.message(ANA, "segredo", "m1"))

    assert [(one["deleted"], one["text"]) for one in agent.bubbles(ANA)] == [(True, "")]
    assert "segredo" not in lone.stored_bodies()


def test_case_48_a_stranger_cannot_unsend_a_message_that_is_yet_to_come(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()

    web.deliver(lone.item("77", ACCOUNT, {"mid": "m1", "is_deleted": True}))
    web.deliver(lone.message(ANA, "fica", "m1"))
    kept = [(one["deleted"], one["text"]) for one in agent.bubbles(ANA)]
    web.deliver(gone(lone))

    assert kept == [(False, "fica")]
    assert [(one["deleted"], one["text"]) for one in agent.bubbles(ANA)] == [(True, "")]


def test_case_48_the_right_unsend_wins_also_after_a_strangers(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()

    web.deliver(lone.item("77", ACCOUNT, {"mid": "m1", "is_deleted": True}), gone(lone))
    web.deliver(lone.message(ANA, "segredo", "m1"))

    assert [(one["deleted"], one["text"]) for one in agent.bubbles(ANA)] == [(True, "")]
    assert "segredo" not in lone.stored_bodies()


def test_case_48_an_unsend_of_the_business_may_come_before_its_echo(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    echo = {"mid": "e1", "is_echo": True}

    web.deliver(lone.item(ACCOUNT, ANA, {**echo, "is_deleted": True}))
    web.deliver(lone.item(ACCOUNT, ANA, {**echo, "text": "do telefone"}))

    assert [one["deleted"] for one in agent.bubbles(ANA)] == [False, True]


def test_case_52_nothing_in_the_console_deletes_a_sent_message(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    path = f"conversations/{agent.number(ANA)}/messages/1"

    rules = web.meta.application.url_map.iter_rules()  # type: ignore[attr-defined]
    verbs = {method for rule in rules for method in rule.methods}

    assert "DELETE" not in verbs
    assert agent.http.delete(f"/interact_multiagent/api/{path}").status_code in (404, 405)


def test_case_53_a_reaction_stands_on_its_bubble_and_is_no_message(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA, "Oi", "m1"))
    before = agent.talk(ANA)
    item = lone.item(ANA, ACCOUNT, {})
    del item["message"]

    web.deliver({**item, "reaction": {"mid": "m1", "action": "react", "emoji": "x"}})

    after = agent.talk(ANA)
    assert [one["reaction"] for one in after["messages"]] == ["x"]
    assert (after["unread"], after["window"]) == (before["unread"], before["window"])


def test_case_53_a_reaction_of_a_stranger_opens_nothing_and_takes_no_position(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    item = lone.item("77", ACCOUNT, {})
    del item["message"]

    answer = web.deliver({**item, "reaction": {"mid": "m9", "action": "react", "emoji": "x"}})

    assert (answer.status_code, agent.conversations()) == (200, [])
    assert lone.scalar("SELECT count(*) FROM customer") == 0


def test_case_54_a_tapped_button_is_a_message_with_its_title(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    item = lone.item(ANA, ACCOUNT, {})
    del item["message"]

    web.deliver({**item, "postback": {"mid": "p1", "title": "Horários", "payload": "HOURS"}})

    assert [one["text"] for one in agent.bubbles(ANA)] == ["Horários"]


def test_unsend_is_for_sessions_of_any_age(lone: LittleConsole) -> None:
    session: Session = lone.enter()
    number = lone.open(ANA, session)
    lone.desk.end(session.agent_id, number)
    lone.clock.now += 30 * 24 * 3_600_000

    lone.deliver(gone(lone, "mid.in.1"))

    assert lone.bubbles(session, number)[0]["deleted"]
