"""The administrator's page: every wrong input is told beside its field, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from system_under_test.web.i18n import catalogue
from tests.fakes.little_console import LittleConsole
from tests.fakes.wsgi_console import AgentDesk, WsgiConsole

SERVICE = {"name": "Sales", "pick": "least_loaded", "offer_s": "30"}
AGENT = {"login": "eva", "name": "Eva", "role": "agent", "chat_answer": "automatic",
         "positions": "1"}  # fmt: skip
CHANNEL = {"flavour": "facebook_login", "page_id": "1", "account_id": "17849", "username": "loja",
           "token": "EAA", "service": "Instagram"}  # fmt: skip
# Form, what is wrong in it, the field that is named, the sentence's key.
WRONG = (
    ("services", {**SERVICE, "name": " "}, "name", "empty"),
    ("services", {**SERVICE, "name": "Instagram"}, "name", "taken"),
    ("services", {**SERVICE, "pick": "fastest"}, "pick", "choice"),
    ("services", {**SERVICE, "offer_s": "0"}, "offer_s", "number"),
    ("services", {**SERVICE, "priority": "-1"}, "priority", "number"),
    ("services", {**SERVICE, "wrap_up_s": "soon"}, "wrap_up_s", "whole"),
    ("services", {**SERVICE, "closed_text": "é" * 501}, "closed_text", "bytes"),
    ("services", {**SERVICE, "hours": "whenever"}, "hours", "zone"),
    ("services", {**SERVICE, "hours": "UTC someday 8-18"}, "hours", "week"),
    ("services", {**SERVICE, "hours": "UTC mon 18-8"}, "hours", "span"),
    ("services", {**SERVICE, "hours": "UTC mon 8:99-18"}, "hours", "time"),
    ("agents", {**AGENT, "login": ""}, "login", "empty"),
    ("agents", {**AGENT, "login": "AGENT2"}, "login", "taken"),
    ("agents", {**AGENT, "name": ""}, "name", "empty"),
    ("agents", {**AGENT, "role": "king"}, "role", "choice"),
    ("agents", {**AGENT, "chat_answer": "later"}, "chat_answer", "choice"),
    ("agents", {**AGENT, "messenger_answer": "later"}, "messenger_answer", "choice"),
    ("agents", {**AGENT, "positions": "9"}, "positions", "positions"),
    ("agents", {**AGENT, "positions": ""}, "positions", "positions"),
    ("agents", {**AGENT, "password": "Aa12*"}, "password", "short"),
    ("agents", {**AGENT, "services": "Gone"}, "service", "service"),
    ("channels", {**CHANNEL, "page_id": ""}, "page_id", "empty"),
    ("channels", {**CHANNEL, "account_id": ""}, "account_id", "empty"),
    ("channels", {**CHANNEL, "account_id": "17841400000000001"}, "account_id", "taken"),
    ("channels", {**CHANNEL, "token": ""}, "token", "empty"),
    ("channels", {**CHANNEL, "flavour": "x"}, "flavour", "choice"),
    ("channels", {**CHANNEL, "service": "Gone"}, "service", "service"),
    ("statuses", {"id": "Tea!", "label": "Tea"}, "id", "status_id"),
    ("statuses", {"id": "ready", "label": "Tea"}, "id", "own_status"),
    ("statuses", {"id": "tea", "label": ""}, "label", "empty"),
    ("statuses", {"id": "tea", "label": "x" * 41}, "label", "long"),
    ("quick-replies", {"name": "two words", "text": "x"}, "name", "one_word"),
    ("quick-replies", {"name": "long", "text": "x" * 1001}, "text", "bytes"),
)
TOLD = sorted({f"refused.{why}" for _, _, _, why in WRONG})


def supervising(lone: LittleConsole, language: str = "en") -> AgentDesk:
    lone.change_agent(1, role="supervisor", password_hash="hash:pw")
    return WsgiConsole(lone, language=language).agent("agent1", status="")


@pytest.fixture
def boss(lone: LittleConsole) -> AgentDesk:
    return supervising(lone)


def save(boss: AgentDesk, form: str, fields: Mapping[str, str]) -> TestResponse:
    return boss.page(f"administration/{form}", **fields)


def soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def told(page: BeautifulSoup) -> tuple[str, str]:
    """Where the sentence stands, and the sentence."""
    sentence = page.select_one('[data-testid="field-error"]')
    assert sentence is not None, page.select_one('[data-testid="refused"]')
    field = page.select_one('[aria-describedby="wrong"]')
    beside = sentence.find_parent(["label", "fieldset"])
    assert beside is not None
    named = field or beside.select_one("[name]")
    assert named is not None
    assert beside in [named, *named.parents]
    return str(named.get("name") or "positions"), sentence.text


@pytest.mark.parametrize(
    ("form", "fields", "field", "why"), WRONG, ids=[f"{one[0]}-{one[2]}-{one[3]}" for one in WRONG]
)
def test_what_is_wrong_is_told_beside_its_field(
    lone: LittleConsole, form: str, fields: dict[str, str], field: str, why: str
) -> None:
    answer = save(supervising(lone, "pt-BR"), form, fields)

    where, sentence = told(soup(answer))
    begins = catalogue("pt-BR")[f"refused.{why}"].split("{")[0]
    assert answer.status_code == 422
    assert where in (field, f"{field}s")
    assert sentence.startswith(begins)
    assert "{" not in sentence


def test_every_sentence_of_a_refusal_can_be_brought_about() -> None:
    assert sorted(key for key in catalogue("en") if key.startswith("refused.")) == TOLD


def test_what_was_typed_is_still_there_after_a_refusal(boss: AgentDesk) -> None:
    fields = {**SERVICE, "hours": "whenever", "post_service": "1", "categories": "Sale\nHelp",
              "wrap_up_s": "45"}  # fmt: skip

    page = soup(save(boss, "services", fields))

    card = page.select_one('details[data-kind="services"][open]')
    assert card is not None
    kept = {str(one["name"]): one.get("value") for one in card.select("input")}
    assert (kept["name"], kept["hours"], kept["wrap_up_s"]) == ("Sales", "whenever", "45")
    assert card.select_one('[name="post_service"][checked]') is not None
    assert card.select_one('[name="classification"][checked]') is None
    assert card.select_one("textarea").text == "Sale\nHelp"  # type: ignore[union-attr]
    assert len(page.select("details[open]")) == 1


def test_no_password_and_no_token_is_written_into_a_page(boss: AgentDesk) -> None:
    wrong = [
        save(boss, "agents", {**AGENT, "password": "S3cret*", "role": "king"}),
        save(boss, "channels", {**CHANNEL, "token": "EAAs3cret", "flavour": "x"}),
    ]

    assert [answer.status_code for answer in wrong] == [422, 422]
    assert not any("S3cret" in answer.text or "s3cret" in answer.text for answer in wrong)


def test_a_service_is_renamed_in_its_own_form(boss: AgentDesk, lone: LittleConsole) -> None:
    answer = save(boss, "services", {**SERVICE, "name": "Vendas", "was": "Instagram"})

    assert answer.status_code == 303
    assert lone.scalar("SELECT group_concat(name) FROM service") == "Vendas"
    assert len(lone.supervision.floor()["services"]) == 1


def test_an_agent_gets_another_login_and_stays_who_they_are(
    boss: AgentDesk, lone: LittleConsole
) -> None:
    fields = {**AGENT, "login": "Eva", "was": "agent2", "services": "Instagram"}

    save(boss, "agents", fields)

    assert lone.sign_in.sign_in("eva", "pw", "here")[1] == "console"
    assert lone.scalar("SELECT count(*) FROM agent") == 2


@pytest.mark.parametrize(
    ("form", "fields"),
    [("services", {**SERVICE, "name": "Instagram", "was": "Sales"}),
     ("agents", {**AGENT, "login": "agent1", "was": "agent2"})],
)  # fmt: skip
def test_nobody_is_renamed_to_somebody_else(
    boss: AgentDesk, lone: LittleConsole, form: str, fields: dict[str, str]
) -> None:
    lone.change_service("Sales")

    answer = save(boss, form, fields)

    assert told(soup(answer))[1].startswith("“")
    assert lone.scalar("SELECT count(*) FROM service") == 2
    assert lone.scalar("SELECT count(*) FROM agent WHERE name LIKE 'Agent%'") == 2


def test_a_refused_form_leaves_everything_as_it_was(boss: AgentDesk, lone: LittleConsole) -> None:
    save(boss, "agents", {**AGENT, "login": "renamed", "was": "agent2", "services": "Gone"})

    assert lone.scalar("SELECT count(*) FROM agent WHERE login = 'agent2'") == 1


def test_a_form_without_its_token_changes_nothing(boss: AgentDesk, lone: LittleConsole) -> None:
    answer = save(boss, "statuses", {"id": "tea", "label": "Tea", "csrf_token": "forged"})

    assert answer.status_code == 403
    assert soup(answer).select_one('[data-testid="refused"]') is not None
    assert lone.scalar("SELECT count(*) FROM added_status") == 0


# --- statuses (R1) -------------------------------------------------------------------------------


def test_a_pause_that_was_added_is_in_the_menu_and_receives_nothing(
    boss: AgentDesk, lone: LittleConsole
) -> None:
    save(boss, "statuses", {"id": "tea", "label": "Tea"})
    eva = lone.enter("agent2", status="tea")
    lone.deliver(lone.message("3601"))

    state = lone.desk.state(eva)
    assert state["statuses"][-1] == {"id": "tea", "label": "Tea", "routable": False}
    assert (state["status"]["label"], state["conversations"]) == ("Tea", [])


def test_a_status_that_was_added_receives_where_it_says_so(
    boss: AgentDesk, lone: LittleConsole
) -> None:
    eva = lone.enter("agent2", status=None)
    save(boss, "statuses", {"id": "back_office", "label": "Back office"})
    lone.desk.select_status(eva.agent_id, "back_office")
    lone.deliver(lone.message("3601"))
    before = lone.mine(eva)

    back = {"id": "back_office", "label": "Back office", "was": "back_office"}
    save(boss, "statuses", {**back, "routable": "1"})

    assert (before, lone.mine(eva)) == ({}, {"3601": "active"})
    assert lone.tallies.take().slots_offered == 8


def test_a_removed_status_is_offered_no_more_and_keeps_who_is_in_it(
    boss: AgentDesk, lone: LittleConsole
) -> None:
    save(boss, "statuses", {"id": "tea", "label": "Tea"})
    eva = lone.enter("agent2", status="tea")

    save(boss, "statuses", {"id": "tea", "label": "Tea", "was": "tea", "remove": "1"})

    assert lone.desk.state(eva)["status"]["label"] == "Tea"
    assert "tea" not in [one["id"] for one in lone.desk.state(eva)["statuses"]]
    assert boss.post("status", {"status": "tea"}).status_code == 422


def test_the_supervisor_may_set_a_status_that_was_added(
    boss: AgentDesk, lone: LittleConsole
) -> None:
    lone.enter("agent2")
    save(boss, "statuses", {"id": "training", "label": "Training"})

    floor: Any = boss.get("floor").json
    status: Any = boss.post("floor/agents/agent2/status", {"status": "training"}).json

    assert "training" in [one["id"] for one in floor["statuses"]]
    assert status["label"] == "Training"
