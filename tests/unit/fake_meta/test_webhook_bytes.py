"""Payloads to the byte: key order, escaping, signature (meta-contract §2.4, §3)."""

import hashlib
import hmac
import json

import pytest

from fake_meta.domain import events, wire
from fake_meta.domain.identifiers import Igid, Igsid, Mid, StoryId
from fake_meta.domain.signature import Signing, headers_for, sign
from fake_meta.domain.threads import MessageKind, Sender, ThreadMessage
from tests.fakes.payload_gallery import SAMPLES

ACCOUNT, CUSTOMER, MID = Igid("17841453247170088"), Igsid("3603717463085785"), Mid("aWdf1")
URL = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=180&signature=Ab"


def message(kind: MessageKind, text: str = "", url: str | None = None) -> ThreadMessage:
    return ThreadMessage(MID, Sender.CUSTOMER, kind, text, url, 1758300000123)


def test_a_text_message_has_metas_key_order() -> None:
    item = events.message_item(ACCOUNT, CUSTOMER, message(MessageKind.TEXT, "Oi"))

    body = wire.encode(events.envelope(ACCOUNT, item, 1758300000456))

    assert body == (
        b'{"object":"instagram","entry":[{"time":1758300000456,"id":"17841453247170088",'
        b'"messaging":[{"sender":{"id":"3603717463085785"},"recipient":{"id":"17841453247170088"},'
        b'"timestamp":1758300000123,"message":{"mid":"aWdf1","text":"Oi"}}]}]}'
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("ação", rb"a\u00e7\u00e3o"),
        ("😊", rb"\ud83d\ude0a"),
        ("a/b", rb"a\/b"),
        ("\u2028", rb"\u2028"),
        ("<&>'", rb"<&>'"),
        ('"', rb"\""),
    ],
)
def test_text_is_escaped_as_meta_does(text: str, escaped: bytes) -> None:
    assert wire.encode(text) == b'"' + escaped + b'"'


def test_a_story_mention_is_an_attachment_without_text() -> None:
    mention = message(MessageKind.STORY_MENTION, url=URL)

    item = events.message_item(ACCOUNT, CUSTOMER, mention)

    attachment = {"type": "story_mention", "payload": {"url": URL}}
    assert item["message"] == {"mid": MID, "attachments": [attachment]}


def test_a_story_reply_names_the_story() -> None:
    reply = message(MessageKind.STORY_REPLY, "linda!", URL)

    item = events.story_reply_item(ACCOUNT, CUSTOMER, reply, StoryId("18040775032372871"))

    assert json.loads(wire.encode(item["message"])) == {
        "mid": MID,
        "text": "linda!",
        "reply_to": {"story": {"url": URL, "id": "18040775032372871"}},
    }


def test_an_unsend_reuses_the_mid_and_carries_nothing_else() -> None:
    item = events.unsend_item(ACCOUNT, CUSTOMER, MID, 5)

    assert item["message"] == {"mid": MID, "is_deleted": True}


def test_an_echo_goes_from_the_account_to_the_customer() -> None:
    item = events.echo_item(ACCOUNT, CUSTOMER, message(MessageKind.TEXT, "Olá"))

    assert (item["sender"]["id"], item["recipient"]["id"]) == (ACCOUNT, CUSTOMER)
    assert item["message"] == {"mid": MID, "text": "Olá", "is_echo": True}


@pytest.mark.parametrize(("in_changes", "key"), [(False, "messaging"), (True, "changes")])
def test_the_dashboards_test_has_two_envelopes(in_changes: bool, key: str) -> None:
    entry = events.test_payload(1, "instagram", in_changes=in_changes)["entry"][0]

    assert list(entry) == ["time", "id", key]
    assert "random_mid" in json.dumps(entry)


@pytest.mark.parametrize("of", ["instagram", "page"])
@pytest.mark.parametrize(("in_changes", "form"), [(False, "messaging"), (True, "changes")])
def test_the_dashboards_test_is_its_sample_to_the_byte(
    of: str, form: str, *, in_changes: bool
) -> None:
    sample = SAMPLES / "dashboard" / f"{of}_{form}.json"

    body = wire.encode(events.test_payload(1661141837537, of, in_changes=in_changes))

    assert body + b"\n" == sample.read_bytes()


def test_both_signatures_are_over_the_exact_bytes() -> None:
    body = wire.encode({"text": "ação / 😊"})

    headers = sign("s3cret", body)

    assert headers == {
        "X-Hub-Signature": "sha1=" + hmac.new(b"s3cret", body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest(),
    }


def test_a_wrong_signature_looks_right_and_is_not() -> None:
    wrong, right = (headers_for("s", b"x", how) for how in (Signing.WRONG, Signing.VALID))

    assert wrong.keys() == right.keys()
    assert wrong["X-Hub-Signature-256"] != right["X-Hub-Signature-256"]


def test_a_missing_signature_is_no_header() -> None:
    assert headers_for("s", b"x", Signing.MISSING) == {}


@pytest.mark.parametrize(
    "value",
    [{}, [], None, True, 0, 1.5, "é/😀\ud83d", {"a": [1, {"b": None}]}, {1: {True: "x"}}],
)
def test_the_fast_encoder_writes_what_the_plain_one_writes(value: object) -> None:
    plain = json.dumps(value, ensure_ascii=True, separators=(",", ":"))

    assert wire.encode(value) == plain.replace("/", "\\/").encode()


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        wire.encode({"a": object()})
