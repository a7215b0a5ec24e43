"""How the agent finds things at the desk."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from harness.config import PatienceSettings
from harness.drivers.contract import SentMessage, Story
from harness.evidence import Evidence
from harness.steps.agent_actor import Agent
from harness.steps.front import Front
from harness.steps.watch import Watch
from harness.targets.contract import (
    ConversationId,
    ConversationView,
    Credentials,
    MessageView,
    Outcome,
    SignIn,
)

ONE, TWO = ConversationId("1"), ConversationId("2")


def message(text: str, **traits: Any) -> MessageView:
    given = {"mid": None, "direction": "in", "kind": "text", "deleted": False, **traits}
    return MessageView(
        text=text,
        state="received",
        has_markup=False,
        media_url=None,
        media_visible=None,
        placeholder=None,
        **given,
    )


class FakeDesk:
    """Two conversations; counts which were opened."""

    def __init__(self, first: list[MessageView], second: list[MessageView]) -> None:
        self.talks = {ONE: first, TWO: second}
        self.opened: list[str] = []
        self.ended: list[str] = []

    def conversations(self) -> tuple[ConversationView, ...]:
        return tuple(
            ConversationView(key, f"Customer {key}", talk[-1].text)
            for key, talk in self.talks.items()
        )

    def messages(self, conversation_id: ConversationId) -> tuple[MessageView, ...]:
        self.opened.append(conversation_id)
        return tuple(self.talks[conversation_id])

    def end(self, conversation_id: ConversationId) -> None:
        self.ended.append(conversation_id)
        del self.talks[conversation_id]


def agent_at(desk: FakeDesk, tmp_path: Path) -> Agent:
    target: Any = SimpleNamespace(staff=SimpleNamespace(agent=Credentials("a", "b", "c")))
    evidence = Evidence(tmp_path, "case")
    front = Front(target, evidence)
    front.attempts.append(SignIn(Outcome.SIGNED_IN, "", None, desk))  # type: ignore[arg-type]
    return Agent(target, front, Watch(PatienceSettings(appears_s=0.1)), evidence)


def test_a_text_is_found_in_the_likely_conversation_first(tmp_path: Path) -> None:
    desk = FakeDesk([message("other")], [message("order Q123456-789")])

    found = agent_at(desk, tmp_path).find("Q123456-789")

    assert found is not None
    assert (found.conversation.id, desk.opened) == (TWO, ["2"])


def test_a_text_is_found_although_it_is_not_the_last(tmp_path: Path) -> None:
    desk = FakeDesk([message("order Q123456-789"), message("later")], [message("other")])

    found = agent_at(desk, tmp_path).find("Q123456-789")

    assert found is not None
    assert found.message.text == "order Q123456-789"


def test_what_nobody_wrote_is_not_found(tmp_path: Path) -> None:
    desk = FakeDesk([message("one")], [message("two")])

    assert agent_at(desk, tmp_path).find("Q000000-000") is None


def test_an_unsent_message_is_found_by_its_mid(tmp_path: Path) -> None:
    gone = message("", mid="m2", deleted=True)
    desk = FakeDesk([message("one", mid="m1")], [gone, message("two", mid="m3")])

    found = agent_at(desk, tmp_path).find_sent(SentMessage("m2", "was here"))

    assert found is not None
    assert found.message == gone


def test_without_mids_the_last_message_received_is_taken(tmp_path: Path) -> None:
    gone = message("", deleted=True)
    desk = FakeDesk([message("one")], [message("first"), gone, message("mine", direction="out")])
    agent = agent_at(desk, tmp_path)
    agent.conversation = TWO

    found = agent.find_sent(SentMessage("m2", "was here"))

    assert found is not None
    assert found.message == gone


def test_a_story_is_found_by_its_mid(tmp_path: Path) -> None:
    desk = FakeDesk([message("", mid="m1", kind="story_mention")], [message("", mid="m2")])

    found = agent_at(desk, tmp_path).find_story(Story("7", "m2", None))

    assert found is not None
    assert found.conversation.id == TWO


def test_without_mids_a_story_is_found_by_its_kind(tmp_path: Path) -> None:
    desk = FakeDesk([message("text")], [message("", kind="story_mention")])

    found = agent_at(desk, tmp_path).find_story(Story("7", "m2", None))

    assert found is not None
    assert found.conversation.id == TWO


def test_leaving_ends_every_conversation(tmp_path: Path) -> None:
    desk = FakeDesk([message("one")], [message("two")])

    agent_at(desk, tmp_path).leave()

    assert desk.ended == ["1", "2"]
