"""The guide's set-up from an empty database at the pages alone, and what an agent then has of it.

The first supervisor is one command without a password: somebody must be let in by somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from harness.targets.contract import Credentials
from tests.fakes.console_window import READY, ConsoleWindow, console_window
from tests.fakes.graph_server import running_graph
from tests.fakes.running_console import ACCOUNT, PAGE, RunningConsole, message

pytestmark = pytest.mark.browser
BOSS = Credentials("boss", "Cc123*", "Supervising Agent")
REVIEWER = Credentials("reviewer", "Aa123*", "Review Agent")


@pytest.fixture
def console(tmp_path: Path) -> Iterator[RunningConsole]:
    with running_graph() as graph:
        running = RunningConsole(tmp_path, graph.url)
        running.admin("agent", "add", "boss", "--name", BOSS.name, "--role", "supervisor")
        running.start()
        yield running
        running.stop()


@pytest.fixture
def boss(chromium: Browser, console: RunningConsole) -> Iterator[ConsoleWindow]:
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:
        create_password(window, BOSS)
        window.page.goto(f"{console.url}/interact_multiagent/administration")
        yield window


def create_password(window: ConsoleWindow, who: Credentials) -> None:
    """The first login: any password leads to the page where the real one is created."""
    window.fill_in(Credentials(who.login, "any", who.name))
    with window.context.expect_page() as opened:
        window.see("enter").click()
    window.application = opened.value
    window.see("new-password").fill(who.password)
    window.see("repeat-password").fill(who.password)
    window.see("save-password").click()
    window.page.wait_for_selector(READY)


def card(boss: ConsoleWindow, kind: str, key: str = "") -> Locator:
    """A card, opened; without a key the one for something new."""
    found = boss.page.locator(f'details[data-kind="{kind}"][data-key="{key}"]')
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def save(boss: ConsoleWindow, form: Locator, **fields: str) -> None:
    for name, value in fields.items():
        form.locator(f'[name="{name}"]').fill(value)
    form.get_by_role("button", name="Save").click()


def test_the_guides_set_up_is_made_by_pages_only(
    chromium: Browser, console: RunningConsole, boss: ConsoleWindow
) -> None:
    kept = boss.page.locator('[data-testid="practices"] [data-kept="true"]')
    unkept = boss.page.locator('[data-testid="practices"] [data-kept="false"]')
    expect(unkept).to_have_count(1)

    save(boss, card(boss, "services"), name="Instagram")
    agent = card(boss, "agents")
    agent.get_by_label("Instagram", exact=True).check()
    save(boss, agent, login=REVIEWER.login, name=REVIEWER.name)
    save(boss, card(boss, "channels"), page_id=PAGE, account_id=ACCOUNT, username="loja",
         token="EAA")  # fmt: skip
    save(boss, card(boss, "statuses"), id="tea", label="Tea break")
    save(boss, card(boss, "quick_replies"), name="hi", text="Hello {name}!")
    expect(unkept).to_have_count(1)  # the password, which only the agent creates
    expect(unkept).to_have_attribute("data-practice", "password")

    with console_window(chromium, f"{console.url}/interact_multiagent") as reviewer:
        create_password(reviewer, REVIEWER)
        boss.page.reload()
        expect(unkept).to_have_count(0)
        expect(kept).to_have_count(7)
        reviewer.see("status-menu").click()
        reviewer.see("status-option-tea").click()
        expect(reviewer.see("status-current")).to_have_text("Tea break")
        console.deliver(message("3603717463085785", "Oi"))
        reviewer.operate()
        expect(reviewer.see("conversation")).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 360])
def test_a_mistake_is_shown_beside_its_field(boss: ConsoleWindow, width: int) -> None:
    boss.resize(width)

    save(boss, card(boss, "services"), name="Instagram", hours="whenever", priority="7")

    expect(boss.see("refused")).to_contain_text("Not saved.")
    expect(boss.see("field-error")).to_be_in_viewport()
    hours = boss.page.locator('[name="hours"]')
    expect(hours).to_be_focused()
    expect(hours).to_have_accessible_description(re.compile("“whenever” is no time zone. Hours"))
    expect(boss.page.locator('[name="priority"]')).to_have_value("7")
    assert boss.width() <= width
    save(boss, card(boss, "services"), hours="UTC mon-fri 8-18")
    expect(boss.see("saved")).to_be_visible()
    expect(boss.page.locator('details[data-key="Instagram"]')).to_have_count(1)
