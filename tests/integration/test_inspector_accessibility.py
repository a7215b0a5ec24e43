"""axe-core finds nothing serious on any page of the inspector, light or dark, wide or narrow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page

from harness.clock import SystemClock
from harness.processes import Launcher, free_port
from tests.fakes.axe import serious_on

pytestmark = pytest.mark.browser

LOOKS = [("light", 1440), ("dark", 360)]
PAGES = {
    "traffic": "entry",
    "traffic/1": "detail",
    "doctor": "finding",
    "doctor/ana.silva/messenger": "finding",
    "customers": "customer",
    "world": "company",
    "app": "test-event",
    "faults": "fault-duplicate",
    "choices": "choices-changed",
    "clock": "now",
}
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One in whose journal is something of every kind."""
    base = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "fake_meta", "--port", str(port), "--threads", "16"]
    folder: Path = tmp_path_factory.mktemp("emulator")
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", command, {}, f"{base}/_control/health")
        control = f"{base}/_control"
        requests.get(f"{base}/v25.0/me?access_token=nonsense", timeout=5)
        requests.post(f"{control}/customers/ana.silva/messages", json={"text": "oi"}, timeout=5)
        requests.post(f"{control}/faults", json={"name": "duplicate"}, timeout=5)
        requests.post(f"{control}/marks", json={"name": "before"}, timeout=5)
        requests.post(f"{control}/accounts", json={"username": "loja.dois"}, timeout=5)
        yield base


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    opened = context.new_page()
    opened.set_default_timeout(5000)
    yield opened
    context.close()


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_inspector_is_accessible(
    emulator: str, page: Page, scheme: str, width: int, place: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{emulator}/#/{place}")
    page.reload()
    page.get_by_test_id(PAGES[place]).first.wait_for()
    page.evaluate(OPEN_ALL)

    assert serious_on(page) == []


def test_what_is_not_accessible_is_found(emulator: str, page: Page) -> None:
    page.goto(f"{emulator}/#/clock")
    page.get_by_test_id("now").wait_for()
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert [one.split(":")[0] for one in serious_on(page)] == ["image-alt"]
