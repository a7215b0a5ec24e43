"""The emulator's inspector in a real browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect

from harness.clock import SystemClock
from harness.processes import Launcher, free_port

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> oi"


class Inspector:
    """A window with the inspector, and the control API beside it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.trouble: list[str] = []
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda said: self.trouble.append(said.text))

    def open(self, place: str) -> None:
        self.page.goto(f"{self.base}/#/{place}")

    def see(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def control(self, method: str, path: str, body: object = None) -> Any:
        answer = requests.request(method, f"{self.base}/_control/{path}", json=body, timeout=5)
        assert answer.ok, answer.text
        return answer.json()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        script = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(script))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port), "--threads", "16"]
    folder: Path = tmp_path_factory.mktemp("emulator")
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/_control/health")
        yield base


@pytest.fixture(params=[1440, 360])
def inspector(
    request: pytest.FixtureRequest, chromium: Browser, server: str
) -> Iterator[Inspector]:
    requests.post(f"{server}/_control/reset", timeout=5)
    context = chromium.new_context(viewport={"width": request.param, "height": 800})
    window = Inspector(context.new_page(), server)
    yield window
    context.close()
    assert window.trouble == []


def test_what_happens_appears_without_reload_and_says_why_nothing_was_sent(
    inspector: Inspector,
) -> None:
    inspector.open("traffic")
    expect(inspector.page.get_by_text("Nothing came or went yet")).to_be_visible()

    inspector.control("POST", "customers/ana.silva/messages", {"text": HOSTILE})
    inspector.see("entry").first.click()

    expect(inspector.see("entry")).to_have_count(1)
    expect(inspector.see("reason")).to_contain_text("no webhook subscription")
    assert inspector.overflow() == 0

    inspector.see("ask-doctor").click()
    expect(inspector.see("diagnosis")).to_contain_text("First to mend: app subscription.")


def test_an_exchange_shows_body_and_curl_without_the_token_until_asked(
    inspector: Inspector,
) -> None:
    token = inspector.control("GET", "world")["page"]["access_token"]
    requests.get(f"{inspector.base}/v25.0/me?access_token={token}", timeout=5)
    inspector.open("traffic")
    inspector.see("entry").first.click()

    expect(inspector.see("response-body")).to_contain_text('"name":"Empresa Exemplo"')
    expect(inspector.see("curl")).to_contain_text("access_token=••••••")
    inspector.see("reveal").check()

    expect(inspector.see("curl")).to_contain_text(token)
    assert inspector.overflow() == 0


def test_the_keyboard_moves_filters_and_closes(inspector: Inspector) -> None:
    for text in ("primeiro", "segundo"):
        inspector.control("POST", "customers/ana.silva/messages", {"text": text})
    requests.get(f"{inspector.base}/v25.0/404", timeout=5)
    inspector.open("traffic")
    expect(inspector.see("entry")).to_have_count(3)

    inspector.page.keyboard.press("j")
    expect(inspector.see("detail")).to_contain_text("GET /v25.0/404")
    inspector.page.keyboard.press("j")
    expect(inspector.see("detail")).to_contain_text("message")
    inspector.page.keyboard.press("Escape")
    expect(inspector.see("detail")).to_be_hidden()
    inspector.page.keyboard.press("/")
    inspector.page.keyboard.type("ana.silva")

    expect(inspector.see("entry")).to_have_count(2)
    expect(inspector.see("count")).to_have_text("2 of 3")


def test_a_customer_with_a_hostile_name_writes_from_the_page(inspector: Inspector) -> None:
    made = inspector.control("POST", "customers", {"name": HOSTILE})
    inspector.open("customers")
    card = inspector.page.locator(f'[data-username="{made["username"]}"]')

    expect(card).to_contain_text(HOSTILE)
    card.get_by_test_id("write-text").fill("da página")
    card.get_by_test_id("write").click()
    expect(card.get_by_test_id("write-text")).to_have_value("")

    thread = inspector.control("GET", f"customers/{made['username']}/thread")
    assert [one["text"] for one in thread["messages"]] == ["da página"]
    assert inspector.page.title() == "fake_meta · customers"
    assert inspector.overflow() == 0


def test_the_doctor_names_what_to_mend_first(inspector: Inspector) -> None:
    inspector.open("doctor/ana.silva")

    expect(inspector.see("diagnosis")).to_contain_text("First to mend: app subscription.")
    expect(inspector.see("finding")).to_have_count(8)
    assert inspector.overflow() == 0


def test_the_app_page_changes_access_and_the_clock_page_time(inspector: Inspector) -> None:
    inspector.open("app")
    inspector.page.get_by_label("instagram_manage_messages").select_option("advanced")
    expect(inspector.page.locator("#notice")).to_contain_text("advanced access")
    inspector.open("clock")
    inspector.page.get_by_text("Advance 24 hours").click()
    expect(inspector.page.locator("#notice")).to_contain_text("24 hours later")

    access = inspector.control("GET", "world")["app"]["access"]
    assert access["instagram_manage_messages"] == "advanced"
    # The clock is set to an instant, so a millisecond of the way there is missing from the offset.
    assert inspector.control("GET", "clock")["offset_ms"] >= 86_399_000
    assert inspector.overflow() == 0


def test_choices_are_changed_and_the_clock_is_hurried(inspector: Inspector) -> None:
    inspector.open("choices")
    inspector.see("choice-other_2xx").select_option("failure")
    expect(inspector.see("choices-changed")).to_have_text("1 not the default.")
    choices_fit = inspector.overflow() == 0
    inspector.open("clock")
    inspector.see("scale-60").click()
    expect(inspector.page.get_by_text("running 60 times as fast")).to_be_visible()

    assert inspector.control("GET", "world")["choices"] == {"other_2xx": "failure"}
    assert inspector.control("GET", "clock")["scale"] == 60
    assert choices_fit


def test_a_fault_is_switched_on_seen_and_switched_off(inspector: Inspector, server: str) -> None:
    inspector.open("faults")
    inspector.see("faults-none").wait_for()
    inspector.see("fault-duplicate").locator("summary").click()
    inspector.see("fault-duplicate").get_by_label("copies").fill("3")
    inspector.see("fault-duplicate").get_by_label("customer").fill("ana.silva")
    inspector.see("fault-on-duplicate").press("Enter")
    expect(inspector.see("fault-switched")).to_contain_text("copies 3 · customer ana.silva")
    assert inspector.overflow() == 0
    on = requests.get(f"{server}/_control/faults", timeout=5).json()["on"]

    inspector.see("faults-off").click()
    inspector.see("faults-none").wait_for()

    assert [(one["name"], one["times_left"]) for one in on] == [("duplicate", 1)]


def test_an_emulator_with_a_token_asks_for_it_and_the_window_keeps_it(
    chromium: Browser, tmp_path: Path
) -> None:
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port), "--control-token", "abc-1"]
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    with Launcher(tmp_path, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/_control/health")
        page = context.new_page()
        page.goto(f"{base}/#/app")
        page.get_by_test_id("control-token").fill("wrong")
        page.get_by_test_id("sign-in").click()
        expect(page.get_by_test_id("sign-in-error")).to_be_visible()

        page.get_by_test_id("control-token").fill("abc-1")
        page.get_by_test_id("sign-in").click()
        expect(page.get_by_text("Empresa Exemplo").first).to_be_visible()
        page.reload()

        expect(page.get_by_text("Empresa Exemplo").first).to_be_visible()
        expect(page.get_by_test_id("control-token")).to_have_count(0)
    context.close()


def test_a_company_joins_and_closes_its_inbox(inspector: Inspector) -> None:
    inspector.open("world")
    inspector.see("company-name").fill("loja.dois")
    inspector.see("new-company").click()
    card = inspector.page.locator('[data-username="loja.dois"]')
    card.get_by_label("Allow access to messages").uncheck()
    expect(inspector.page.locator("#notice")).to_contain_text("@loja.dois: access to messages not")
    hidden = card.inner_text()
    inspector.see("reveal").check()
    token = inspector.control("GET", "world")["accounts"][1]["page"]["access_token"]
    expect(card).to_contain_text(token)

    assert token not in hidden
    assert not inspector.control("GET", "account?account=loja.dois")["message_access"]
    assert inspector.control("GET", "account")["message_access"]
    assert inspector.overflow() == 0


def test_the_world_returns_to_a_mark_to_a_file_and_to_its_beginning(
    inspector: Inspector, tmp_path: Path
) -> None:
    inspector.open("world")
    inspector.see("mark-name").fill("before <b>")
    inspector.see("keep-mark").click()
    expect(inspector.see("mark").first).to_contain_text("before <b>")
    with inspector.page.expect_download() as saved:
        inspector.see("save-world").click()
    saved.value.save_as(file := tmp_path / "world.snapshot")

    def people() -> int:
        return len(inspector.control("GET", "world")["customers"])

    def joined_after(test_id: str) -> tuple[int, int]:
        inspector.control("POST", "customers", {})
        before = people()
        inspector.see(test_id).first.click()
        expect(inspector.page.locator("#notice")).to_contain_text("before <b>” again")
        return before, people()

    returned = joined_after("return")
    inspector.control("POST", "customers", {})
    inspector.see("snapshot-file").set_input_files(file)
    expect(inspector.page.locator("#notice")).to_contain_text("world.snapshot")
    from_file = people()
    inspector.see("seed").fill("42")
    inspector.see("reset").click()
    expect(inspector.page.locator("#notice")).to_contain_text("seed 42")

    assert (returned, from_file) == ((2, 1), 1)
    assert inspector.control("GET", "world")["seed"] == 42
    inspector.control("DELETE", "marks/before%20%3Cb%3E")
    inspector.control("POST", "reset", {"seed": 1})
