"""The App Dashboard in a browser: from a rejected submission to a stranger who is heard."""

from __future__ import annotations

import http.server
import os
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect

from harness.clock import SystemClock
from harness.processes import Launcher, free_port

pytestmark = pytest.mark.browser
MESSAGES = "instagram_manage_messages"
PERMISSION = f'[data-testid="permission"][data-permission="{MESSAGES}"]'
DESCRIPTION = (
    "Agents read what customers write to the company on Instagram, and answer every message "
    "from one console; without the permission nobody could be served."
)
STEPS = "1. Open the page.\n2. Log in.\n3. Press ENTER and answer the message."


class Dashboard:
    """One window on the dashboard, and the control API beside it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        page.set_default_timeout(5000)
        world = self.control("GET", "world")
        self.home = f"{base}/developers.facebook.com/apps/{world['app']['id']}"
        self.token = world["page"]["access_token"]
        self.tester = world["customers"][0]

    def see(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def open(self, tab: str) -> None:
        self.page.goto(f"{self.home}/")
        self.see(f"tab-{tab}").click()

    def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.base}/_control/{path}", json=body, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def use_the_app(self) -> None:
        """What an app does that reads, and answers, a message."""
        self.control("POST", f"customers/{self.tester['username']}/messages", {"text": "Hello"})
        reply = {"recipient": {"id": self.tester["igsid"]}, "message": {"text": "Hi"}}
        url = f"{self.base}/v25.0/me/messages?access_token={self.token}"
        assert requests.post(url, json=reply, timeout=10).ok

    def go_through_the_steps(self, callback: Callback) -> None:
        """The steps of a review, each one waiting until the app was told."""
        person = f"customers/{self.tester['username']}"
        mid = self.control("POST", f"{person}/messages", {"text": "Bye"})["mid"]
        callback.wait_for(b"Bye")
        self.control("POST", f"{person}/stories", {"mentions": ["empresa.exemplo"]})
        callback.wait_for(b"story_mention")
        self.control("POST", f"{person}/messages/{mid}/unsend", {"surface": "mobile"})
        callback.wait_for(b"is_deleted")

    def overflow(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


class Callback(http.server.ThreadingHTTPServer):
    """An app's callback that verifies, takes everything and keeps it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), CallbackHandler)
        self.told: queue.Queue[bytes] = queue.Queue()
        self.url = f"http://127.0.0.1:{self.server_port}/webhook"

    def wait_for(self, part: bytes) -> None:
        """Until a delivery has it."""
        while part not in self.told.get(timeout=5):
            pass


class CallbackHandler(http.server.BaseHTTPRequestHandler):
    server: Callback

    def do_GET(self) -> None:
        self.reply(parse_qs(urlsplit(self.path).query)["hub.challenge"][0].encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(b"")
        self.server.told.put(body)

    def reply(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the test's output clean."""


@pytest.fixture
def callback() -> Iterator[Callback]:
    with Callback() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port), "--threads", "16"]
    folder: Path = tmp_path_factory.mktemp("emulator")
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/_control/health")
        yield base


@pytest.fixture(params=[1440, 360])
def dashboard(
    request: pytest.FixtureRequest, chromium: Browser, server: str
) -> Iterator[Dashboard]:
    requests.post(f"{server}/_control/reset", timeout=5)
    context = chromium.new_context(viewport={"width": request.param, "height": 900})
    yield Dashboard(context.new_page(), server)
    context.close()


def test_a_submission_is_rejected_mended_and_approved(
    dashboard: Dashboard, callback: Callback, tmp_path: Path
) -> None:
    dashboard.use_the_app()
    _fill_settings(dashboard)
    dashboard.open("review")
    _request_access(dashboard, tmp_path / "walkthrough.webm")
    page = dashboard.page
    page.get_by_label("Address of the application").fill(f"{dashboard.base}/_control/health")
    page.get_by_label("Username of the app").fill("reviewer")
    page.get_by_label("Password of the app").fill("secret")
    page.get_by_label("Steps").fill(STEPS)
    dashboard.see("save-access").click()
    dashboard.see("submit-review").click()
    expect(dashboard.page.locator(PERMISSION)).to_contain_text("In review")
    assert dashboard.overflow() == 0

    dashboard.see("decide").click()

    reasons = dashboard.see("finding").evaluate_all("all => all.map((one) => one.dataset.reason)")
    assert set(reasons) == {"webhook"}, "the app is subscribed to nothing"
    expect(dashboard.see("decision")).to_have_text("not approved")

    _subscribe(dashboard, callback)
    dashboard.go_through_the_steps(callback)
    dashboard.open("review")
    dashboard.page.locator(PERMISSION).get_by_test_id("request-access").click()
    expect(dashboard.see("description")).to_have_value(DESCRIPTION)
    dashboard.see("save-form").click()
    dashboard.see("submit-review").click()
    dashboard.see("decide").click()
    expect(dashboard.page.locator(PERMISSION)).to_contain_text("Advanced Access")
    expect(dashboard.see("submission")).to_have_count(2)
    stranger = dashboard.control("POST", "customers", {})["username"]
    dashboard.control("POST", f"customers/{stranger}/messages", {"text": "No role"})
    callback.wait_for(b"No role")
    assert dashboard.overflow() == 0

    dashboard.see("give-back").click()
    expect(dashboard.page.locator(PERMISSION)).to_contain_text("then taken away")


def _subscribe(dashboard: Dashboard, callback: Callback) -> None:
    dashboard.open("webhooks")
    dashboard.see("callback-url").fill(callback.url)
    dashboard.page.get_by_label("messages", exact=True).check()
    dashboard.see("verify-and-save").click()
    expect(dashboard.see("said")).to_have_text("Verified and saved.")
    url = f"{dashboard.base}/v25.0/me/subscribed_apps?access_token={dashboard.token}"
    answer = requests.post(url, json={"subscribed_fields": "messages"}, timeout=10)
    assert answer.ok, answer.text


def _fill_settings(dashboard: Dashboard) -> None:
    dashboard.open("settings")
    page = dashboard.page
    page.get_by_label("Contact e-mail").fill("app@example.com")
    page.get_by_label("Category").fill("Business")
    page.get_by_label("Privacy policy URL").fill(f"{dashboard.base}/_control/health")
    page.get_by_label("Data deletion instructions").fill("http://127.0.0.1/deletion")
    page.get_by_label("Icon width").fill("1024")
    page.get_by_label("Icon height").fill("1024")
    page.get_by_label("Business Verification").check()
    page.get_by_label("data handling").check()
    dashboard.see("save-settings").click()
    expect(dashboard.see("said")).to_have_text("Saved.")
    assert dashboard.overflow() == 0


def _request_access(dashboard: Dashboard, film: Path) -> None:
    film.write_bytes(b"a film of 26 bytes, or so ")
    dashboard.page.locator(PERMISSION).get_by_test_id("request-access").click()
    dashboard.see("description").fill(DESCRIPTION)
    dashboard.see("account").fill("@empresa.exemplo")
    dashboard.see("experience").select_option("live_agent")
    for question in ("story_replies", "story_mentions", "unsent_messages", "escalation"):
        dashboard.see(question).fill("An agent sees it in the conversation.")
    dashboard.page.get_by_label("business_management").check()
    dashboard.see("recording").set_input_files(film)
    for part in ("login", "grant", "message", "reply", "unsend", "direct"):
        dashboard.see(f"shows-{part}").check()
    assert dashboard.overflow() == 0
    dashboard.see("save-form").click()
    expect(dashboard.see("said")).to_contain_text("Saved what is said")


def test_a_role_counts_once_it_is_accepted(dashboard: Dashboard) -> None:
    stranger = dashboard.control("POST", "customers", {})["username"]
    dashboard.open("roles")
    dashboard.see("invite-username").fill(f"@{stranger}")
    dashboard.see("invite").click()
    row = dashboard.page.locator(f'[data-username="{stranger}"]')
    expect(row).to_contain_text("invited, not accepted")

    row.get_by_test_id("accept-role").click()

    expect(row).not_to_contain_text("not accepted")
    assert dashboard.control("GET", f"customers/{stranger}")["role_accepted"] is True
    assert dashboard.overflow() == 0


def test_a_callback_that_does_not_verify_is_not_saved(dashboard: Dashboard) -> None:
    dashboard.open("webhooks")
    dashboard.see("callback-url").fill(f"{dashboard.base}/v25.0/nothing")
    dashboard.page.get_by_label("messages", exact=True).check()
    dashboard.see("verify-and-save").click()

    error = dashboard.page.locator('[data-field="callback_url"]')
    expect(error).to_contain_text("the callback could not be verified: HTTP")
    expect(dashboard.see("callback-url")).to_have_value(f"{dashboard.base}/v25.0/nothing")
    assert dashboard.control("GET", "world")["subscriptions"] == []
    assert dashboard.overflow() == 0


def test_the_secret_is_hidden_until_it_is_asked_for(dashboard: Dashboard) -> None:
    secret = dashboard.control("GET", "world")["app"]["secret"]
    dashboard.open("settings")
    expect(dashboard.see("app-secret")).not_to_contain_text(secret)

    dashboard.see("show-secret").click()

    expect(dashboard.see("app-secret")).to_have_text(secret)


def test_an_app_goes_live_only_with_a_privacy_policy(dashboard: Dashboard) -> None:
    dashboard.control("PATCH", "app", {"mode": "development"})
    dashboard.open("settings")

    dashboard.see("switch-mode").click()

    expect(dashboard.see("problem")).to_contain_text("it needs the privacy policy URL")


def test_forms_of_other_sites_are_refused(dashboard: Dashboard) -> None:
    answer = requests.post(
        f"{dashboard.home}/mode/",
        {"mode": "development"},
        headers={"Origin": "http://evil.example"},
        timeout=5,
    )

    assert answer.status_code == 403
    assert dashboard.control("GET", "world")["app"]["mode"] == "live"


def test_another_app_is_not_found(dashboard: Dashboard) -> None:
    answer = requests.get(f"{dashboard.base}/developers.facebook.com/apps/1/review/", timeout=5)

    assert (answer.status_code, "there is no app 1" in answer.text) == (404, True)
