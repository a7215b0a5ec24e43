"""What was left over is shown to supervisors, and tried again without doing anything twice."""

from __future__ import annotations

import html

import pytest

from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.windows import HUMAN_AGENT_MS
from system_under_test.web.i18n import LANGUAGES, translate
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import ROOT, AgentDesk, WsgiConsole, envelope

ANA = "3603717463085785"
NEW_ACCOUNT = "17841400000000002"


@pytest.fixture
def web(little: LittleConsole) -> WsgiConsole:
    little.change_agent(2, role="supervisor")
    return WsgiConsole(little)


@pytest.fixture
def boss(web: WsgiConsole) -> AgentDesk:
    return web.agent("agent2", status="")


def test_a_delivery_of_an_account_that_comes_later_is_replayed(
    little: LittleConsole, web: WsgiConsole, boss: AgentDesk
) -> None:
    agent = web.agent()
    web.deliver(
        little.message(ANA, "conhecida", "m1"),
        little.item(ANA, NEW_ACCOUNT, {"mid": "m2", "text": "Oi"}),
    )
    kept = boss.get("repairs").json["quarantine"]
    little.run(
        "INSERT INTO channel (page_id, account_id, username, token, service_id)"
        f" VALUES ('9', '{NEW_ACCOUNT}', 'outra', 'EAAother', 1)"
    )

    answer = boss.post(f"repairs/quarantine/{kept[0]['id']}/replay")
    little.inbox.process()

    assert (answer.status_code, "conhecida" in kept[0]["body"]) == (202, True)
    seen = [(one["channel"]["username"], one["unread"]) for one in agent.conversations()]
    assert seen == [("empresa", 1), ("outra", 1)]
    assert boss.get("repairs").json["quarantine"] == []
    assert boss.post(f"repairs/quarantine/{kept[0]['id']}/replay").status_code == 409


def test_a_body_that_was_erased_cannot_be_replayed(
    little: LittleConsole, web: WsgiConsole, boss: AgentDesk
) -> None:
    web.deliver(little.message(ANA, "um segredo", "m1"), {"news": 1})
    web.deliver(little.item(ANA, ACCOUNT, {"mid": "m1", "is_deleted": True}))

    kept = boss.get("repairs").json["quarantine"][0]
    answer = boss.post(f"repairs/quarantine/{kept['id']}/replay")

    assert (kept["replayable"], kept["body"]) == (False, "")
    assert (answer.status_code, "erased" in answer.json["message"]) == (409, True)


def test_a_dead_letter_is_sent_again_even_after_the_end(
    little: LittleConsole, web: WsgiConsole, boss: AgentDesk
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    little.graph.failures = [Fate.PERMANENT]
    number = agent.number(ANA)
    agent.reply(ANA, "Bom dia")
    little.sender.send_next()
    agent.post(f"conversations/{number}/end")

    dead = boss.get("repairs").json["dead_letters"][0]
    answer = boss.post(f"repairs/dead-letters/{dead['message']['id']}/retry")
    little.sender.send_next()

    assert (dead["message"]["reason"], answer.status_code) == ("as the test says", 202)
    assert little.graph.sent == ["Bom dia"]
    assert boss.get("repairs").json["dead_letters"] == []
    again = boss.post(f"repairs/dead-letters/{dead['message']['id']}/retry")
    assert again.json["error"] == "nothing_to_repair"


def test_case_18_and_15_what_is_not_ours_and_what_is_a_test_is_shown(
    little: LittleConsole, web: WsgiConsole, boss: AgentDesk
) -> None:
    agent = web.agent()
    owned = {"id": ACCOUNT, "time": 1, "standby": [little.message(ANA, "para outro app")]}
    button = {"id": "0", "time": 1, "changes": [{"field": "messages", "value": {}}]}
    web.post(envelope(owned))
    web.post(envelope(button))
    web.deliver(little.message(ANA, "para nós"))

    aside = boss.get("repairs").json["aside"]
    page = boss.http.get(f"{ROOT}/repairs").text

    assert [one["kind"] for one in aside] == ["test", "standby"]
    assert "para outro app" in aside[1]["body"]
    assert "Another application owns this conversation" in page
    assert "Test of the App Dashboard" in page
    assert [one["text"] for one in agent.bubbles(ANA)] == ["para nós"]


def test_only_supervisors_repair(little: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()

    assert agent.get("repairs").status_code == 403
    assert agent.post("repairs/quarantine/1/replay").status_code == 403
    assert agent.http.get(f"{ROOT}/repairs").status_code == 403


def test_the_page_shows_what_was_written_as_text_and_its_buttons_work(
    little: LittleConsole, web: WsgiConsole, boss: AgentDesk
) -> None:
    web.deliver({"<script>alert(1)</script>": 1})

    page = boss.http.get(f"{ROOT}/repairs").text
    forged = boss.http.post(f"{ROOT}/repairs/quarantine/1")
    pressed = boss.page("repairs/quarantine/1")

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert forged.status_code == 403
    assert (pressed.status_code, pressed.location) == (303, f"{ROOT}/repairs?done=1")
    assert boss.page("repairs/quarantine/99").status_code == 409


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_refuses_in_its_language(lone: LittleConsole, language: str) -> None:
    lone.change_agent(2, role="supervisor")
    web = WsgiConsole(lone, language=language)
    agent = web.agent()
    web.deliver(lone.message(ANA))
    lone.graph.failures = [Fate.PERMANENT]
    agent.reply(ANA, "Bom dia")
    lone.sender.send_next()
    lone.clock.now += HUMAN_AGENT_MS + 1000
    boss = web.agent("agent2", status="")
    dead = boss.get("repairs").json["dead_letters"][0]["message"]["id"]

    late = boss.page(f"repairs/dead-letters/{dead}")
    unknown = boss.page("repairs/quarantine/99")

    assert (late.status_code, unknown.status_code) == (409, 409)
    assert translate(language, "composer.closed") in html.unescape(late.text)
    assert translate(language, "refusal.nothing_to_repair") in html.unescape(unknown.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_why_in_its_language(lone: LittleConsole, language: str) -> None:
    lone.change_agent(2, role="supervisor")
    web = WsgiConsole(lone, language=language)
    boss = web.agent("agent2", status="")
    web.deliver({"news": 1})
    web.deliver(lone.item(ANA, NEW_ACCOUNT, {"mid": "m2", "text": "Oi"}))
    web.post(b"{")
    lone.run(
        "INSERT INTO delivery (received_ms, headers, raw, state, note)"
        " SELECT received_ms, headers, raw, state, 'KeyError: 1' FROM delivery WHERE id = 1"
    )

    told = [one["why"] for one in boss.get("repairs").json["quarantine"]]
    page = html.unescape(boss.http.get(f"{ROOT}/repairs").text)

    assert told == ["failed", "not_json", "no_channel", "unknown_form"]
    assert all(translate(language, f"quarantined.{why}") in page for why in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_used_key_is_refused_in_the_language_of_the_console(
    lone: LittleConsole, language: str
) -> None:
    web = WsgiConsole(lone, language=language)
    agent = web.agent()
    web.deliver(lone.message(ANA))
    agent.reply(ANA, "um", idempotency_key="k")

    again = agent.reply(ANA, "dois", idempotency_key="k")

    sentence = translate(language, "refusal.key_reused")
    assert (again.status_code, again.json["message"]) == (409, sentence)
    assert [one["text"] for one in agent.bubbles(ANA)] == ["Oi", "um"]
