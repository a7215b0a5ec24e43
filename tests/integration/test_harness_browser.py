"""Windows that are lent again and again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from harness.drivers.browser import Browser
from harness.drivers.browser_window import Glass
from harness.errors import HarnessError, TargetError

pytestmark = pytest.mark.browser
REMEMBER = """() => {
  document.cookie = "who=ana; path=/";
  localStorage.setItem("who", "ana");
  sessionStorage.setItem("who", "ana");
  window.name = "ana";
}"""
RECALL = """() => [document.cookie, localStorage.getItem("who"), sessionStorage.getItem("who"),
                   window.name]"""
NOTIFY = """() => {
  if (Notification.permission === "granted") new Notification("New message", {body: "from Ana"});
}"""
ASKED = "() => window.__homologNotifications()"


class Page(BaseHTTPRequestHandler):
    """Always the same page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>page</title><h1>hello</h1>")

    def log_message(self, *words: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    opened = Browser(chromium_path)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def everything_is_given_back(browser: Browser) -> Iterator[None]:
    yield
    browser.close_windows()


def test_a_window_that_is_lent_again_remembers_nothing(browser: Browser, address: str) -> None:
    first = browser.open_window(Glass("console"))
    first.page.goto(address)
    first.read(REMEMBER)
    browser.close_windows()

    second = browser.open_window(Glass("console"))
    second.page.goto(address)

    assert second.read(RECALL) == ["", None, None, ""]
    assert second.context is first.context


def test_a_window_that_was_at_several_places_is_thrown_away(browser: Browser, address: str) -> None:
    first = browser.open_window(Glass("console"))
    first.page.goto(address)
    first.page.goto(address.replace("127.0.0.1", "localhost"))
    browser.close_windows()

    second = browser.open_window(Glass("console"))

    assert second.context is not first.context


def test_windows_that_are_lent_at_once_share_nothing(browser: Browser, address: str) -> None:
    one, other = browser.open_window(Glass("console")), browser.open_window(Glass("console"))
    one.page.goto(address)
    other.page.goto(address)

    one.read(REMEMBER)

    assert other.read(RECALL) == ["", None, None, ""]


def test_the_newest_page_is_in_front(browser: Browser, address: str) -> None:
    window = browser.open_window(Glass("console"))
    window.page.goto(address)

    window.read("address => { window.open(address + 'second'); }", address)
    opened = window.wait_for(lambda: len(window.pages) > 1 or None, timeout_s=5)

    assert opened
    assert window.read("() => location.pathname") == "/second"


def test_a_browser_that_blocks_windows_opens_none(browser: Browser, address: str) -> None:
    window = browser.open_window(Glass("console", blocks_windows=True))
    window.page.goto(address)

    opened = window.read("address => window.open(address) === null", address)

    assert opened is True
    assert len(window.pages) == 1


@pytest.mark.parametrize(
    ("choice", "permission", "shown"),
    [("allow", "granted", [{"title": "New message", "body": "from Ana"}]), ("block", "denied", [])],
)
def test_the_choice_about_notifications_is_made_when_asked(
    browser: Browser, address: str, choice: str, permission: str, shown: list[dict[str, str]]
) -> None:
    window = browser.open_window(Glass("console", notifications=choice))
    window.page.goto(address)
    before = window.read(ASKED)

    window.read("() => { Notification.requestPermission(); }")
    window.read(NOTIFY)

    assert before == {"asked": False, "permission": "default", "shown": []}
    assert window.read(ASKED) == {"asked": True, "permission": permission, "shown": shown}


def test_a_trace_is_kept_only_where_it_is_asked_for(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    browser.open_window(Glass("console")).page.goto(address)
    dropped = browser.close_windows()
    browser.open_window(Glass("console")).page.goto(address)

    kept = browser.close_windows(keep_traces_in=tmp_path)

    assert dropped == ()
    assert [path.name for path in kept] == ["trace-1-console.zip"]
    assert kept[0].stat().st_size > 1000


def test_a_picture_is_taken_only_after_something_was_done(browser: Browser, address: str) -> None:
    window = browser.open_window(Glass("console"))
    window.page.goto(address)

    pictures = [window.shoot(), window.shoot()]

    assert (pictures[0] or b"")[:2] == b"\xff\xd8"
    assert pictures[1] is None


def test_a_window_that_was_given_back_says_so(browser: Browser) -> None:
    window = browser.open_window(Glass("console"))
    browser.close_windows()

    with pytest.raises(HarnessError, match="'console' was closed"):
        _ = window.page


def test_a_page_that_answers_nothing_is_named_in_time(address: str, browser: Browser) -> None:
    browser.answer_s, usual = 0.5, browser.answer_s
    window = browser.open_window(Glass("console"))
    window.page.goto(address)
    window.read("() => { setTimeout(() => { for (;;); }, 0); }")

    with pytest.raises(TargetError, match="'console' answered nothing"):
        window.read("() => document.title")

    assert window.shoot() is None
    browser.close_windows()
    browser.answer_s = usual


def test_a_chromium_that_was_ended_is_started_anew(browser: Browser, address: str) -> None:
    ended = browser.open_window(Glass("console"))
    ended.page.goto(address)
    browser.end_chromium()
    browser.close_windows()

    window = browser.open_window(Glass("console"))
    window.page.goto(address)

    assert window.read("() => document.title") == "page"
