"""Which messages are in sight: the newest, until the agent scrolls up. Without any server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import system_under_test.web

pytestmark = pytest.mark.browser

STATIC = Path(system_under_test.web.__file__).parent / "static"
PAGE = """<!doctype html><title>log</title>
<div id="log" tabindex="0" style="height: 300px; overflow-y: auto"></div>
<button hidden>newest</button>"""
# Messages whose pictures become high only after the log was scrolled to its end, and before the
# browser has told of that scrolling; how far from the end the log then is.
OPEN = """async () => {
  const { Following } = await import("/console/following.js");
  const next = () => new Promise((done) => requestAnimationFrame(done));
  const log = document.getElementById("log");
  window.following ??= new Following(log, document.querySelector("button"));
  const left = [];
  for (let time = 0; time < 10; time += 1) {
    const lines = Array.from({ length: 9 }, () => document.createElement("div"));
    for (const line of lines) line.style.height = "60px";
    log.replaceChildren(...lines);
    following.begin();
    following.follow();
    for (const line of lines.slice(-3)) line.style.height = "230px";
    await next();
    await next();
    left.push(Math.round(log.scrollHeight - log.scrollTop - log.clientHeight));
  }
  return left;
}"""
GROW = """() => {
  const line = document.createElement("div");
  line.style.height = "200px";
  document.getElementById("log").append(line);
  following.follow();
}"""
TOP = "document.getElementById('log').scrollTop"


@pytest.fixture
def page(chromium: Browser) -> Page:
    opened = chromium.new_page()
    opened.route("http://console.test/**", serve)
    opened.goto("http://console.test/")
    return opened


def serve(route: Route) -> None:
    name = route.request.url.removeprefix("http://console.test/")
    if name:
        route.fulfill(path=STATIC / name, content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html")


def test_the_newest_message_stays_in_sight_while_pictures_arrive(page: Page) -> None:
    assert page.evaluate(OPEN) == [0] * 10
    expect(page.locator("button")).to_be_hidden()


def test_who_scrolls_up_is_left_there_and_finds_the_way_back(page: Page) -> None:
    page.evaluate(OPEN)
    page.locator("#log").press("Home")
    expect(page.locator("button")).to_be_visible()
    page.wait_for_function(f"{TOP} === 0")

    page.evaluate(GROW)
    assert page.evaluate(TOP) == 0

    page.locator("button").click()
    expect(page.locator("button")).to_be_hidden()
    assert page.evaluate(TOP) > 0
