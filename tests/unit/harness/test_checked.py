"""The guard around an adapter."""

from typing import Any

import pytest

from harness.errors import ConformanceFailure, NotApplicable, TargetError
from harness.targets.checked import checked
from harness.targets.contract import (
    ConversationId,
    ConversationView,
    Credentials,
    Outcome,
    ShowsQueue,
    ShowsSlots,
    SignIn,
    WindowWish,
)

ANA = ConversationView(ConversationId("7"), "Ana", "hello")
AGENT = Credentials("reviewer", "secret", "Review Agent")


class FakeDesk:
    """A desk that answers what it is told to."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def conversations(self) -> Any:
        return self.answer

    def status(self) -> Any:
        raise self.answer

    def queue_length(self) -> int:
        return 3


class FakeConsole:
    """A console whose every sign-in works."""

    camera = None

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def sign_in(self, credentials: Credentials) -> SignIn:
        return SignIn(Outcome.SIGNED_IN, credentials.login, None, self.desk)  # type: ignore[arg-type]


class FakeTarget:
    """A target with one console."""

    def __init__(self, console: FakeConsole) -> None:
        self.name = "ours"
        self._console = console

    def open_console(self, wish: WindowWish) -> FakeConsole:
        return self._console


def test_a_right_answer_passes_through() -> None:
    desk = checked(FakeDesk((ANA,)), "ours")

    assert desk.conversations() == (ANA,)


@pytest.mark.parametrize("answer", [[ANA], None, ("Ana",), ({"id": "7"},)])
def test_a_malformed_answer_is_the_adapters_fault(answer: object) -> None:
    desk = checked(FakeDesk(answer), "ours")

    with pytest.raises(TargetError, match=r"adapter of ours .* conversations"):
        desk.conversations()


def test_whatever_an_adapter_raises_is_the_adapters_fault() -> None:
    desk = checked(FakeDesk(KeyError("igsid")), "ours")

    with pytest.raises(TargetError, match=r"status: KeyError: 'igsid'"):
        desk.status()


@pytest.mark.parametrize(
    "verdict", [ConformanceFailure("r", expected="e", actual="a"), NotApplicable("none")]
)
def test_verdicts_pass_through(verdict: Exception) -> None:
    desk = checked(FakeDesk(verdict), "ours")

    with pytest.raises(type(verdict)):
        desk.status()


def test_the_guard_has_exactly_the_abilities_behind_it() -> None:
    desk = checked(FakeDesk(()), "ours")

    assert isinstance(desk, ShowsQueue)
    assert not isinstance(desk, ShowsSlots)


def test_the_guard_follows_from_target_to_console_to_desk() -> None:
    target = checked(FakeTarget(FakeConsole(FakeDesk(None))), "ours")
    console = target.open_console(WindowWish())
    desk: Any = console.sign_in(AGENT).desk

    with pytest.raises(TargetError, match="conversations"):
        desk.conversations()
    assert target.name == "ours"
