"""axe-core finds nothing serious on any page: both languages, light and dark, wide and narrow.

English pages are judged in all four looks; Portuguese ones in one look of each width, for colours
do not depend on the language, but what fits a line does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from harness.targets.contract import Credentials
from tests.fakes.axe import serious_on
from tests.fakes.console_window import ConsoleWindow, console_window
from tests.fakes.graph_server import running_graph
from tests.fakes.running_console import RunningConsole, console_on, mention, message, unsend

pytestmark = pytest.mark.browser

ANA, BIA = "3603717463085785", "3603717463081111"
BOSS = Credentials("boss", "Cc123*", "Supervising Agent")
STORY = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=Ab"
SETUP = """
[[services]]
name = "Instagram"
classification = true
wrap_up_s = 0
categories = ["Sale", "Support"]
[[agents]]
login = "boss"
name = "Supervising Agent"
password = "Cc123*"
role = "supervisor"
services = ["Instagram"]
"""
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
WIDTHS = [1440, 360]
LOOKS = {
    ("en", 1440): ("light", "dark"),
    ("en", 360): ("light", "dark"),
    ("pt-BR", 1440): ("light",),
    ("pt-BR", 360): ("dark",),
}


OPERATING = {"en": "Operating", "pt-BR": "Operando"}
NEWCOMER = Credentials("newcomer", "any", "New Agent")
QUICK = """
[[quick_replies]]
name = "bom-dia"
text = "Bom dia, {first_name}"
"""


@pytest.fixture(scope="module", params=OPERATING)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def console(
    tmp_path_factory: pytest.TempPathFactory, described_database: Path, language: str
) -> Iterator[RunningConsole]:
    folder = tmp_path_factory.mktemp("accessibility")
    with (
        running_graph() as graph,
        console_on(described_database, folder, graph.url, SETUP + QUICK, language) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def window(chromium: Browser, console: RunningConsole) -> Iterator[ConsoleWindow]:
    with console_window(chromium, f"{console.url}/interact_multiagent") as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(window: ConsoleWindow, console: RunningConsole, language: str) -> ConsoleWindow:
    """An agent with a talk of every kind of bubble, and another that was ended."""
    window.sign_in(BOSS).operate(OPERATING[language])
    console.deliver(
        message(ANA, "Oi, tudo bem?"), message(ANA, "Engano", "mid.gone"),
        mention(ANA, "mid.story", STORY), unsend(ANA, "mid.gone"),
    )  # fmt: skip
    console.deliver(message(BIA, "Olá"))
    window.open("Instagram customer ·1111")
    window.see("end").click()
    window.see("category").wait_for()
    window.open("Instagram customer ·5785")
    window.page.keyboard.press("Alt+n")
    window.see("composer").fill("Veja https://example.com/antes")
    window.page.keyboard.press("Enter")
    window.see("note").wait_for()
    window.page.keyboard.press("Alt+n")
    return window


def at_talk(desk: ConsoleWindow) -> None:
    desk.open("Instagram customer ·5785")
    desk.see("composer").fill("Um rascunho")


def at_wrap_up(desk: ConsoleWindow) -> None:
    desk.open("Instagram customer ·1111")


def at_transfer(desk: ConsoleWindow) -> None:
    at_talk(desk)
    desk.see("transfer").click()
    desk.see("transfer-agent").first.wait_for()


def at_note(desk: ConsoleWindow) -> None:
    at_talk(desk)
    desk.page.keyboard.press("Alt+n")
    desk.see("composer").fill("Uma nota")


def at_quick_replies(desk: ConsoleWindow) -> None:
    at_talk(desk)
    desk.see("composer").fill("/")
    desk.see("quick-reply").wait_for()


def at_commands(desk: ConsoleWindow) -> None:
    at_talk(desk)
    desk.page.keyboard.press("Control+k")
    desk.see("command").first.wait_for()


def at_help(desk: ConsoleWindow) -> None:
    at_talk(desk)
    desk.see("message-log").focus()
    desk.page.keyboard.press("?")
    desk.see("help-close").wait_for()


def at_statuses(desk: ConsoleWindow) -> None:
    desk.see("status-menu").click()


def at_list(desk: ConsoleWindow) -> None:
    desk.see("conversation-list").wait_for()


PLACES = [
    at_list, at_statuses, at_talk, at_note, at_quick_replies, at_commands, at_help, at_wrap_up,
    at_transfer,
]  # fmt: skip


@pytest.mark.parametrize("go", PLACES, ids=lambda go: go.__name__)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_console_is_accessible(
    desk: ConsoleWindow, language: str, width: int, go: Callable[[ConsoleWindow], None]
) -> None:
    desk.resize(width)
    desk.reload()
    desk.page.evaluate("document.querySelector('[data-action=back]').click()")
    go(desk)

    assert serious(desk, language, width) == []


@pytest.mark.parametrize("path", ["supervisor", "administration", "repairs"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_supervisors_pages_are_accessible(
    console: RunningConsole, desk: ConsoleWindow, language: str, width: int, path: str
) -> None:
    home = desk.page.url
    desk.resize(width)
    desk.page.goto(f"{console.url}/interact_multiagent/{path}")
    expect(desk.page.locator("h2").first).to_be_visible()
    desk.page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )

    found = serious(desk, language, width)
    desk.page.goto(home)

    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_login_page_is_accessible(
    chromium: Browser, console: RunningConsole, language: str, width: int
) -> None:
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:
        window.resize(width)
        window.fill_in(Credentials("nobody", "wrong", ""))
        window.see("enter").click()
        expect(window.see("login-error")).not_to_be_empty()

        assert serious(window, language, width) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_the_first_password_is_accessible(
    chromium: Browser, console: RunningConsole, language: str, width: int
) -> None:
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:
        window.resize(width)
        window.fill_in(NEWCOMER)
        with window.context.expect_page() as opened:
            window.see("enter").click()
        window.application = opened.value
        window.see("new-password").wait_for()

        assert serious(window, language, width) == []


@pytest.mark.parametrize("path", ["data-deletion/unknown", "interact_multiagent/administration"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_small_pages_are_accessible(
    chromium: Browser, console: RunningConsole, language: str, width: int, path: str
) -> None:
    """What a person sees of a deletion, and an agent of a page for supervisors."""
    with console_window(chromium, f"{console.url}/interact_multiagent") as window:
        window.resize(width)
        window.sign_in(Credentials("reviewer", "Aa123*", "Review Agent"))
        window.page.goto(f"{console.url}/{path}")

        assert serious(window, language, width) == []


def test_what_is_not_accessible_is_found(desk: ConsoleWindow) -> None:
    desk.reload()
    desk.page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert [one.split(":")[0] for one in serious_on(desk.page)] == ["image-alt"]


def test_a_colour_that_only_one_look_lacks_is_found(desk: ConsoleWindow) -> None:
    desk.reload()
    desk.page.evaluate(
        """() => {
          const line = document.createElement("p");
          line.textContent = "Grey on a dark page, and well readable on a light one";
          line.style.color = "#5a5a5a";
          document.querySelector("main").prepend(line);
        }"""
    )

    assert [one.split(":")[0] for one in serious(desk, "en", 1440)] == ["dark"]


def serious(window: ConsoleWindow, language: str, width: int) -> list[str]:
    """What axe-core calls serious or critical on the page in front, in each look of this width."""
    found = []
    for scheme in LOOKS[language, width]:
        window.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {one}" for one in serious_on(window.page)]
    return found
