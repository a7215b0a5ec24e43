"""axe-core finds nothing serious on Instagram's, Messenger's and the dashboard's pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page

from harness.clock import SystemClock
from harness.processes import Launcher, free_port
from tests.fakes.axe import serious_on

pytestmark = pytest.mark.browser
WEB, PHONE, MESSENGER = "/www.instagram.com", "/instagram-app", "/www.messenger.com"
COMPANY = "empresa.exemplo"
CUSTOMER_PAGES = [
    *(
        f"{surface}/{page}"
        for surface in (WEB, PHONE)
        for page in (
            f"{COMPANY}/",
            f"{COMPANY}/p/4/",
            f"direct/t/{COMPANY}/",
            "stories/new/",
            "accounts/settings/",
        )
    ),
    f"{MESSENGER}/t/{COMPANY}/",
]
OWNER_PAGES = ["business/?folder=requests", "business/t/ana.silva/", "business/settings/"]
TABS = ["settings/basic/", "login/", "roles/", "webhooks/?object=page", "review/"]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One in which somebody wrote, is invited and asks for a permission."""
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port), "--threads", "16"]
    folder: Path = tmp_path_factory.mktemp("emulator")
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/_control/health")
        person = f"{base}/_control/customers/ana.silva"
        for platform in ("instagram", "messenger"):
            said = {"text": "oi", "platform": platform}
            requests.post(f"{person}/messages", json=said, timeout=5).raise_for_status()
        requests.patch(person, json={"role_accepted": False}, timeout=5).raise_for_status()
        draft = f"{base}/_control/app-review/permissions/instagram_basic"
        requests.put(draft, json={}, timeout=5).raise_for_status()
        yield base


@pytest.fixture(params=[1440, 360])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": request.param, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(5000)
    yield opened
    context.close()


def test_pages_of_a_customer(emulator: str, page: Page) -> None:
    me = world(emulator)["customers"][0]
    for surface in (WEB, PHONE, MESSENGER):
        log_in(page, f"{emulator}{surface}", me["username"], me["password"])

    assert trouble(page, [emulator + path for path in CUSTOMER_PAGES]) == {}


def test_pages_of_the_company(emulator: str, page: Page) -> None:
    person = requests.get(f"{emulator}/_control/login", timeout=5).json()["instagram"]["person"]
    for surface in (WEB, PHONE):
        log_in(page, f"{emulator}{surface}", person["login"], person["password"])

    pages = [f"{emulator}{surface}/{path}" for surface in (WEB, PHONE) for path in OWNER_PAGES]
    assert trouble(page, pages) == {}


def test_pages_of_the_dashboard(emulator: str, page: Page) -> None:
    home = f"{emulator}/developers.facebook.com/apps/{world(emulator)['app']['id']}"

    assert trouble(page, [f"{home}/{tab}" for tab in TABS]) == {}


def test_a_form_that_is_refused(emulator: str, page: Page) -> None:
    home = f"{emulator}/developers.facebook.com/apps/{world(emulator)['app']['id']}"
    page.goto(f"{home}/settings/basic/")
    page.get_by_label("Contact e-mail").fill("nobody")
    page.get_by_label("Contact e-mail").press("Enter")

    page.get_by_test_id("field-error").wait_for()

    assert serious_on(page) == []


def world(emulator: str) -> Any:
    return requests.get(f"{emulator}/_control/world", timeout=5).json()


def log_in(page: Page, surface: str, login: str, password: str) -> None:
    page.goto(f"{surface}/accounts/login/")
    page.get_by_test_id("login-username").fill(login)
    page.get_by_test_id("login-password").fill(password)
    page.get_by_test_id("log-in").click()


def trouble(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What axe-core finds and how far a page scrolls sideways, by address."""
    found = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[address] = serious_on(page) + (["scrolls sideways"] if wide else [])
    return {address: wrong for address, wrong in found.items() if wrong}
