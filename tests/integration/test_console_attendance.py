"""Offers, wrap-up and transfers at the console's pages, by two agents at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from harness.targets.contract import Credentials
from tests.fakes.console_window import ConsoleWindow, console_window
from tests.fakes.running_console import RunningConsole, message

pytestmark = pytest.mark.browser

ANA, BIA = "3603717463085785", "3603717463081111"
FIRST = Credentials("reviewer", "Aa123*", "Review Agent")
SECOND = Credentials("second", "Bb123*", "Second Agent")
NAME = "Instagram customer ·5785"


@pytest.fixture
def first(chromium: Browser, interact: RunningConsole) -> Iterator[ConsoleWindow]:
    with console_window(chromium, f"{interact.url}/interact_multiagent") as window:
        yield window


@pytest.fixture
def second(chromium: Browser, interact: RunningConsole) -> Iterator[ConsoleWindow]:
    with console_window(chromium, f"{interact.url}/interact_multiagent") as window:
        yield window


def test_an_offer_is_accepted_by_hand(interact: RunningConsole, first: ConsoleWindow) -> None:
    interact.admin(
        "agent", "add", "reviewer", "--name", "Review Agent", "--service", "Instagram",
        "--chat-answer", "manual",
    )  # fmt: skip
    first.sign_in(FIRST).operate()

    interact.deliver(message(ANA, "Oi"))
    first.open(NAME)
    expect(first.see("composer")).to_be_disabled()
    first.see("accept").click()

    expect(first.see("composer")).to_be_enabled()
    expect(first.see("accept")).to_be_hidden()


def test_a_quick_reply_is_chosen_by_keyboard(
    interact: RunningConsole, first: ConsoleWindow
) -> None:
    for name, text in (("hello", "Hello {name}, this is {agent}."), ("help", "How can I help?")):
        interact.admin("quick-reply", "add", name, "--text", text)
    first.sign_in(FIRST).operate()
    interact.deliver(message(ANA, "Oi"))
    first.open(NAME)

    first.see("composer").press_sequentially("/he")
    expect(first.see("quick-reply")).to_have_count(2)
    first.page.keyboard.press("ArrowDown")
    first.page.keyboard.press("ArrowUp")
    first.page.keyboard.press("Enter")

    expect(first.see("composer")).to_have_value("Hello, this is Review Agent.")
    expect(first.see("quick-replies")).to_be_hidden()
    assert first.see("message").count() == 1  # chosen, not sent


def test_a_wrap_up_asks_for_the_classification(
    interact: RunningConsole, first: ConsoleWindow
) -> None:
    interact.admin(
        "service", "add", "Instagram", "--classification", "--category", "Sale", "--category",
        "Support",
    )  # fmt: skip
    first.sign_in(FIRST).operate()
    interact.deliver(message(ANA, "Oi"))
    first.open(NAME)

    first.see("end").click()
    expect(first.see("composer")).to_be_disabled()
    first.see("category").select_option("Sale")
    first.see("finish").click()

    expect(first.see("conversation")).to_have_count(0)


def test_a_conversation_is_passed_on_to_a_colleague(
    interact: RunningConsole, first: ConsoleWindow, second: ConsoleWindow
) -> None:
    first.sign_in(FIRST).operate()
    interact.deliver(message(ANA, "Oi"))
    first.open(NAME)
    second.sign_in(SECOND)

    first.page.keyboard.press("Alt+T")
    first.page.get_by_label("Second Agent").check()
    first.see("transfer-confirm").click()
    expect(first.see("transfer-trouble")).to_have_text(
        "This agent cannot receive conversations now."
    )
    second.operate()
    first.see("transfer-confirm").click()

    expect(first.see("conversation")).to_have_count(0)
    second.open(NAME)
    expect(second.see("message-text")).to_have_text("Oi")
    assert first.complaints == second.complaints == []


def test_a_conversation_waits_for_a_busy_colleague_if_that_is_wished(
    interact: RunningConsole, first: ConsoleWindow, second: ConsoleWindow
) -> None:
    """R7: refused while the colleague is full; with *wait*, theirs once a position is free."""
    interact.admin(
        "agent", "add", "second", "--name", "Second Agent", "--service", "Instagram",
        "--positions", "1",
    )  # fmt: skip
    second.sign_in(SECOND).operate()
    interact.deliver(message(BIA, "Olá"))
    expect(second.see("conversation")).to_have_count(1)
    first.sign_in(FIRST).operate()
    interact.deliver(message(ANA, "Oi"))
    first.open(NAME)

    first.see("transfer").click()
    first.page.get_by_label("Second Agent").check()
    first.see("transfer-confirm").click()
    expect(first.see("transfer-trouble")).to_have_text("All positions of this agent are taken.")
    expect(first.see("conversation")).to_have_count(1)
    first.see("transfer-wait").check()
    first.see("transfer-confirm").click()
    expect(first.see("conversation")).to_have_count(0)
    expect(second.conversation(NAME)).to_have_count(0)
    second.open("Instagram customer ·1111")
    second.see("end").click()

    second.open(NAME)
    expect(second.see("message-text")).to_have_text("Oi")
    expect(first.see("conversation")).to_have_count(0)
    assert first.complaints == second.complaints == []


def test_a_conversation_is_passed_on_to_a_service(
    interact: RunningConsole, first: ConsoleWindow, second: ConsoleWindow
) -> None:
    interact.admin("service", "add", "Sales")
    interact.admin("agent", "add", "second", "--name", "Second Agent", "--service", "Sales")
    first.sign_in(FIRST).operate()
    interact.deliver(message(ANA, "Oi"))
    first.open(NAME)

    first.see("transfer").click()
    first.page.get_by_label("Sales").check()
    first.see("transfer-confirm").click()
    expect(first.see("conversation")).to_have_count(0)
    second.sign_in(SECOND).operate()

    second.open(NAME)
    expect(second.see("message-text")).to_have_text("Oi")
    second.see("composer").fill("Sales here")
    second.page.keyboard.press("Enter")
    expect(second.see("message-text").last).to_have_text("Sales here")
    assert first.complaints == second.complaints == []
