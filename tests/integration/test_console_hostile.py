"""Texts that strangers and colleagues wrote are texts on every page, however they look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, expect

from harness.targets.contract import Credentials
from tests.fakes.console_window import ConsoleWindow, console_window
from tests.fakes.graph_server import running_graph
from tests.fakes.running_console import RunningConsole, console_on, mention, message

pytestmark = pytest.mark.browser

# Each as a customer's name and as a message.
HOSTILE = {
    "markup": "<img src=x onerror=alert(1)> \"'&lt;",
    "end_of_script": "</script><script>alert(1)</script>",
    "end_of_textarea": "</textarea></title><svg onload=alert(1)>",
    "template": "{{7*7}} ${7*7} {% raw %} %(name)s {0}",
    "right_to_left": "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe مرحبا",
    "zero_width": "a\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}b",
    "combining": "Z" + "\N{COMBINING ACUTE ACCENT}" * 40 + "algo",
    "endless": "W" * 200,
    "endless_address": "https://example.com/" + "a" * 180,
    "address_of_script": "javascript:alert(1)//https://",
}
# As names, which must stay in their line; messages are shown as they are.
NAMES = HOSTILE | {
    "right_to_left": "gpj.exe مرحبا",
    "zero_width": "a\N{ZERO WIDTH JOINER}b",
    "combining": "Z" + "\N{COMBINING ACUTE ACCENT}" * 3 + "algo",
    "endless": "W" * 99 + "…",
    "endless_address": HOSTILE["endless_address"][:99] + "…",
}
PEOPLE = {kind: f"36037174630{number:05}" for number, kind in enumerate(HOSTILE)}
MARKUP, ENDLESS = HOSTILE["markup"], HOSTILE["endless"]
WIDTHS = [1440, 360]
RUNS = 'script:not([src]):not([type="application/json"]), img[src="x"], svg[onload]'
BOSS = Credentials("boss", "Cc123*", "")
# Whatever the company itself may name, it may name badly.
SETUP = f"""
[[services]]
name = {json.dumps(MARKUP)}
categories = [{json.dumps(HOSTILE["template"])}]
[[agents]]
login = "boss"
name = {json.dumps(MARKUP + ENDLESS[:40])}
password = "Cc123*"
role = "supervisor"
services = ["Instagram", {json.dumps(MARKUP)}]
[[quick_replies]]
name = "raw"
text = {json.dumps(HOSTILE["end_of_script"] + " {first_name}")}
"""


@pytest.fixture(scope="module")
def console(
    tmp_path_factory: pytest.TempPathFactory, described_database: Path
) -> Iterator[RunningConsole]:
    folder = tmp_path_factory.mktemp("hostile")
    with running_graph() as graph:
        for kind, person in PEOPLE.items():
            graph.profiles[person] = {"name": HOSTILE[kind], "username": "x"}
        with console_on(described_database, folder, graph.url, SETUP) as running:
            told = running.admin("status", "add", "lunch", "--label", MARKUP)
            assert told.returncode == 0, told.stderr
            yield running


@pytest.fixture(scope="module")
def dialogs() -> list[str]:
    """What any page put in front of everybody."""
    return []


@pytest.fixture(scope="module")
def desk(chromium: Browser, console: RunningConsole, dialogs: list[str]) -> Iterator[ConsoleWindow]:
    """Eight of them in the hands of an agent; the others wait."""
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:

        def note(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        window.context.on("dialog", note)
        window.sign_in(BOSS).operate()
        for kind, person in PEOPLE.items():
            console.deliver(message(person, HOSTILE[kind]))
        expect(window.see("conversation")).to_have_count(8)
        yield window


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", [*HOSTILE][:8])
def test_a_name_and_a_message_are_shown_as_written(
    desk: ConsoleWindow, dialogs: list[str], kind: str, width: int
) -> None:
    desk.resize(width)
    at_list(desk)
    desk.see("conversation-name").get_by_text(NAMES[kind], exact=True).click()

    expect(desk.see("conversation-title")).to_contain_text(NAMES[kind])
    expect(desk.see("message-text").first).to_have_text(HOSTILE[kind], use_inner_text=False)
    assert_harmless(desk, dialogs)


def test_addresses_of_scripts_are_no_links(desk: ConsoleWindow, console: RunningConsole) -> None:
    desk.resize(1440)
    person = PEOPLE["markup"]
    console.deliver(message(person, f"see {HOSTILE['address_of_script']} and data:text/html,x"))
    for number, address in enumerate(["javascript:alert(1)", "data:text/html,<script>alert(1)"]):
        console.deliver(mention(person, f"mid.story.{number}", address))
        console.deliver(
            message(person, "", attachments=[{"type": "image", "payload": {"url": address}}])
        )
    desk.see("conversation-name").get_by_text(MARKUP, exact=True).click()
    expect(desk.see("message-log").get_by_text("data:text/html,x")).to_be_visible()

    addresses = desk.page.eval_on_selector_all(
        "a, area, form, iframe, img, video, audio, source, embed, object",
        "all => all.map((one) => one.href ?? one.src ?? one.action ?? one.data).filter(Boolean)",
    )
    assert [one for one in addresses if not one.startswith(("http://", "https://", "blob:"))] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["supervisor", "administration", "repairs"])
def test_pages_for_supervisors_show_the_same_texts(
    desk: ConsoleWindow, console: RunningConsole, dialogs: list[str], path: str, width: int
) -> None:
    home = desk.page.url
    desk.resize(width)
    desk.page.goto(f"{console.url}/interact_multiagent/{path}")
    expect(desk.page.locator("h2").first).to_be_visible()
    if path != "repairs":
        expect(desk.page.get_by_text(MARKUP).first).to_be_attached()

    assert_harmless(desk, dialogs)
    desk.page.goto(home)


def test_a_bad_quick_reply_is_a_text_too(desk: ConsoleWindow, dialogs: list[str]) -> None:
    desk.resize(1440)
    desk.see("conversation").first.click()
    desk.see("composer").fill("/raw")
    desk.see("quick-reply").click()

    text = desk.see("composer").input_value()
    assert text.startswith(HOSTILE["end_of_script"])
    desk.see("composer").fill("")
    assert_harmless(desk, dialogs)


def test_a_bad_label_of_a_status_is_a_text_too(desk: ConsoleWindow, dialogs: list[str]) -> None:
    desk.see("status-menu").click()

    expect(desk.see("status-option-lunch")).to_contain_text(MARKUP)
    assert_harmless(desk, dialogs)
    desk.page.keyboard.press("Escape")


@pytest.mark.parametrize("kind", ["markup", "right_to_left", "endless"])
def test_a_bad_note_and_a_bad_name_of_a_file_are_texts_too(
    desk: ConsoleWindow, dialogs: list[str], kind: str
) -> None:
    desk.resize(1440)
    desk.see("conversation").first.click()
    desk.page.keyboard.press("Alt+n")
    desk.see("composer").fill(HOSTILE[kind])
    desk.page.keyboard.press("Enter")
    expect(desk.see("note-text").last).to_have_text(HOSTILE[kind], use_inner_text=False)
    desk.page.keyboard.press("Alt+n")
    desk.resize(360)
    name = HOSTILE[kind].replace("/", "_") + ".exe"
    picture = {"name": name, "mimeType": "image/png", "buffer": b"MZ"}
    desk.see("attach-input").set_input_files(picture)

    expect(desk.see("staged-file")).to_contain_text(name)
    assert_on_screen(desk, "staged-remove")
    assert_harmless(desk, dialogs)
    desk.see("send").click()
    expect(desk.see("attach-note")).to_contain_text(name)
    assert_on_screen(desk, "attach-note")
    assert_on_screen(desk, "note-text")
    assert_harmless(desk, dialogs)
    if desk.see("staged-remove").count():
        desk.see("staged-remove").click()


def at_list(desk: ConsoleWindow) -> None:
    """A narrow window shows either the list or a talk."""
    desk.page.evaluate("document.querySelector('[data-action=back]').click()")


def assert_on_screen(desk: ConsoleWindow, testid: str) -> None:
    """Nothing of it lies behind the right edge of the window, nor of its own box."""
    hidden = desk.see(testid).last.evaluate(
        "one => Math.max(one.getBoundingClientRect().right - innerWidth,"
        " one.scrollWidth - one.clientWidth)"
    )
    assert hidden <= 0, f"{testid}: {hidden} px cannot be seen"


def assert_harmless(desk: ConsoleWindow, dialogs: list[str]) -> None:
    """Nothing ran, nothing was made of the markup, nothing hangs over the edge."""
    assert dialogs == []
    assert desk.complaints == []
    expect(desk.page.locator(RUNS)).to_have_count(0)
    assert desk.width() <= desk.page.evaluate("window.innerWidth")
