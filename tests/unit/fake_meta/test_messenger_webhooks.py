"""Messenger's events, `object: page` (meta-contract §3.13): shapes, ids, layers, signature."""

import hashlib
import hmac
import json
from functools import reduce
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.accounts import Customer, Subscription
from fake_meta.domain.messenger_events import MESSENGER_KINDS
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport
from tests.fakes.messenger_gallery import SAMPLES, sample_of
from tests.unit.fake_meta.test_payload_samples import HEAD, shape_of

CALL = "/_control/webhook/messenger"
CALLBACK = "http://app.example/messenger"
FIELDS = tuple(sorted({kind.field for kind in MESSENGER_KINDS.values()}))
ATTACHED = HEAD + "message{mid,attachments[{type,payload{url}}]}"
CONTROL = "{previous_owner_app_id,new_owner_app_id}"
STATUS = "optin{type,payload,notification_messages_token,notification_messages_status}"
LINK = "referral{ref,source,type"

SHAPES = {
    "message": HEAD + "message{mid,text}",
    "image": ATTACHED,
    "sticker": HEAD + "message{mid,attachments[{type,payload{url,sticker_id}}]}",
    "fallback": HEAD + "message{mid,attachments[{type,payload{url,title}}]}",
    "quick_reply": HEAD + "message{mid,text,quick_reply{payload}}",
    "reply": HEAD + "message{mid,text,reply_to{mid,is_self_reply}}",
    "ad_message": HEAD + "message{mid,text,referral{ref,ad_id,source,type}}",
    "echo": HEAD + "message{mid,text,is_echo,app_id}",
    "product_message": HEAD + "message{mid,text,referral{product{id}}}",
    "commands": HEAD + "message{mid,text,commands[{name},{name}]}",
    "post": HEAD + "message{mid,attachments[{type,payload{url,title,id}}]}",
    "reel": HEAD + "message{mid,attachments[{type,payload{url,title,reel_video_id}}]}",
    "product_share": HEAD
    + "message{mid,attachments[{type,payload{product{elements"
    + "[{id,retailer_id,image_url,title,subtitle}]}}}]}",
    "appointment_booking": HEAD
    + "message{mid,attachments[{type,payload{booking_id,status,start_time,end_time,timezone}}]}",
    "echo_metadata": HEAD + "message{mid,text,is_echo,app_id,metadata}",
    "echo_inbox": HEAD + "message{mid,text,is_echo,app_id}",
    "echo_template": HEAD
    + "message{mid,attachments[{type,payload{template_type,text,buttons[{type,title,url}]}}]"
    + ",is_echo,app_id}",
    "echo_fallback": HEAD + "message{mid,attachments[{type,payload}],is_echo,app_id}",
    "delivery_by_time": "sender{id},recipient{id},delivery{watermark}",
    "delivery": "sender{id},recipient{id},delivery{mids[str],watermark}",
    "read": HEAD + "read{watermark}",
    "reaction": HEAD + "reaction{mid,action,reaction,emoji}",
    "unreaction": HEAD + "reaction{mid,action}",
    "edit": HEAD + "message_edit{mid,text,num_edit}",
    "postback": HEAD + "postback{mid,title,payload}",
    "get_started": HEAD + f"postback{{mid,title,payload,{LINK}}}}}",
    "referral": HEAD + LINK + ",referer_uri}",
    "ad_referral": HEAD
    + "referral{ref,ad_id,source,type,ads_context_data{ad_title,post_id,product_id,photo_url}}",
    "optin_stop": HEAD + STATUS,
    "optin_resume": HEAD + STATUS,
    "account_unlinking": HEAD + "account_linking{status}",
    "policy_unblock": "recipient{id},timestamp,policy_enforcement{action}",
    "optin": HEAD
    + "optin{type,payload,notification_messages_token,token_expiry_timestamp,"
    + "user_token_status,notification_messages_timezone,title}",
    "account_linking": HEAD + "account_linking{status,authorization_code}",
    "feedback": HEAD + "response_feedback{feedback,mid}",
    "policy_enforcement": "recipient{id},timestamp,policy_enforcement{action,reason}",
    "pass_thread_control": HEAD + "pass_thread_control" + CONTROL,
    "take_thread_control": HEAD + "take_thread_control" + CONTROL,
    "request_thread_control": HEAD + "request_thread_control{requested_owner_app_id}",
    "app_roles": "recipient{id},timestamp,app_roles{2247381085762037[str]}",
    "standby_message": HEAD + "message{mid,text}",
    "standby_postback": HEAD + "postback{mid,title}",
}


@pytest.fixture
def page_world(world: World) -> World:
    """A world whose app is subscribed to the Page for everything."""
    world.subscribe_app(Subscription("page", CALLBACK, "verify-me", FIELDS))
    world.install_on_page(FIELDS)
    return world


def send(client: FlaskClient, **wish: Any) -> Any:
    return client.post(CALL, json=wish).get_json()


def test_every_kind_has_its_sample_and_its_shape() -> None:
    assert set(SHAPES) == set(MESSENGER_KINDS)
    assert {path.stem for path in SAMPLES.glob("*.json")} == set(MESSENGER_KINDS)


@pytest.mark.parametrize("name", MESSENGER_KINDS)
def test_a_messenger_event_is_its_sample_to_the_byte(name: str) -> None:
    assert sample_of(name) + b"\n" == (SAMPLES / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", MESSENGER_KINDS)
def test_keys_of_messenger_come_in_metas_order(name: str) -> None:
    body = json.loads(sample_of(name))
    (entry,) = body["entry"]
    form = "standby" if name.startswith("standby") else "messaging"

    assert (body["object"], list(entry)) == ("page", ["time", "id", form])
    assert shape_of(entry[form][0]) == SHAPES[name]


@pytest.mark.parametrize("name", MESSENGER_KINDS)
def test_every_kind_goes_to_the_page_callback_signed_by_the_app(
    page_world: World, client: FlaskClient, tester: Customer, transport: HandTransport, name: str
) -> None:
    entry = send(client, customer=tester.username, event=name)

    (request,) = transport.requests
    digest = hmac.new(page_world.app.secret.encode(), request.body, hashlib.sha256).hexdigest()
    assert request.url == CALLBACK
    assert request.headers["X-Hub-Signature-256"] == f"sha256={digest}"
    assert (entry["outcome"], entry["events"]) == ("delivered", [f"messenger_{name}"])


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("echo_inbox", ("message", "app_id"), 26390203743090),
        ("echo_fallback", ("message", "attachments", 0, "payload"), None),
        ("optin_stop", ("optin", "notification_messages_status"), "STOP NOTIFICATIONS"),
        ("optin_resume", ("optin", "notification_messages_status"), "RESUME NOTIFICATIONS"),
        ("policy_unblock", ("policy_enforcement", "action"), "unblock"),
        ("account_unlinking", ("account_linking", "status"), "unlinked"),
        ("referral", ("referral", "source"), "SHORTLINK"),
        ("ad_referral", ("referral", "source"), "ADS"),
    ],
)
def test_words_of_messenger_are_metas(name: str, path: tuple[str | int, ...], value: Any) -> None:
    (item,) = json.loads(sample_of(name))["entry"][0]["messaging"]

    assert reduce(lambda part, key: part[key], path, item) == value


def test_words_and_the_message_spoken_of_are_the_callers(
    page_world: World, client: FlaskClient, tester: Customer, transport: HandTransport
) -> None:
    send(client, customer=tester.username, event="reply", text="<b>😊/", mid="m_1")

    (request,) = transport.requests
    message = json.loads(request.body)["entry"][0]["messaging"][0]["message"]
    assert (message["text"], message["reply_to"]["mid"]) == ("<b>😊/", "m_1")
    assert b"<b>\\ud83d\\ude0a\\/" in request.body


def test_a_psid_is_of_one_page_and_stays(world: World, tester: Customer) -> None:
    other = world.at(world.create_company().id)
    psid = world.psid_of(tester.username)

    assert len(psid) == 17
    assert world.psid_of(tester.username) == psid
    assert other.psid_of(tester.username) != psid
    assert world.username_of(psid) == tester.username


def test_an_account_sends_from_its_own_page(
    page_world: World, client: FlaskClient, tester: Customer, transport: HandTransport
) -> None:
    other = page_world.at(page_world.create_company().id)
    other.install_on_page(FIELDS)

    send(client, customer=tester.username, account=other.account.username)

    assert json.loads(transport.requests[0].body)["entry"][0]["id"] == other.page.id


def test_the_ids_of_the_world_stay_as_they_are_without_messenger(page_world: World) -> None:
    twin = World(page_world.seed, page_world._clock, page_world._journal, page_world._outbox, "")

    page_world.messenger_facts(page_world.customers[0].username, {})

    assert page_world.create_customer({}).igsid == twin.create_customer({}).igsid


def test_without_the_object_page_nothing_is_sent(
    world: World, client: FlaskClient, tester: Customer, transport: HandTransport
) -> None:
    entry = send(client, customer=tester.username)

    assert entry["kind"] == "webhook_not_sent"
    assert "not subscribed to the object page" in entry["reason"]
    assert transport.requests == []


@pytest.mark.parametrize(
    ("subscribed", "installed", "reason"),
    [
        (("messages",), FIELDS, "subscription to page lacks message_reads"),
        (FIELDS, ("messages",), "not installed on the Page for message_reads"),
    ],
)
def test_each_layer_must_name_the_field(
    world: World,
    client: FlaskClient,
    tester: Customer,
    subscribed: tuple[str, ...],
    installed: tuple[str, ...],
    reason: str,
) -> None:
    world.subscribe_app(Subscription("page", CALLBACK, "verify-me", subscribed))
    world.install_on_page(installed)

    entry = send(client, customer=tester.username, event="read")

    assert (entry["outcome"], reason in entry["reason"]) == ("not_sent", True)


def test_an_instagram_message_does_not_go_to_the_page_callback(
    page_world: World, tester: Customer, transport: HandTransport
) -> None:
    page_world.send_text(tester.username, "oi")

    assert [json.loads(one.body)["object"] for one in transport.requests] == ["instagram"]


@pytest.mark.parametrize(
    ("wish", "status", "words"),
    [
        ({"event": "message"}, 400, "the key 'customer' is missing"),
        ({"customer": "nobody"}, 404, "no customer is called 'nobody'"),
        ({"customer": "x", "event": "wave"}, 400, "event must be one of message, image"),
        ({"customer": "x", "text": 5}, 400, "text must be a text"),
        ({"customer": "x", "colour": "red"}, 400, "unknown key 'colour'"),
    ],
)
def test_a_wrong_wish_is_refused_in_one_sentence(
    world: World, client: FlaskClient, wish: dict[str, Any], status: int, words: str
) -> None:
    answer = client.post(CALL, json=wish)

    assert (answer.status_code, words in answer.get_json()["error"]) == (status, True)
