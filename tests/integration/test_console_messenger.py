"""Both inboxes of one Page against the emulator, at a desk in Chromium."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Locator, expect

from harness.clock import SystemClock
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, free_port
from harness.targets.contract import Credentials
from tests.fakes.console_window import ConsoleWindow, console_window
from tests.fakes.running_console import SETUP, RunningConsole, until

pytestmark = pytest.mark.browser

REVIEWER = Credentials("reviewer", "Aa123*", "Review Agent")
CHANNELS = """
[[channels]]
page_id = "{page}"
account_id = "{account}"
username = "{username}"
token = "{token}"
[[channels]]
flavour = "messenger"
page_id = "{page}"
username = "Empresa Exemplo"
token = "{token}"
"""


@dataclass
class Meta:
    """The emulator and a customer who writes to both inboxes."""

    url: str
    customer: str
    name: str

    def ask(self, path: str, **wish: Any) -> Any:
        answer = requests.post(f"{self.url}/_control{path}", json=wish, timeout=5)
        assert answer.ok, answer.text
        return answer.json()

    def subscribed_fields(self) -> list[str] | None:
        world = requests.get(f"{self.url}/_control/world", timeout=5).json()
        found: list[str] | None = world["page_subscribed_fields"]
        return found

    def act(self, path: str, **wish: Any) -> Any:
        return self.ask(f"/customers/{self.customer}/{path}", platform="messenger", **wish)

    def thread(self) -> list[dict[str, Any]]:
        path = f"{self.url}/_control/customers/{self.customer}/thread"
        answer = requests.get(path, params={"platform": "messenger"}, timeout=5)
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found


@pytest.fixture(scope="module")
def meta(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meta]:
    """The emulator with a running console behind it that knows both inboxes."""
    port = free_port("127.0.0.1")
    url = f"http://127.0.0.1:{port}"
    program = (sys.executable, "-m", "fake_meta", "--port", str(port), "--seed", "1")
    logs = tmp_path_factory.mktemp("emulator") / "logs"
    with Launcher(logs, clock=SystemClock(), inherited=os.environ, ready_s=30.0) as launcher:
        launcher.start("emulator", program, {}, f"{url}/_control/health")
        control = MetaControl(url)
        ana = control.create_customer(name="Ana Both", role="tester")
        yield Meta(url, ana.username, "Ana Both")
        control.close()


@pytest.fixture(scope="module")
def console(meta: Meta, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningConsole]:
    control = MetaControl(meta.url)
    world = control.world()
    running = RunningConsole(
        tmp_path_factory.mktemp("console"),
        meta.url,
        INTERACT_APP_SECRET=world.app_secret,
        INTERACT_VERIFY_TOKEN=world.verify_token,
        INTERACT_CDN_HOSTS=meta.url,
    )
    described = CHANNELS.format(
        page=world.page_id,
        account=world.account_id,
        username=world.account_username,
        token=world.page_token,
    )
    running.apply(SETUP.partition("[[channels]]")[0] + described)
    running.start()
    hook = f"{running.url}/webhooks/meta"
    control.subscribe_app(world, hook, world.verify_token)
    fields = ["messages", "message_reads", "message_echoes", "message_reactions"]
    meta.ask("/webhook/subscription", object="page", callback_url=hook, fields=fields)
    until(meta.subscribed_fields, lambda fields: fields and "message_reads" in fields)
    control.close()
    try:
        yield running
    finally:
        running.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def desk(chromium: Browser, console: RunningConsole, meta: Meta) -> Iterator[ConsoleWindow]:
    """An agent with a conversation in each inbox, the one of Messenger open."""
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:
        window.sign_in(REVIEWER).operate()
        meta.ask(f"/customers/{meta.customer}/messages", text="pelo Direct")
        expect(rows(window)).to_have_count(1)
        meta.act("messages", text="pelo Messenger")
        of_messenger(window).click()
        yield window


def rows(window: ConsoleWindow) -> Locator:
    return window.page.get_by_test_id("conversation")


def of_messenger(window: ConsoleWindow) -> Locator:
    return rows(window).filter(has_text="Empresa Exemplo")


def bubble(window: ConsoleWindow, words: str) -> Locator:
    return window.page.get_by_test_id("message").filter(has_text=words)


def test_the_list_says_in_which_inbox_each_customer_writes(desk: ConsoleWindow, meta: Meta) -> None:
    expect(rows(desk)).to_have_count(2)
    for medium in ("Instagram @empresa.exemplo", "Messenger Empresa Exemplo"):
        expect(desk.page.get_by_role("button", name=medium)).to_have_count(1)
    expect(of_messenger(desk).get_by_test_id("conversation-name")).to_have_text(meta.name)


def test_a_customer_of_messenger_is_answered_there_and_reads_it(
    desk: ConsoleWindow, meta: Meta
) -> None:
    desk.see("composer").fill("Olá pelo Messenger")
    desk.see("send").click()
    expect(bubble(desk, "Olá pelo Messenger")).to_have_attribute("data-state", "sent")

    meta.act("seen")

    expect(bubble(desk, "Olá pelo Messenger")).to_contain_text("Seen")
    assert [one["text"] for one in meta.thread()] == ["pelo Messenger", "Olá pelo Messenger"]


def test_the_composer_counts_characters(desk: ConsoleWindow) -> None:
    desk.see("composer").fill("\N{WAVING HAND SIGN}" * 2000)
    expect(desk.see("byte-counter")).to_have_text("2000 of 2000 characters")
    expect(desk.see("send")).to_be_enabled()

    desk.see("composer").fill("\N{WAVING HAND SIGN}" * 2001)
    expect(desk.page.get_by_text("Too long for Messenger by 1 characters")).to_be_visible()
    expect(desk.see("send")).to_be_disabled()
    desk.see("composer").fill("")


def test_a_reaction_is_shown(desk: ConsoleWindow, meta: Meta) -> None:
    first = meta.thread()[0]

    meta.act(f"messages/{first['mid']}/reaction", reaction="love")

    expect(bubble(desk, "pelo Messenger").first.get_by_test_id("message-reaction")).to_have_text(
        "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}"
    )


def test_what_the_page_writes_itself_is_shown(desk: ConsoleWindow, meta: Meta) -> None:
    meta.ask("/account/messages", to=meta.customer, platform="messenger", text="da Página")

    expect(bubble(desk, "da Página")).to_have_attribute("data-direction", "out")
