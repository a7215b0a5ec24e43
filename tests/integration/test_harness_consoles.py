"""The reference console through both kinds of hands: what sign-in, desk and guard report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from harness.clock import SystemClock
from harness.drivers.browser import Browser
from harness.drivers.meta_control import MetaControl
from harness.errors import ConformanceFailure, TargetError
from harness.processes import Launcher, free_port
from harness.targets.checked import checked
from harness.targets.contract import (
    Console,
    ConversationId,
    Credentials,
    Desk,
    Outcome,
    WindowWish,
)
from harness.targets.interact import STAFF, Interact

IN_A_BROWSER = pytest.param("browser", marks=pytest.mark.browser)
WRONG = replace(STAFF.agent, password="not-this-one")


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    logs = tmp_path_factory.mktemp("logs")
    with Launcher(logs, clock=SystemClock(), inherited=os.environ) as opened:
        yield opened


@pytest.fixture(scope="module")
def meta(launcher: Launcher) -> MetaControl:
    port = free_port()
    command = (sys.executable, "-m", "fake_meta", "--port", str(port), "--seed", "6")
    launcher.start("fake_meta", command, {}, f"http://127.0.0.1:{port}/_control/health")
    return MetaControl(f"http://127.0.0.1:{port}")


@pytest.fixture(scope="module", params=["http", IN_A_BROWSER])
def target(
    request: pytest.FixtureRequest, launcher: Launcher, meta: MetaControl, chromium_path: str
) -> Iterator[Interact]:
    browser = Browser(chromium_path) if request.param == "browser" else None
    started = checked(Interact(browser, act_s=2.0), "interact")
    started.start(launcher, meta)
    started.connect(meta)
    yield started
    if browser is not None:
        browser.close()
    started.stop()


@pytest.fixture
def console(target: Interact) -> Iterator[Console]:
    opened = target.open_console(WindowWish())
    yield opened
    opened.close()


def desk_of(console: Console, credentials: Credentials = STAFF.agent) -> Desk:
    desk = console.sign_in(credentials).desk
    assert desk is not None
    return desk


def test_arrival_describes_the_login_page(console: Console) -> None:
    arrival = console.arrive()

    assert (arrival.status, arrival.redirects, arrival.has_login_form) == (200, (), True)
    assert {"Login", "Password"} <= set(arrival.labels)
    assert "ENTER" in arrival.buttons


def test_a_refusal_is_told_apart_from_a_sign_in(console: Console) -> None:
    refused = console.sign_in(WRONG)
    accepted = console.sign_in(STAFF.agent)

    assert (refused.outcome, refused.desk) == (Outcome.REFUSED, None)
    assert refused.message
    assert accepted.outcome == Outcome.SIGNED_IN


def test_a_first_login_is_recognised_and_can_be_repeated(target: Interact) -> None:
    assert STAFF.newcomer is not None
    outcomes = [target.open_console(WindowWish()).sign_in(STAFF.newcomer).outcome for _ in range(2)]

    assert outcomes == [Outcome.PASSWORD_CREATION, Outcome.PASSWORD_CREATION]


def test_the_desk_names_its_statuses_and_pauses(console: Console) -> None:
    options = desk_of(console).statuses()

    assert {"Operating", "Ready"} <= {option.label for option in options if not option.is_pause}
    assert any(option.is_pause for option in options)


def test_a_status_that_the_menu_lacks_is_the_consoles_failure(console: Console) -> None:
    desk = desk_of(console)

    with pytest.raises(ConformanceFailure, match="Dancing"):
        desk.select_status("Dancing")


def test_a_conversation_that_does_not_exist_has_no_messages(console: Console) -> None:
    assert desk_of(console).messages(ConversationId("999999")) == ()


def test_the_desk_holds_what_is_on_the_screen_only(console: Console) -> None:
    desk = desk_of(console)

    assert desk.holds(STAFF.agent.name)
    assert not desk.holds("words that nobody wrote")


def test_a_dead_console_is_an_error_and_not_a_failure(
    launcher: Launcher, meta: MetaControl
) -> None:
    target = checked(Interact(None), "interact")
    target.start(launcher, meta)
    desk = desk_of(target.open_console(WindowWish()))
    target.stop()

    with pytest.raises(TargetError, match="does not answer"):
        desk.conversations()


def test_a_console_that_does_not_start_says_why(launcher: Launcher, meta: MetaControl) -> None:
    target = Interact(None, command=(sys.executable, "-c", "raise SystemExit('no licence')"))

    with pytest.raises(Exception, match="no licence"):
        target.start(launcher, meta)

    target.stop()
