"""The supervisor's and the administrator's pages, and the figures over HTTP."""

from __future__ import annotations

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


@pytest.fixture(scope="module")
def supervisor(console: RunningConsole) -> AgentHands:
    return console.agent("boss", "Cc123*")


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
