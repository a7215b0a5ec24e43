"""The supervisor's and the administrator's pages, and who may use which door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, expect

from harness.targets.contract import Credentials
from tests.fakes.console_window import ConsoleWindow, console_window
from tests.fakes.graph_server import running_graph
from tests.fakes.running_console import AgentHands, RunningConsole, console_on, message, until

ANA, BIA = "3603717463085785", "3603717463081111"
BOSS = Credentials("boss", "Cc123*", "Supervising Agent")
LEARN = """
[[agents]]
login = "boss"
name = "Supervising Agent"
password = "Cc123*"
role = "supervisor"
"""


@pytest.fixture(scope="module")
def console(
    tmp_path_factory: pytest.TempPathFactory, described_database: Path
) -> Iterator[RunningConsole]:
    folder = tmp_path_factory.mktemp("supervision")
    with (
        running_graph() as graph,
        console_on(described_database, folder, graph.url, LEARN) as running,
    ):
        yield running


@pytest.fixture
def boss(chromium: Browser, console: RunningConsole) -> Iterator[ConsoleWindow]:
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:
        yield window.sign_in(BOSS)


@pytest.mark.browser
def test_the_floor_is_watched_and_moved(console: RunningConsole, boss: ConsoleWindow) -> None:
    agent = console.operating()
    console.deliver(message(ANA, "Oi, tudo bem?"))
    number = agent.wait_for(1)[0]["id"]
    agent.post("status", {"status": "pause_meal"})
    console.deliver(message(BIA, "Olá"))

    boss.see("to-supervisor").click()
    waiting = boss.see("queues").locator('[data-testid="floor-conversation"]')
    expect(waiting).to_have_count(1)
    row = boss.page.locator('[data-login="reviewer"]')
    expect(row).to_contain_text("1/8")
    row.locator('[data-testid="floor-conversation"]').click()
    expect(boss.see("peek")).to_contain_text("Oi, tudo bem?")
    boss.see("give-to").select_option("agent:second")
    boss.see("give").click()
    expect(boss.see("dialog-trouble")).to_have_text("This agent cannot receive conversations now.")
    boss.see("requeue").click()
    expect(waiting).to_have_count(2)
    row.locator('[data-testid="force-status"]').select_option("ready")

    expect(waiting).to_have_count(0)
    expect(row).to_contain_text("2/8")
    assert number in [one["id"] for one in agent.wait_for(2)]
    expect(boss.see("log-entry").first).to_be_visible()
    assert boss.width() <= 1440
    assert boss.complaints == []


@pytest.mark.browser
def test_the_set_up_is_changed_and_checked(console: RunningConsole, boss: ConsoleWindow) -> None:
    boss.page.goto(f"{console.url}/interact_multiagent/administration")
    one_agent = boss.page.locator('[data-practice="one_agent"]')
    expect(one_agent).to_have_attribute("data-kept", "false")

    for name in ("second", "newcomer"):
        card = boss.page.locator(f'details[data-key="{name}"]')
        card.locator("summary").click()
        card.get_by_label("Instagram", exact=True).uncheck()
        card.get_by_role("button", name="Save").click()
        expect(boss.see("saved")).to_be_visible()
    expect(one_agent).to_have_attribute("data-kept", "true")
    service = boss.page.locator('details[data-key="Instagram"]')
    service.locator("summary").click()
    service.locator('[name="hours"]').fill("whenever")
    service.get_by_role("button", name="Save").click()

    expect(boss.see("refused")).to_contain_text("“whenever” is no time zone")
    boss.resize(360)
    assert boss.width() <= 360
    assert boss.complaints == []


# --- who may use which door --------------------------------------------------------------------

PUBLIC = {
    "GET /health", "GET /interact_multiagent", "POST /interact_multiagent/login",
    "GET /webhooks/meta", "POST /webhooks/meta", "GET /interact_multiagent/static/{filename}",
    "GET /metrics",
    "POST /webhooks/meta/data-deletion",
    "POST /webhooks/meta/deauthorize",
    "GET /data-deletion/{code}",
    "GET /interact_multiagent/media/{file_id}/{signature}",
}  # fmt: skip
SIGNED_IN_PAGES = {
    "GET /interact_multiagent/console", "GET /interact_multiagent/first-login",
    "POST /interact_multiagent/first-login",
}  # fmt: skip
SUPERVISORS_PAGES = {
    "GET /interact_multiagent/supervisor", "GET /interact_multiagent/administration",
    "POST /interact_multiagent/administration/services",
    "POST /interact_multiagent/administration/agents",
    "POST /interact_multiagent/administration/channels",
    "POST /interact_multiagent/administration/quick-replies",
    "POST /interact_multiagent/administration/statuses",
    "GET /interact_multiagent/repairs",
    "POST /interact_multiagent/repairs/quarantine/{delivery_id}",
    "POST /interact_multiagent/repairs/dead-letters/{message_id}",
}  # fmt: skip


def doors() -> list[str]:
    """Every route of the application, as `METHOD /path/{value}`."""
    from system_under_test.web.application import build_flask

    class Nothing:
        cdn_hosts: tuple[str, ...] = ()

    app = build_flask(Nothing())  # type: ignore[arg-type]
    found = []
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found += [f"{method} {path}" for method in methods]
    return sorted(found)


CALLS = sorted(set(doors()) - PUBLIC - SIGNED_IN_PAGES - SUPERVISORS_PAGES)
FLOOR = [door for door in CALLS if "/api/floor" in door]
STREAM = "GET /interact_multiagent/api/stream"


def knock(console: RunningConsole, door: str, agent: AgentHands | None) -> requests.Response:
    method, path = door.split(" ")
    address = console.url + re.sub(r"{\w+}", "1", path)
    http = agent.http if agent else requests.Session()
    headers = {"X-CSRF-Token": agent.csrf} if agent else {}
    return http.request(
        method, address, json={}, headers=headers, timeout=5, allow_redirects=False, stream=True
    )


@pytest.fixture(scope="module")
def agent(console: RunningConsole) -> AgentHands:
    return console.agent("second", "Bb123*")


@pytest.fixture(scope="module")
def supervisor(console: RunningConsole) -> AgentHands:
    return console.agent("boss", "Cc123*")


def test_every_door_is_in_the_matrix() -> None:
    assert set(doors()) >= PUBLIC | SIGNED_IN_PAGES | SUPERVISORS_PAGES
    assert all("/api/" in door or door.endswith("/logout") for door in CALLS)


@pytest.mark.parametrize("door", CALLS)
def test_a_stranger_is_refused_at_every_call(console: RunningConsole, door: str) -> None:
    assert knock(console, door, None).status_code == 401


@pytest.mark.parametrize("door", sorted(SIGNED_IN_PAGES | SUPERVISORS_PAGES))
def test_a_stranger_is_sent_to_the_login(console: RunningConsole, door: str) -> None:
    answer = knock(console, door, None)

    assert (answer.status_code // 100, answer.headers["Location"]) == (3, "/interact_multiagent")


@pytest.mark.parametrize("door", FLOOR)
def test_an_agent_is_refused_at_a_supervisors_call(
    console: RunningConsole, agent: AgentHands, door: str
) -> None:
    answer = knock(console, door, agent)

    assert (answer.status_code, answer.json()["error"]) == (403, "not_supervisor")


@pytest.mark.parametrize("door", sorted(SUPERVISORS_PAGES))
def test_an_agent_is_refused_at_a_supervisors_page(
    console: RunningConsole, agent: AgentHands, door: str
) -> None:
    answer = knock(console, door, agent)

    assert answer.status_code == 403
    assert "This page is for supervisors" in answer.text


@pytest.mark.parametrize("door", [door for door in CALLS if door.startswith("POST")])
def test_every_change_wants_the_csrf_token(
    console: RunningConsole, supervisor: AgentHands, door: str
) -> None:
    token, supervisor.csrf = supervisor.csrf, "forged"
    answer = knock(console, door, supervisor)
    supervisor.csrf = token

    assert (answer.status_code, answer.json()["error"]) == (403, "csrf")


@pytest.mark.parametrize("door", [door for door in CALLS if "{conversation_id}" in door])
def test_nobody_acts_on_what_is_not_theirs(
    console: RunningConsole, agent: AgentHands, door: str
) -> None:
    expected = 403 if door in FLOOR else 404

    answer = knock(console, door, agent)

    assert answer.status_code in (expected, 422)  # a body that says nothing may be refused first


def test_metrics_are_scraped_from_this_machine(console: RunningConsole) -> None:
    answer = requests.get(f"{console.url}/metrics", timeout=5)

    assert answer.headers["Content-Type"].startswith("text/plain")
    assert 'interact_queue_length{service="Instagram"}' in answer.text
    assert "interact_queue_wait_seconds_bucket" in answer.text or "queue_wait" in answer.text


def test_a_supervisor_reads_figures_over_http(
    console: RunningConsole, supervisor: AgentHands
) -> None:
    report = supervisor.get("floor/metrics", minutes=60).json()
    wrong = supervisor.get("floor/metrics", minutes=0)

    assert report["services"][0]["name"] == "Instagram"
    assert (wrong.status_code, wrong.json()["error"]) == (400, "bad_minutes")
    until(lambda: supervisor.get("floor").status_code, lambda status: status == 200)
