"""What an agent works with beside the talk itself: notes, commands, times, the day, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from harness.targets.contract import Credentials
from tests.fakes.console_window import ConsoleWindow, console_window
from tests.fakes.graph_server import GraphServer, running_graph
from tests.fakes.running_console import RunningConsole, console_on, message

pytestmark = pytest.mark.browser

# For the page it is a moment later.
LATER = "Date.now = ((then) => () => then() + 1200)(Date.now)"
ANA, BIA = "3603717463085785", "3603717463081111"
AGENT = Credentials("reviewer", "Aa123*", "Review Agent")
FIRST, SECOND = "Instagram customer ·5785", "Instagram customer ·1111"
SETUP = """
[[quick_replies]]
name = "hello"
text = "Hello {first_name}, {agent} here, protocol {protocol}."
"""
# Another window lies over this one: it is neither seen nor has the keyboard.
AWAY = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
  document.hasFocus = () => false;
}"""
BACK = """() => {
  delete document.visibilityState;
  delete document.hasFocus;
  window.dispatchEvent(new Event("focus"));
}"""
SOUNDS = """
window.tones = 0;
window.AudioContext = class {
  state = "running"; currentTime = 0; destination = {};
  createGain() {
    const gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    return { gain, connect: (to) => to };
  }
  createOscillator() {
    window.tones += 1;
    return { frequency: {}, connect: (to) => to, start() {}, stop() {} };
  }
};
delete window.Notification;
"""


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    with running_graph() as server:
        yield server


@pytest.fixture
def console(
    tmp_path: Path, described_database: Path, graph: GraphServer
) -> Iterator[RunningConsole]:
    with console_on(described_database, tmp_path, graph.url, SETUP) as running:
        yield running


@pytest.fixture
def desk(chromium: Browser, console: RunningConsole) -> Iterator[ConsoleWindow]:
    with console_window(chromium, f"{console.url}/interact_multiagent", script=SOUNDS) as window:
        yield window.sign_in(AGENT).operate()


def two_conversations(desk: ConsoleWindow, console: RunningConsole) -> None:
    """Ana's in front, Bia's beside it."""
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("conversation")).to_have_count(1)
    console.deliver(message(BIA, "Olá"))
    expect(desk.see("conversation")).to_have_count(2)
    expect(desk.see("conversation-title")).to_contain_text(FIRST)


def test_a_page_tells_a_driver_when_it_is_ready(desk: ConsoleWindow) -> None:
    assert desk.page.evaluate("window.__interact.ready.then(() => 'ready')") == "ready"


def test_a_note_is_written_with_the_keyboard_and_stays(
    desk: ConsoleWindow, console: RunningConsole, graph: GraphServer
) -> None:
    two_conversations(desk, console)
    desk.see("composer").fill("Um rascunho")

    desk.page.keyboard.press("Alt+n")
    expect(desk.see("composer")).to_have_value("")
    expect(desk.see("note-mode")).to_have_attribute("aria-pressed", "true")
    expect(desk.see("attach")).to_be_disabled()
    desk.page.keyboard.type("Cliente antigo")
    desk.page.keyboard.press("Enter")
    expect(desk.see("note-text")).to_have_text("Cliente antigo")
    desk.page.keyboard.press("Alt+n")

    expect(desk.see("composer")).to_have_value("Um rascunho")
    desk.reload()
    expect(desk.see("note-text")).to_have_text("Cliente antigo")
    expect(desk.see("composer")).to_have_value("Um rascunho")
    assert graph.sent == []


def test_the_draft_of_a_note_belongs_to_its_conversation(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    two_conversations(desk, console)
    desk.see("composer").fill("para a Ana")
    desk.page.keyboard.press("Alt+n")
    desk.see("composer").fill("sobre a Ana")

    desk.page.keyboard.press("Alt+2")
    expect(desk.see("conversation-draft")).to_have_text(["Draft", ""])
    expect(desk.see("note-mode")).to_have_attribute("aria-pressed", "false")
    expect(desk.see("composer")).to_have_value("")
    desk.page.keyboard.press("Alt+1")
    desk.page.keyboard.press("Alt+n")

    expect(desk.see("composer")).to_have_value("sobre a Ana")


def test_a_line_stands_before_what_came_while_the_agent_was_elsewhere(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    two_conversations(desk, console)
    desk.page.keyboard.press("Alt+2")
    expect(desk.see("unread-divider")).to_have_count(0)
    console.deliver(message(ANA, "Mais uma"), message(ANA, "e outra"))
    expect(desk.see("conversation-unread").first).to_have_text("2")

    desk.page.keyboard.press("Alt+1")

    after = desk.page.locator('[data-testid="unread-divider"] ~ [data-testid="message"]')
    expect(after.locator('[data-testid="message-text"]')).to_have_text(["Mais uma", "e outra"])
    desk.see("composer").fill("Um momento")
    desk.page.keyboard.press("Enter")
    expect(desk.see("unread-divider")).to_have_count(0)


def test_who_comes_back_to_the_window_sees_what_is_new(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)
    desk.page.evaluate(AWAY)
    console.deliver(message(ANA, "Alguém?"))
    expect(desk.see("conversation-unread")).to_have_text("1")
    expect(desk.page).to_have_title("(1) Interact")

    desk.page.evaluate(BACK)

    expect(desk.see("unread-divider")).to_have_count(1)
    expect(desk.page).to_have_title("Interact")


def test_end_asks_when_something_was_not_read(desk: ConsoleWindow, console: RunningConsole) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)
    desk.page.evaluate(AWAY)
    console.deliver(message(ANA, "Mais uma coisa"))
    expect(desk.see("conversation-unread")).to_have_text("1")

    desk.see("end").click()
    expect(desk.see("end-dialog")).to_contain_text(f"Unread messages from {FIRST}: 1")
    expect(desk.see("end-cancel")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.see("conversation")).to_have_count(1)
    desk.see("end").click()
    desk.see("end-confirm").click()

    expect(desk.see("conversation")).to_have_count(0)


def test_end_asks_nothing_when_all_was_read(desk: ConsoleWindow, console: RunningConsole) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)

    desk.page.keyboard.press("Alt+e")

    expect(desk.see("conversation")).to_have_count(0)
    expect(desk.see("my-day-handled")).to_have_text("1")


def test_a_second_press_of_end_ends_nobody_else(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)
    console.deliver(message(BIA, "Urgente"))
    expect(desk.see("conversation")).to_have_count(2)

    desk.page.keyboard.press("Alt+e")
    expect(desk.see("conversation")).to_have_count(1)
    desk.page.keyboard.press("Alt+e")
    expect(desk.see("end-dialog")).to_be_hidden()
    desk.page.evaluate(LATER)
    expect(desk.see("conversation")).to_have_count(1)
    desk.page.keyboard.press("Alt+e")

    expect(desk.see("end-dialog")).to_contain_text(": 1. After End")
    desk.see("end-cancel").click()
    expect(desk.see("conversation")).to_have_count(1)


def test_end_asks_when_an_answer_is_half_written(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)
    desk.see("composer").fill("Uma resposta pela")

    desk.see("end").click()
    expect(desk.see("end-dialog")).to_contain_text(f"An answer to {FIRST} is half written")
    desk.see("end-cancel").click()

    expect(desk.see("composer")).to_have_value("Uma resposta pela")
    expect(desk.see("conversation")).to_have_count(1)


def test_every_command_is_found_by_its_words(desk: ConsoleWindow, console: RunningConsole) -> None:
    two_conversations(desk, console)
    desk.see("composer").fill("Um rascunho")

    desk.page.keyboard.press("Control+k")
    expect(desk.see("command-input")).to_be_focused()
    desk.page.keyboard.type("go 1111")
    expect(desk.see("command")).to_have_count(1)
    desk.page.keyboard.press("Enter")
    expect(desk.see("conversation-title")).to_contain_text(SECOND)
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("STATUS")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowUp")
    chosen = desk.page.locator('[data-testid="command"][aria-selected="true"]')
    expect(chosen).to_have_text("STATUS: Not ready")
    desk.page.keyboard.press("Enter")

    expect(desk.see("status-current")).to_have_text("Not ready")
    expect(desk.see("command-bar")).to_be_hidden()
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("nothing of this name")
    expect(desk.page.get_by_text("Nothing has this name.")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.see("command-bar")).to_be_hidden()


def test_keys_are_explained_and_do_nothing_inside_a_text(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    two_conversations(desk, console)
    desk.see("composer").fill("Tudo bem")
    desk.page.keyboard.type("?")
    desk.page.keyboard.type("/")
    expect(desk.see("composer")).to_have_value("Tudo bem?/")
    expect(desk.see("help-dialog")).to_be_hidden()

    desk.see("message-log").focus()
    desk.page.keyboard.press("?")

    expect(desk.see("help-dialog")).to_contain_text("Alt+1…8")
    desk.page.keyboard.press("Alt+2")
    expect(desk.see("conversation-title")).to_contain_text(FIRST)
    desk.page.keyboard.press("Escape")
    expect(desk.see("help-dialog")).to_be_hidden()


def test_the_keys_lead_through_a_full_desk(
    desk: ConsoleWindow, console: RunningConsole, graph: GraphServer
) -> None:
    """From the eighth conversation to the last End without a mouse (contact-centre §F)."""
    desk.page.evaluate(
        """() => {
          window.clicks = [];
          const note = (event) => event.detail && window.clicks.push(event.type);
          for (const kind of ["mousedown", "click"]) document.addEventListener(kind, note, true);
        }"""
    )
    people = [f"360371746308{number}" for number in range(1001, 1009)]
    console.deliver(*(message(one, f"Oi, sou {one[-4:]}") for one in people))
    expect(desk.see("conversation")).to_have_count(8)
    title = desk.see("conversation-title")
    names = [f"Instagram customer ·{one[-4:]}" for one in people]

    desk.page.keyboard.press("Alt+1")
    for name in names:
        expect(title).to_contain_text(name)
        desk.page.keyboard.press("Alt+ArrowDown")
    for place in range(8, 0, -1):
        desk.page.keyboard.press(f"Alt+{place}")
        expect(title).to_contain_text(names[place - 1])
        desk.page.keyboard.type(f"Resposta {place}")
        desk.page.keyboard.press("Enter")
        expect(desk.page.locator('[data-direction="out"]')).to_have_attribute("data-state", "sent")
    for left in range(7, -1, -1):
        desk.page.evaluate(LATER)  # time enough to look at what came in front
        desk.page.keyboard.press("Alt+e")
        expect(desk.see("conversation")).to_have_count(left)

    assert sorted(one["message"]["text"] for one in graph.sent) == [
        f"Resposta {n}" for n in range(1, 9)
    ]
    assert desk.page.evaluate("window.clicks") == []


def test_quick_replies_open_from_anywhere_and_know_the_conversation(
    desk: ConsoleWindow, console: RunningConsole, graph: GraphServer
) -> None:
    graph.profiles[ANA] = {"name": "Ana Silva", "username": "ana"}
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("conversation-title")).to_contain_text("Ana Silva")
    protocol = desk.page.locator("dd", has_text=re.compile(r"^\d{8}-\d{6}$")).inner_text()
    desk.see("message-log").focus()

    desk.page.keyboard.press("/")
    desk.page.keyboard.press("Enter")

    expect(desk.see("composer")).to_have_value(
        f"Hello Ana, Review Agent here, protocol {protocol}."
    )


def test_a_quick_reply_calls_nobody_by_a_placeholder(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)
    desk.see("message-log").focus()

    desk.page.keyboard.press("/")
    desk.page.keyboard.press("Enter")

    expect(desk.see("composer")).to_have_value(re.compile("^Hello, Review Agent here"))


def test_the_wait_turns_yellow_then_red_until_the_reply(
    chromium: Browser, console: RunningConsole
) -> None:
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        window = ConsoleWindow(context, page)
        context.clock.install()
        page.goto(f"{console.url}/interact_multiagent")
        window.sign_in(AGENT).operate()
        console.deliver(message(ANA, "Oi"))
        wait = window.see("conversation-wait")
        expect(wait).to_have_attribute("data-level", "fine")

        context.clock.run_for(61_000)
        expect(wait).to_have_attribute("data-level", "warn")
        context.clock.run_for(60_000)
        expect(wait).to_have_attribute("data-level", "late")
        expect(wait.locator("use")).to_have_attribute("href", "#i-alert")
        expect(window.see("conversation-waiting")).to_contain_text("2:0")
        window.see("composer").fill("Bom dia")
        window.page.keyboard.press("Enter")

        expect(wait).to_be_hidden()
        expect(window.see("conversation-timer")).to_contain_text("2:0")


def test_a_day_strip_counts_the_first_response(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("message")).to_have_count(1)
    expect(desk.see("my-day-first-response")).to_have_text("–")

    desk.see("composer").fill("Bom dia")
    desk.page.keyboard.press("Enter")

    expect(desk.see("my-day-first-response")).to_have_text(re.compile(r"^0:\d\d$"))
    expect(desk.see("my-day-handled")).to_have_text("0")


def test_without_notifications_a_toast_the_title_and_a_sound_remain(
    desk: ConsoleWindow, console: RunningConsole
) -> None:
    expect(desk.see("notifications")).to_have_attribute("data-permission", "denied")
    two_conversations(desk, console)

    expect(desk.see("toast").last).to_contain_text(SECOND)
    expect(desk.page).to_have_title("(1) Interact")
    assert desk.page.evaluate("window.tones") == 4
    desk.page.locator("[data-action=sound]").click()
    console.deliver(message("3603717463083333", "Oi"))
    expect(desk.see("toast").last).to_contain_text("3333")

    assert desk.page.evaluate("window.tones") == 4


def test_the_contact_panel_tells_who_it_is(
    desk: ConsoleWindow, console: RunningConsole, graph: GraphServer
) -> None:
    graph.profiles[ANA] = {"name": "Ana Silva", "username": "ana", "follower_count": 12_345}
    console.deliver(message(ANA, "Oi"))
    expect(desk.see("conversation-title")).to_contain_text("Ana Silva")

    facts = desk.page.locator(".facts")

    expect(facts).to_contain_text("12,345")
    for words in ("Ana Silva", "@ana", "@empresa.exemplo", "First seen", "Protocol"):
        expect(facts).to_contain_text(words)
