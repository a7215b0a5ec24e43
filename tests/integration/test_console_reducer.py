"""The page's pure reducer, run in a browser without any server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

import system_under_test.web

pytestmark = pytest.mark.browser

STATIC = Path(system_under_test.web.__file__).parent / "static"
PLAY = """async (actions) => {
  const { NOTHING, openConversations, reduce } = await import("/console/reducer.js");
  const state = actions.reduce(reduce, NOTHING);
  return { ...state, order: openConversations(state).map((one) => one.id) };
}"""


@pytest.fixture(scope="module")
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
        route.fulfill(body="<!doctype html><title>reducer</title>", content_type="text/html")


def conversation(number: int, slot: int, **values: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "state": "active",
        "slot": slot,
        "opened_at_ms": number,
        "unread": 0,
        **values,
    }


def message(number: int, text: str, **values: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "order_ms": number,
        "at_ms": number,
        "direction": "in",
        "state": "received",
        "text": text,
        "deleted": False,
        "reason": None,
        "mid": f"m{number}",
        **values,
    }


def state_read(*conversations: dict[str, Any]) -> dict[str, Any]:
    told = {
        "cursor": 10,
        "agent": {},
        "status": None,
        "statuses": [],
        "slots": [],
        "queue_length": 0,
        "conversations": list(conversations),
    }
    return {"type": "stateRead", "told": told}


def event(number: int, kind: str, **data: Any) -> dict[str, Any]:
    return {"type": "event", "event": {"id": number, "type": kind, "data": data}}


def message_event(number: int, told: dict[str, Any], kind: str = "message") -> dict[str, Any]:
    return event(number, kind, conversation_id="1", message=told)


def texts(state: dict[str, Any]) -> list[str]:
    return [one["text"] for one in state["conversations"]["1"]["messages"]]


def test_a_late_event_does_not_bring_a_deleted_text_back(page: Page) -> None:
    read = conversation(1, 1, messages=[message(5, "", deleted=True)], previous=[])
    late = message_event(11, message(5, "secret"))

    state = page.evaluate(
        PLAY, [state_read(conversation(1, 1)), {"type": "conversationRead", "told": read}, late]
    )

    assert texts(state) == [""]


def test_a_sent_message_is_never_sending_again(page: Page) -> None:
    read = conversation(1, 1, messages=[message(5, "a", direction="out", state="sent")])
    late = message_event(11, message(5, "a", direction="out", state="sending"))

    state = page.evaluate(
        PLAY, [state_read(conversation(1, 1)), {"type": "conversationRead", "told": read}, late]
    )

    assert state["conversations"]["1"]["messages"][0]["state"] == "sent"


def test_a_message_that_overtakes_the_read_is_kept(page: Page) -> None:
    read = conversation(1, 1, messages=[message(5, "old")])

    state = page.evaluate(
        PLAY,
        [
            state_read(conversation(1, 1)),
            message_event(11, message(6, "new")),
            {"type": "conversationRead", "told": read},
        ],
    )

    assert texts(state) == ["old", "new"]


def test_messages_are_in_the_order_that_they_carry(page: Page) -> None:
    opened = event(11, "conversation_opened", **conversation(1, 1, messages=[message(7, "late")]))

    state = page.evaluate(PLAY, [state_read(), opened, message_event(12, message(6, "early"))])

    assert texts(state) == ["early", "late"]


def test_messages_too_late_for_a_reply_follow_it_in_their_own_order(page: Page) -> None:
    asked = message(7, "asked")
    answer = message(8, "answer", order_ms=7, direction="out")
    opened = event(11, "conversation_opened", **conversation(1, 1, messages=[asked, answer]))
    late = [message(number, str(at), order_ms=7, at_ms=at) for number, at in ((9, 5), (10, 3))]

    state = page.evaluate(
        PLAY, [state_read(), opened, message_event(12, late[0]), message_event(13, late[1])]
    )

    assert texts(state) == ["asked", "answer", "3", "5"]


def test_an_event_that_was_applied_is_not_applied_again(page: Page) -> None:
    twice = event(11, "queue", length=3)

    state = page.evaluate(PLAY, [state_read(), twice, event(11, "queue", length=9)])

    assert (state["cursor"], state["queueLength"]) == (11, 3)


def test_our_own_message_is_shown_once_when_its_event_comes_first(page: Page) -> None:
    key = {"id": "1", "key": "k"}
    out = message(5, "hi", direction="out", state="sending")

    state = page.evaluate(
        PLAY,
        [
            state_read(conversation(1, 1)),
            {"type": "conversationRead", "told": conversation(1, 1, messages=[])},
            {"type": "sendStarted", **key, "text": "hi", "at_ms": 1},
            message_event(11, out),
            {"type": "sendAccepted", **key, "message": out},
        ],
    )

    assert texts(state) == ["hi"]
    assert state["pending"]["1"] == []


def test_conversations_stay_in_the_order_of_their_slots(page: Page) -> None:
    state = page.evaluate(
        PLAY, [state_read(conversation(9, 2), conversation(3, 5), conversation(7, 1))]
    )

    assert state["order"] == ["7", "9", "3"]


def test_a_conversation_that_is_taken_away_can_still_be_read(page: Page) -> None:
    state = page.evaluate(
        PLAY,
        [
            state_read(conversation(1, 1), conversation(2, 2)),
            {"type": "selected", "id": "1"},
            event(11, "conversation_ended", id="1"),
        ],
    )

    assert (state["order"], state["selectedId"]) == (["2"], "1")
    assert state["conversations"]["1"]["state"] == "ended"


def test_a_conversation_that_the_agent_ends_makes_room_for_the_next(page: Page) -> None:
    state = page.evaluate(
        PLAY,
        [
            state_read(conversation(1, 1), conversation(2, 2)),
            {"type": "selected", "id": "1"},
            {"type": "drafted", "id": "1", "text": "half a sentence"},
            {"type": "endStarted", "id": "1"},
            event(11, "conversation_ended", id="1"),
        ],
    )

    assert (state["selectedId"], state["drafts"]) == ("2", {})
    assert list(state["conversations"]) == ["2"]


def test_the_first_end_of_the_session_is_the_one_that_is_told(page: Page) -> None:
    state = page.evaluate(
        PLAY,
        [
            state_read(),
            event(11, "taken_over", message="elsewhere"),
            {"type": "sessionEnded", "kind": "signed_out", "message": ""},
        ],
    )

    assert state["session"] == {"kind": "taken_over", "message": "elsewhere"}


def test_a_conversation_that_went_to_somebody_else_may_come_back(page: Page) -> None:
    gone = [
        state_read(conversation(1, 1), conversation(2, 2)),
        {"type": "selected", "id": "1"},
        event(11, "conversation_removed", id="1", reason="transferred"),
    ]

    without = page.evaluate(PLAY, gone)
    back = page.evaluate(
        PLAY, [*gone, event(12, "conversation_opened", **conversation(1, 4, messages=[]))]
    )

    assert (without["order"], without["conversations"]["1"]["removed"]) == (["2"], "transferred")
    assert without["conversations"]["1"]["slot"] is None  # no position is left to show
    assert back["order"] == ["2", "1"]
    assert "removed" not in back["conversations"]["1"]


def test_end_may_leave_a_wrap_up(page: Page) -> None:
    state = page.evaluate(
        PLAY,
        [
            state_read(conversation(1, 1)),
            {"type": "endStarted", "id": "1"},
            {"type": "told", "told": conversation(1, 1, state="wrap_up")},
        ],
    )

    assert (state["order"], state["conversations"]["1"]["state"]) == (["1"], "wrap_up")
    assert not state["ending"]["1"]


ASK = """async ({ actions, now_ms }) => {
  const { NOTHING, reduce, unseenCount } = await import("/console/reducer.js");
  return unseenCount(actions.reduce(reduce, NOTHING), now_ms);
}"""
READ = [
    state_read(conversation(1, 1, unread=1)),
    {"type": "selected", "id": "1"},
    {"type": "conversationRead", "told": conversation(1, 1, messages=[message(5, "Oi")])},
    {"type": "wasRead", "id": "1"},
]


def test_a_count_that_is_told_late_makes_nothing_unseen(page: Page) -> None:
    named = event(11, "conversation_updated", **conversation(1, 1, unread=1))

    asked = page.evaluate(ASK, {"actions": [*READ, named], "now_ms": 1})

    assert asked == 0


def test_what_came_unseen_is_counted(page: Page) -> None:
    more = message_event(11, message(6, "Mais uma"))
    counted = event(12, "conversation_updated", **conversation(1, 1, unread=1))

    asked = page.evaluate(ASK, {"actions": [*READ, more, counted], "now_ms": 1})

    assert asked == 1


@pytest.mark.parametrize(("now_ms", "unseen"), [(1_500, 1), (9_000, 0)])
def test_what_came_while_away_is_unseen_for_a_glance(page: Page, now_ms: int, unseen: int) -> None:
    back = [
        message_event(11, message(6, "Mais uma")),
        event(12, "conversation_updated", **conversation(1, 1, unread=1)),
        {"type": "returned", "id": "1", "at_ms": 1_000},
        {"type": "wasRead", "id": "1"},
    ]

    asked = page.evaluate(ASK, {"actions": [*READ, *back], "now_ms": now_ms})

    assert asked == unseen


def test_what_is_written_after_the_end_comes_to_the_history_that_is_read(page: Page) -> None:
    read = {"type": "previousShown", "told": {"id": "1", "messages": [message(5, "Oi")]}}
    later = message_event(11, message(7, "do celular", direction="out", state="sent"))
    elsewhere = event(12, "message", conversation_id="2", message=message(8, "de outra"))

    state = page.evaluate(PLAY, [state_read(conversation(3, 1)), read, later, elsewhere])

    assert [one["text"] for one in state["previous"]["messages"]] == ["Oi", "do celular"]


COMPOSE = """async (conversation) => {
  const words = ["composer.label", "composer.send", "composer.placeholder", "composer.bytes"];
  const texts = Object.fromEntries(words.map((key) => [key, key]));
  Object.assign(texts, { "composer.removed": "with somebody else", "composer.ended": "over" });
  document.documentElement.lang = "en";
  document.body.innerHTML = `<p id="catalogue">${JSON.stringify(texts)}</p>
    <form data-part="composer"><textarea id="composer"></textarea><i data-part="composer-label"></i>
    <p data-part="composer-note"></p><p data-part="byte-counter"></p><b data-part="send-words"></b>
    <button data-part="send"></button><button data-part="note-mode"></button></form>`;
  const { Composer } = await import("/console/composer.js");
  new Composer({}).draw(conversation, {}, { canWrite: false, canNote: false, trouble: null });
  return document.querySelector("[data-part=composer-note]").textContent;
}"""


def test_the_composer_says_who_has_what_went_to_somebody_else(page: Page) -> None:
    channel = {"text_limit": {"most": 10, "unit": "bytes"}, "label": "Instagram"}
    ended = conversation(1, 1, state="ended", name="Maria", channel=channel)

    assert page.evaluate(COMPOSE, ended) == "over"
    assert page.evaluate(COMPOSE, {**ended, "removed": "transferred"}) == "with somebody else"
