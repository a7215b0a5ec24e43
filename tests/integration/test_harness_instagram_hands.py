"""The customer's hands against the emulated Instagram: three surfaces, one behaviour."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.clock import SystemClock
from harness.drivers.browser import Browser
from harness.drivers.contract import Customer, CustomerHands, World
from harness.drivers.instagram import BrowserHandsLender
from harness.drivers.instagram_http import HttpHandsLender
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, free_port


@pytest.fixture(scope="module")
def meta(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MetaControl]:
    logs: Path = tmp_path_factory.mktemp("logs")
    port = free_port()
    command = (sys.executable, "-m", "fake_meta", "--port", str(port), "--seed", "5")
    with Launcher(logs, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"http://127.0.0.1:{port}/_control/health")
        yield MetaControl(f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def world(meta: MetaControl) -> World:
    return meta.world()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    opened = Browser(chromium_path)
    yield opened
    opened.close()


@pytest.fixture
def customer(meta: MetaControl) -> Customer:
    return meta.create_customer(name="Ana Hands", role="tester", role_accepted=True)


IN_A_BROWSER = pytest.param("browser", marks=pytest.mark.browser)


@pytest.fixture(params=["http", IN_A_BROWSER])
def website(
    request: pytest.FixtureRequest, meta: MetaControl, world: World, customer: Customer
) -> Iterator[CustomerHands]:
    if request.param == "http":
        yield HttpHandsLender(meta, world.account_username).on_website(customer)
        return
    browser = request.getfixturevalue("browser")
    yield BrowserHandsLender(browser, meta, world.account_username).on_website(customer)
    browser.close_windows()


def test_the_page_of_the_company_offers_to_enter(website: CustomerHands, world: World) -> None:
    page = website.open_company_page()

    assert (page.title, page.heading) == (world.account_username, world.account_username)
    assert "Enter" in page.offers
    assert not page.logged_in


def test_log_in_asks_once_whether_to_save_it(website: CustomerHands) -> None:
    website.open_company_page()

    asked = website.log_in()
    page = website.decline_saved_login()
    again = website.open_company_page()

    assert (asked.asks_to_save_login, asked.logged_in) == (True, True)
    assert "Send Message" in page.offers
    assert not again.asks_to_save_login


def test_a_text_sent_in_direct_keeps_every_sign(website: CustomerHands) -> None:
    text = "first\nsecond <b>&amp;</b> 😀 مرحبا"
    website.arrive_logged_in()

    sent = website.send(text)

    assert [(seen.mid, seen.text, seen.sender) for seen in website.thread()] == [
        (sent.mid, text, "customer")
    ]


def test_an_unsent_message_leaves_the_thread(website: CustomerHands) -> None:
    kept, gone = website.send("to keep"), website.send("to take back")

    website.unsend(gone.mid)

    assert [seen.mid for seen in website.thread()] == [kept.mid]


def test_a_story_that_mentions_the_company_becomes_a_message(
    website: CustomerHands, world: World
) -> None:
    website.arrive_logged_in()

    story = website.publish_story(world.account_username, "look")

    assert story.id
    assert story.mid


def test_the_story_of_a_private_account_says_why_nobody_hears_of_it(
    website: CustomerHands, world: World, meta: MetaControl, customer: Customer
) -> None:
    meta.change_customer(customer.username, private=True)
    website.arrive_logged_in()

    story = website.publish_story(world.account_username, "look")

    assert story.mid is None
    assert "private" in (story.not_sent_because or "")


def test_a_picture_is_sent(website: CustomerHands) -> None:
    website.arrive_logged_in()

    sent = website.send_picture()

    assert [(seen.mid, seen.kind) for seen in website.thread()] == [(sent.mid, "image")]


@pytest.mark.browser
@pytest.mark.browser
def test_a_long_press_on_the_phone_unsends(
    browser: Browser, meta: MetaControl, world: World, customer: Customer
) -> None:
    phone = BrowserHandsLender(browser, meta, world.account_username).on_phone(customer)
    sent = phone.send("pressed for long")

    phone.unsend(sent.mid)

    assert phone.thread() == ()
    browser.close_windows()
