"""Meta's bodies read into events."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from system_under_test.domain import events as ev
from system_under_test.domain.webhook import parse

IGID, IGSID = "17841453247170088", "3603717463085785"
CDN = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=180&signature=Ab"


def item(**content: Any) -> dict[str, Any]:
    return {
        "sender": {"id": IGSID},
        "recipient": {"id": IGID},
        "timestamp": 1758300000123,
        **content,
    }


def body(*items: dict[str, Any], **entry: Any) -> dict[str, Any]:
    inner = {"messaging": list(items)} if items else {}
    return {"object": "instagram", "entry": [{"time": 1758300000999, "id": IGID, **inner, **entry}]}


def one(*items: dict[str, Any], **entry: Any) -> Any:
    events = parse(body(*items, **entry))
    assert len(events) == 1
    return events[0]


def test_a_text() -> None:
    event = one(item(message={"mid": "m1", "text": "Oi"}))

    assert event == ev.MessageReceived(IGID, IGSID, "m1", 1758300000123, "Oi")


def test_an_image() -> None:
    event = one(
        item(message={"mid": "m1", "attachments": [{"type": "image", "payload": {"url": CDN}}]})
    )

    assert event.attachments == (ev.Attachment("image", CDN),)


def test_an_address_that_is_no_web_address_is_dropped() -> None:
    attachment = {"type": "image", "payload": {"url": "javascript:alert(1)"}}

    assert one(item(message={"mid": "m1", "attachments": [attachment]})).attachments[0].url is None


def test_a_story_mention_with_and_without_address() -> None:
    with_url = {"type": "story_mention", "payload": {"url": CDN}}
    bare = {"type": "story_mention", "payload": {}}

    mentions = [one(item(message={"mid": "m", "attachments": [each]})) for each in (with_url, bare)]

    assert [type(mention) for mention in mentions] == [ev.StoryMentioned] * 2
    assert [mention.attachments[0].url for mention in mentions] == [CDN, None]


def test_a_story_reply() -> None:
    event = one(
        item(
            message={"mid": "m", "text": "linda!", "reply_to": {"story": {"url": CDN, "id": "18"}}}
        )
    )

    assert isinstance(event, ev.StoryReplied)
    assert (event.text, event.story_url, event.story_id) == ("linda!", CDN, "18")


@pytest.mark.parametrize("yes", [True, "true", "True"])
def test_an_unsend_as_boolean_or_text(yes: object) -> None:
    event = one(item(message={"mid": "m1", "is_deleted": yes}))

    assert event == ev.Unsent(IGID, "m1", 1758300000123, customer_id=IGSID)


def test_an_unsend_needs_no_sender() -> None:
    event = one({"timestamp": 1758300000123, "message": {"mid": "m1", "is_deleted": True}})

    assert event == ev.Unsent(IGID, "m1", 1758300000123)


def test_an_unsend_by_the_business() -> None:
    own = {"sender": {"id": IGID}, "recipient": {"id": IGSID}}
    event = one({**own, "message": {"mid": "m1", "is_deleted": True, "is_echo": True}})

    assert event == ev.Unsent(IGID, "m1", 1758300000999, by_business=True, customer_id=IGSID)


def test_an_echo_belongs_to_the_thread_of_its_recipient() -> None:
    own = {"sender": {"id": IGID}, "recipient": {"id": IGSID}, "timestamp": 1758300000123}
    event = one({**own, "message": {"mid": "m1", "text": "Olá", "is_echo": True}})

    assert event == ev.Echoed(IGID, IGSID, "m1", 1758300000123, "Olá")


def test_unsupported_content() -> None:
    assert one(item(message={"mid": "m1", "is_unsupported": True})).is_unsupported


def test_a_postback_without_mid_gets_a_stable_one() -> None:
    event = one(item(postback={"title": "Horários", "payload": "HOURS"}))

    assert event == ev.PostbackTapped(
        IGID, IGSID, f"postback:{IGSID}:1758300000123", 1758300000123, "Horários"
    )


def test_reads_of_both_products() -> None:
    at_ms = 1758300000123

    assert one(item(read={"mid": "m1"})) == ev.MessageRead(IGID, IGSID, "m1", None, at_ms)
    assert one(item(read={"watermark": 1758300012000})) == ev.MessageRead(
        IGID, IGSID, None, 1758300012000, at_ms
    )


def test_a_reaction_and_its_end() -> None:
    love = {"mid": "m1", "action": "react", "reaction": "love", "emoji": "❤️"}

    assert one(item(reaction=love)) == ev.Reacted(IGID, IGSID, "m1", "❤️", 1758300000123)
    assert one(item(reaction={"mid": "m1", "action": "unreact"})).emoji is None


def test_the_test_button_in_both_shapes() -> None:
    value = {"sender": {"id": "12334"}, "recipient": {"id": "23245"}, "timestamp": "1527459824",
             "message": {"mid": "random_mid", "text": "random_text"}}  # fmt: skip

    assert one(changes=[{"field": "messages", "value": value}]) == ev.TestSent("messages")
    assert one(value) == ev.TestSent("messages")
    assert one(field="messages", value=value) == ev.TestSent("messages")


def test_standby_is_not_ours() -> None:
    assert one(standby=[item(message={"mid": "m1", "text": "Oi"})]) == ev.StoodBy(IGID, IGSID)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"message_edit": {"mid": "m1", "num_edit": 0}}, "message_edit"),
        ({"pass_thread_control": {}}, "pass_thread_control"),
        ({"message": {"mid": "m1", "is_self": True}}, "self_message"),
    ],
)
def test_known_events_of_no_concern(content: dict[str, Any], kind: str) -> None:
    assert one(item(**content)) == ev.Ignored(kind)


def test_comments_are_of_no_concern() -> None:
    assert one(changes=[{"field": "comments", "value": {}}]) == ev.Ignored("comments")


@pytest.mark.parametrize(
    "strange",
    [
        None, [], {}, "text", 7, {"object": "page", "entry": []}, {"object": "instagram"},
        {"object": "instagram", "entry": [{"id": IGID, "news": 1}]},
        {"object": "instagram", "entry": [{"messaging": [{"sender": "x", "message": {"mid": 1}}]}]},
        {"object": "instagram", "entry": [{"messaging": [None, 3]}]},
        {"object": "instagram", "entry": [{"messaging": [{"message": {"text": "no mid"}}]}]},
    ],
)  # fmt: skip
def test_a_strange_body_is_unknown_and_never_an_error(strange: object) -> None:
    assert {type(event) for event in parse(strange)} == {ev.Unknown}


def test_all_items_of_all_entries_in_order() -> None:
    first = body(item(message={"mid": "a", "text": "1"}), item(read={"mid": "x"}))
    second = body(item(message={"mid": "b", "text": "2"}))
    whole = {"object": "instagram", "entry": first["entry"] + second["entry"]}

    events = parse([whole])

    assert [getattr(event, "mid", None) for event in events] == ["a", "x", "b"]


def test_seconds_become_milliseconds() -> None:
    assert (
        one({**item(message={"mid": "a", "text": "1"}), "timestamp": "1527459824"}).at_ms
        == 1527459824000
    )


def test_a_lone_surrogate_becomes_a_character_that_can_be_stored() -> None:
    event = one(item(message={"mid": "a", "text": "\ud83d!"}))

    assert event.text.encode() == "\ufffd!".encode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["object", "entry", "messaging", "message", "mid", "sender", "id", "changes", "field",
             "attachments", "payload", "url", "reply_to", "story", "timestamp", "time", "standby"]
        ),
        inner | st.just("instagram"),
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(json_values)
def test_no_json_whatsoever_raises(value: object) -> None:
    assert len(parse(value)) >= 1


@pytest.mark.parametrize(
    "body", [[0] * 2000, {"object": "instagram", "entry": [{}] * 2000}], ids=["items", "entries"]
)
def test_a_body_with_more_updates_than_meta_sends_is_one_unknown_event(body: object) -> None:
    [event] = parse(body)

    assert isinstance(event, ev.Unknown)
    assert "more than 1000 updates" in event.reason


def test_as_many_updates_as_meta_sends_are_all_read() -> None:
    message = item(message={"mid": "m1", "text": "oi"})
    body = {
        "object": "instagram",
        "entry": [{"id": IGID, "time": 1, "messaging": [message] * 1000}],
    }

    assert len(parse(body)) == 1000
