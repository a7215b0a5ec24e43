"""The emulated Instagram in a real browser, against the emulator as a process."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from harness.clock import SystemClock
from harness.processes import Launcher, free_port

pytestmark = pytest.mark.browser

WEB, PHONE, MESSENGER = "/www.instagram.com", "/instagram-app", "/www.messenger.com"
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> <script>alert(1)</script> {{ 7*7 }}"
LONG_PRESS_MS = 1000


@dataclass(frozen=True)
class Emulator:
    """The emulator as testers drive it."""

    base: str

    def call(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(self.base + path, data, headers, method=method)
        with urlopen(request, timeout=5) as answer:
            return json.load(answer)

    @property
    def me(self) -> dict[str, Any]:
        return self.call("GET", "/_control/world")["customers"][0]

    def company_writes(self, text: str) -> None:
        token = self.call("GET", "/_control/world")["page"]["access_token"]
        message = {"recipient": {"id": self.me["igsid"]}, "message": {"text": text}}
        self.call("POST", f"/v25.0/me/messages?access_token={token}", message)

    def events(self) -> list[str]:
        """What would be told to the company's app; it has no webhook here, so all is unsent."""
        entries = self.call("GET", "/_control/journal?kind=webhook_not_sent")["entries"]
        return [name for entry in entries for name in entry["events"]]


class Window:
    """One customer in one window; a verb a gesture."""

    def __init__(self, page: Page, emulator: Emulator, surface: str) -> None:
        self.page = page
        self.emulator = emulator
        self.surface = emulator.base + surface
        self.trouble: list[str] = []
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("dialog", lambda dialog: self.trouble.append(f"dialog {dialog.message}"))
        page.on("request", self._refuse_strangers)

    def _refuse_strangers(self, request: Any) -> None:
        if not request.url.startswith((self.emulator.base, "data:")):
            self.trouble.append(f"request to {request.url}")

    def see(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def open(self, path: str = "/empresa.exemplo/") -> None:
        self.page.goto(self.surface + path)

    def log_in(self) -> None:
        me = self.emulator.me
        self.open()
        self.see("enter").click()
        self.see("login-username").fill(me["username"])
        self.see("login-password").fill(me["password"])
        self.see("log-in").click()

    def enter_direct(self) -> None:
        self.log_in()
        self.see("not-now").click()
        self.see("send-message").click()
        expect(self.see("direct-composer")).to_be_focused()

    def send(self, text: str) -> Locator:
        self.see("direct-composer").fill(text)
        self.see("direct-composer").press("Enter")
        message = self.see("direct-message").last
        expect(message.get_by_test_id("direct-text")).to_have_text(text, use_inner_text=True)
        return message

    def press_down(self, message: Locator) -> None:
        message.get_by_test_id("direct-text").hover()
        self.page.mouse.down()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port), "--threads", "16"]
    folder: Path = tmp_path_factory.mktemp("emulator")
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/_control/health")
        yield Emulator(base)


@pytest.fixture
def emulator(server: Emulator) -> Emulator:
    server.call("POST", "/_control/reset", {"seed": 1})
    return server


@pytest.fixture
def web(chromium: Browser, emulator: Emulator) -> Iterator[Window]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    window = Window(context.new_page(), emulator, WEB)
    yield window
    context.close()
    assert window.trouble == []


@pytest.fixture
def phone(chromium: Browser, emulator: Emulator) -> Iterator[Window]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    window = Window(context.new_page(), emulator, PHONE)
    yield window
    context.close()
    assert window.trouble == []


@pytest.fixture
def messenger(chromium: Browser, emulator: Emulator) -> Iterator[Window]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    window = Window(context.new_page(), emulator, MESSENGER)
    yield window
    context.close()
    assert window.trouble == []


@pytest.fixture
def slow_phone(phone: Window) -> Window:
    """A phone in Direct whose clock stands still until a test lets it run."""
    phone.page.clock.install()
    phone.enter_direct()
    phone.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=10))
    return phone


def test_the_company_page_leads_into_direct(web: Window) -> None:
    web.log_in()
    expect(web.see("save-login")).to_contain_text("Save your login information?")

    web.see("not-now").click()

    expect(web.page).to_have_title("empresa.exemplo")
    expect(web.see("send-message")).to_have_text("Send Message")


def test_a_wrong_password_is_refused(web: Window) -> None:
    web.open()
    web.see("enter").click()
    web.see("login-username").fill(web.emulator.me["username"])
    web.see("login-password").fill("wrong")

    web.see("log-in").click()

    expect(web.see("login-error")).to_be_visible()


def test_not_now_is_not_asked_again(web: Window) -> None:
    web.log_in()
    web.see("not-now").click()

    web.open("/accounts/logout/")
    web.log_in()

    expect(web.see("send-message")).to_be_visible()


@pytest.mark.parametrize("surface", ["web", "phone"])
def test_hostile_text_stays_text(surface: str, request: pytest.FixtureRequest) -> None:
    window: Window = request.getfixturevalue(surface)
    window.enter_direct()

    message = window.send(HOSTILE)

    expect(message.locator("img, script")).to_have_count(0)
    expect(window.page).not_to_have_title("owned")


def test_shift_and_enter_break_the_line(web: Window) -> None:
    web.enter_direct()
    composer = web.see("direct-composer")
    composer.press_sequentially("one")
    composer.press("Shift+Enter")
    composer.press_sequentially("two")

    composer.press("Enter")

    text = web.see("direct-text")
    expect(text).to_have_text("one\ntwo", use_inner_text=True)


def test_quick_messages_keep_their_order(web: Window) -> None:
    web.enter_direct()
    composer = web.see("direct-composer")

    composer.press_sequentially("1\n2\n3\n4\n5\n")

    expect(web.see("direct-text")).to_have_text(["1", "2", "3", "4", "5"])


def test_the_answer_arrives_without_reload(web: Window) -> None:
    web.enter_direct()
    web.send("Hello!")
    web.page.evaluate("window.sameDocument = true")

    web.emulator.company_writes("Good morning")

    answer = web.page.locator('[data-testid="direct-message"][data-from="business"]')
    expect(answer).to_contain_text("Good morning")
    assert web.page.evaluate("window.sameDocument")


def test_news_leave_an_open_menu_alone(web: Window) -> None:
    web.enter_direct()
    message = web.send("Hello!")
    message.hover()
    message.get_by_test_id("message-menu").click()

    web.emulator.company_writes("Good morning")

    expect(web.see("direct-message")).to_have_count(2)
    expect(web.see("unsend")).to_be_visible()


def test_unsending_on_the_website_tells_nobody(web: Window) -> None:
    web.enter_direct()
    message = web.send("oops")
    message.hover()
    message.get_by_test_id("message-menu").click()
    message.get_by_test_id("unsend").click()

    web.see("unsend-confirm").click()

    expect(web.see("direct-message")).to_have_count(0)
    assert web.emulator.events() == ["message"]


def test_the_menu_of_the_website_is_reached_by_keyboard(web: Window) -> None:
    web.enter_direct()
    web.send("oops")
    web.page.keyboard.press("Shift+Tab")
    web.page.keyboard.press("Enter")
    web.page.keyboard.press("Tab")
    web.page.keyboard.press("Enter")

    web.page.keyboard.press("Enter")

    expect(web.see("direct-message")).to_have_count(0)


def test_a_press_of_less_than_a_second_does_nothing(slow_phone: Window) -> None:
    message = slow_phone.send("stays")
    slow_phone.press_down(message)
    slow_phone.page.clock.run_for(LONG_PRESS_MS - 1)
    slow_phone.page.mouse.up()

    slow_phone.page.clock.run_for(2 * LONG_PRESS_MS)

    expect(slow_phone.see("message-menu")).to_be_hidden()


def test_a_press_of_a_second_opens_the_menu(slow_phone: Window) -> None:
    message = slow_phone.send("oops")
    slow_phone.press_down(message)
    slow_phone.page.clock.run_for(LONG_PRESS_MS)
    slow_phone.page.mouse.up()
    expect(slow_phone.see("message-menu")).to_be_visible()

    slow_phone.see("unsend").click()

    expect(slow_phone.see("direct-message")).to_have_count(0)
    assert slow_phone.emulator.events() == ["message", "unsend"]


def test_a_finger_opens_the_menu_as_well(slow_phone: Window) -> None:
    box = slow_phone.send("oops").get_by_test_id("direct-text").bounding_box()
    assert box is not None
    touch = [{"x": box["x"] + 5, "y": box["y"] + 5}]
    fingers = slow_phone.page.context.new_cdp_session(slow_phone.page)
    start = {"type": "touchStart", "touchPoints": touch}
    fingers.send("Input.dispatchTouchEvent", start)

    slow_phone.page.clock.run_for(LONG_PRESS_MS)

    expect(slow_phone.see("message-menu")).to_be_visible()


def test_a_finger_that_moves_away_opens_nothing(slow_phone: Window) -> None:
    message = slow_phone.send("stays")
    slow_phone.press_down(message)
    slow_phone.page.mouse.move(20, 300)

    slow_phone.page.clock.run_for(2 * LONG_PRESS_MS)

    expect(slow_phone.see("message-menu")).to_be_hidden()


def test_the_company_s_messages_have_no_menu(slow_phone: Window) -> None:
    slow_phone.send("Hello!")
    slow_phone.emulator.company_writes("Good morning")
    slow_phone.page.reload()
    answer = slow_phone.page.locator('[data-from="business"]')
    slow_phone.press_down(answer)

    slow_phone.page.clock.run_for(2 * LONG_PRESS_MS)

    expect(slow_phone.see("message-menu")).to_be_hidden()


@pytest.mark.parametrize("surface", ["web", "phone"])
def test_a_story_that_mentions_the_company(surface: str, request: pytest.FixtureRequest) -> None:
    window: Window = request.getfixturevalue(surface)
    window.log_in()
    window.see("not-now").click()
    window.see("new-story").click()
    window.see("story-caption").fill("My mug")
    window.see("story-mention").fill("@empresa.exemplo")
    window.see("share-story").click()
    expect(window.see("story-shared")).to_contain_text("24 hours")

    window.open("/direct/t/empresa.exemplo/")

    message = window.see("direct-message")
    expect(message).to_contain_text("You mentioned @empresa.exemplo in your story")
    assert message.locator("img").evaluate("async i => (await i.decode(), i.naturalWidth)") > 0


def test_an_expired_story_shows_that_it_is_gone(web: Window) -> None:
    me = web.emulator.me["username"]
    stories = f"/_control/customers/{me}/stories"
    story = web.emulator.call("POST", stories, {"mentions": ["empresa.exemplo"]})
    web.emulator.call("POST", f"{stories}/{story['id']}/expire")

    web.enter_direct()

    expect(web.see("direct-message")).to_contain_text("Story no longer available")


def test_without_scripts_direct_works_as_forms(chromium: Browser, emulator: Emulator) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        plain = Window(context.new_page(), emulator, WEB)
        plain.log_in()
        plain.see("not-now").click()
        plain.see("send-message").click()
        plain.see("direct-composer").fill("no script")
        plain.see("direct-send").click()
        expect(plain.see("direct-text")).to_have_text("no script")
        plain.see("message-menu").click()
        plain.see("unsend").click()
        plain.see("unsend-confirm").click()
        expect(plain.see("direct-message")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_of_the_website_scrolls_sideways(
    chromium: Browser, emulator: Emulator, width: int
) -> None:
    with chromium.new_context(viewport={"width": width, "height": 740}) as context:
        web = Window(context.new_page(), emulator, WEB)
        web.enter_direct()
        web.send("a-word-without-any-place-to-break-" * 20)
        hidden = "document.documentElement.scrollWidth - innerWidth"

        direct = web.page.evaluate(hidden)
        web.open()
        company = web.page.evaluate(hidden)
        web.open("/stories/new/")

        assert (direct, company, web.page.evaluate(hidden)) == (0, 0, 0)


def test_messenger_shows_the_answer_of_the_page_beside_what_was_written(messenger: Window) -> None:
    me = messenger.emulator.me
    messenger.open("/")
    messenger.see("login-username").fill(me["username"])
    messenger.see("login-password").fill(me["password"])
    messenger.see("log-in").click()

    messenger.send(HOSTILE)
    on_messenger = "?platform=messenger"
    psid = messenger.emulator.call("GET", f"/_control/customers/{me['username']}{on_messenger}")
    token = messenger.emulator.call("GET", "/_control/world")["page"]["access_token"]
    message = {"recipient": {"id": psid["igsid"]}, "message": {"text": "Já lhe respondo"}}
    messenger.emulator.call("POST", f"/v25.0/me/messages?access_token={token}", message)

    expect(messenger.see("direct-text")).to_have_text([HOSTILE, "Já lhe respondo"])
    expect(messenger.page).not_to_have_title("owned")
    assert "messenger_message" in messenger.emulator.events()


def test_the_company_s_side_shows_what_comes_without_reload(web: Window) -> None:
    me = web.emulator.me["username"]
    person = web.emulator.call("GET", "/_control/login")["instagram"]["person"]
    at = f"/_control/customers/{me}/messages"
    web.emulator.call("POST", at, {"text": "Oi"})
    web.open("/accounts/login/")
    web.see("login-username").fill(person["login"])
    web.see("login-password").fill(person["password"])
    web.see("log-in").click()
    web.page.wait_for_load_state()
    web.open(f"/business/t/{me}/")
    web.page.evaluate("window.isTheSamePage = true")

    web.emulator.call("POST", at, {"text": HOSTILE})
    web.emulator.call("POST", at, {"attachment": "image"})

    expect(web.see("owner-message")).to_have_count(3)
    expect(web.see("owner-message").nth(1)).to_have_text(HOSTILE)
    expect(web.see("owner-message").nth(2).locator("img")).to_be_visible()
    assert web.page.evaluate("window.isTheSamePage")
    expect(web.page).not_to_have_title("owned")
