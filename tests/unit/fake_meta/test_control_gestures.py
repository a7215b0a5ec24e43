"""Gestures of customers, the company in Instagram, switches: by the control API."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fake_meta.domain.accounts import Subscription
from fake_meta.domain.events import WebhookField
from fake_meta.domain.outgoing import Outgoing, Recipient
from fake_meta.domain.threads import Attachment, MessageKind, Offer
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

BUTTON = {"type": "postback", "title": "Agente", "payload": "HUMAN"}
TEMPLATE = {"template_type": "button", "text": "Como?", "buttons": [BUTTON]}


class Desk:
    """The control API, with every field subscribed and a customer who has written."""

    def __init__(self, client: FlaskClient, world: World, transport: HandTransport) -> None:
        self.client, self.world, self.transport = client, world, transport
        self.customer = world.customers[0]
        self.subscribe(*WebhookField)
        self.mid = world.send_text(self.customer.username, "oi").mid

    def subscribe(self, *fields: WebhookField) -> None:
        names = tuple(str(field) for field in fields)
        self.world.subscribe_app(Subscription("instagram", "http://a.test/", "token", names))

    def post(self, path: str, **body: Any) -> TestResponse:
        return self.client.post(f"/_control/customers/{self.customer.username}/{path}", json=body)

    def company(self, method: str, path: str, **body: Any) -> TestResponse:
        return self.client.open(f"/_control/account{path}", method=method, json=body)

    def answer(self, outgoing: Outgoing) -> str:
        return self.world.send(Recipient(self.customer.igsid), outgoing)[0].mid

    @property
    def last(self) -> dict[str, Any]:
        (entry,) = json.loads(self.transport.requests[-1].body)["entry"]
        (item,) = entry.get("messaging") or entry.get("standby") or entry["changes"]
        return dict(item)


@pytest.fixture
def desk(client: FlaskClient, world: World, transport: HandTransport) -> Desk:
    return Desk(client, world, transport)


def test_a_reaction_is_told_and_shown(desk: Desk) -> None:
    shown = desk.post(f"messages/{desk.mid}/reaction", reaction="wow").get_json()

    assert shown["reactions"] == [{"sender": "customer", "reaction": "wow", "emoji": "😮"}]
    assert desk.last["reaction"]["reaction"] == "wow"


def test_a_reaction_can_be_withdrawn_once(desk: Desk) -> None:
    at = f"/_control/customers/{desk.customer.username}/messages/{desk.mid}/reaction"
    desk.client.post(at, json={})

    first, second = desk.client.delete(at), desk.client.delete(at)

    assert (first.status_code, second.status_code) == (200, 409)
    assert desk.last["reaction"] == {"mid": desk.mid, "action": "unreact"}


def test_the_company_is_seen_once(desk: Desk) -> None:
    mid = desk.answer(Outgoing(MessageKind.TEXT, "olá"))

    first, second = desk.post("seen").get_json(), desk.post("seen").get_json()

    assert (first, second) == ({"mid": mid}, {"mid": None})
    assert desk.last["read"] == {"mid": mid}


def test_a_tapped_quick_reply_is_a_message_with_payload(desk: Desk) -> None:
    offers = (Offer("Agente", "HUMAN"),)
    mid = desk.answer(Outgoing(MessageKind.TEXT, "com quem?", quick_replies=offers))

    answer = desk.post(f"messages/{mid}/tap", quick_reply="HUMAN")

    assert answer.status_code == 201
    assert desk.last["message"]["quick_reply"] == {"payload": "HUMAN"}


def test_a_tapped_button_is_a_postback(desk: Desk) -> None:
    attachment = Attachment("template", TEMPLATE)
    mid = desk.answer(Outgoing(MessageKind.TEMPLATE, attachments=(attachment,)))

    desk.post(f"messages/{mid}/tap", button="Agente")

    assert desk.last["postback"]["payload"] == "HUMAN"


def test_only_what_is_offered_can_be_tapped(desk: Desk) -> None:
    refused = desk.post(f"messages/{desk.mid}/tap", quick_reply="HUMAN")

    assert refused.status_code == 400
    assert "there are none" in refused.get_json()["error"]


def test_an_edit_counts_up_to_five(desk: Desk) -> None:
    answers = [desk.post(f"messages/{desk.mid}/edit", text=f"v{n}") for n in range(1, 7)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [409]
    assert desk.last["message_edit"] == {"mid": desk.mid, "text": "v5", "num_edit": 5}


def test_an_inline_reply_and_an_advertisement_are_told(desk: Desk) -> None:
    desk.post("messages", text="sim", reply_to=desk.mid)
    reply = desk.last["message"]

    desk.post("messages", text="quero", referral={"ref": "promo"})

    assert reply["reply_to"] == {"mid": desk.mid}
    assert list(desk.last["message"]["referral"].items()) == [
        ("ref", "promo"),
        ("source", "ADS"),
        ("type", "OPEN_THREAD"),
    ]


def test_a_product_of_the_shop_is_named_alone(desk: Desk) -> None:
    desk.post("messages", text="tem azul?", referral={"product": {"id": "5510001"}})

    assert desk.last["message"]["referral"] == {"product": {"id": "5510001"}}


def test_several_attachments_come_in_one_message(desk: Desk) -> None:
    desk.post("messages", attachments=["image", "video"])

    assert [one["type"] for one in desk.last["message"]["attachments"]] == ["image", "video"]


@pytest.mark.parametrize(
    "body",
    [
        {"attachment": "text"},
        {"attachments": []},
        {"attachments": ["image", "like_heart"]},
        {"text": "x", "referral": "promo"},
        {"text": "x", "referral": {"ref": "olá"}},
        {"text": "x", "referral": {"ref": "a", "source": "SHORTLINK"}},
        {"text": "x", "referral": {"ref": "a", "type": 1}},
        {"text": "x", "attachment": "image"},
        {},
    ],
)
def test_a_message_that_makes_no_sense_is_refused(desk: Desk, body: dict[str, Any]) -> None:
    assert desk.post("messages", **body).status_code == 400


def test_who_blocks_the_company_cannot_write(desk: Desk) -> None:
    desk.world.change_customer(desk.customer.username, {"blocks_business": True})

    assert desk.post("messages", text="x").status_code == 409


def test_a_link_is_told_only_in_a_conversation(desk: Desk) -> None:
    other = desk.world.create_customer({})

    told = desk.post("referrals", ref="promo")
    refused = desk.client.post(
        f"/_control/customers/{other.username}/referrals", json={"ref": "promo"}
    )

    assert (told.status_code, refused.status_code) == (200, 409)
    link = f"https://ig.me/m/{desk.world.account.username}"
    assert desk.last["referral"] == {"ref": "promo", "source": link, "type": "OPEN_THREAD"}


@pytest.mark.parametrize("ref", ["promoção", "a b", "a/b", "a\n"])
def test_a_links_ref_has_metas_alphabet(desk: Desk, ref: str) -> None:
    refused = desk.post("referrals", ref=ref)

    assert refused.status_code == 400
    assert "letters, digits, -, _ and =" in refused.get_data(as_text=True)
    assert desk.post("referrals", ref="A-z_0=").status_code == 200


def test_a_comment_comes_as_a_change_with_both_ids(desk: Desk) -> None:
    post = desk.company("POST", "/media", type="REELS").get_json()

    comment = desk.post("comments", media=post["id"], text="preço?").get_json()

    assert desk.last["field"] == "comments"
    assert desk.last["value"]["id"] == desk.last["value"]["comment_id"] == comment["id"]
    assert desk.last["value"]["media"]["media_product_type"] == "REELS"


def test_a_comment_needs_a_post(desk: Desk) -> None:
    assert desk.post("comments", media="1", text="x").status_code == 404


@pytest.mark.parametrize("in_comment", [True, False])
def test_a_mention_comes_as_a_change(desk: Desk, in_comment: bool) -> None:
    desk.post("mentions", in_comment=in_comment)

    assert desk.last["field"] == "mentions"
    assert ("comment_id" in desk.last["value"]) is in_comment


def test_story_insights_hide_small_numbers(desk: Desk) -> None:
    story = desk.company("POST", "/stories").get_json()["id"]

    desk.company("POST", f"/stories/{story}/insights", impressions=5, reach=4)

    assert (desk.last["value"]["impressions"], desk.last["value"]["reach"]) == (5, -1)


@pytest.mark.parametrize("origin", ["instagram", "other_tool"])
def test_what_the_company_writes_elsewhere_is_echoed(desk: Desk, origin: str) -> None:
    desk.company("POST", "/messages", to=desk.customer.username, text="x", origin=origin)

    assert desk.last["message"]["is_echo"] is True


def test_the_companys_unsend_is_a_deleted_echo(desk: Desk) -> None:
    to = desk.customer.username
    mid = desk.company("POST", "/messages", to=to, text="ops").get_json()["mid"]

    desk.company("POST", f"/messages/{mid}/unsend", to=to)

    assert desk.last["message"] == {"mid": mid, "is_deleted": True, "is_echo": True}


def test_a_request_is_accepted_once(desk: Desk) -> None:
    path = f"/threads/{desk.customer.username}/accept"

    first, second = desk.company("POST", path), desk.company("POST", path)

    assert first.get_json() == {"folder": "general"}
    assert second.status_code == 409


@pytest.mark.parametrize(
    ("field", "gesture"),
    [
        (WebhookField.REACTIONS, "reaction"),
        (WebhookField.SEEN, "seen"),
        (WebhookField.EDIT, "edit"),
        (WebhookField.EDIT, "ghost-edit"),
    ],
)
def test_a_gesture_is_told_only_to_who_subscribed_its_field(
    desk: Desk, field: WebhookField, gesture: str
) -> None:
    desk.answer(Outgoing(MessageKind.TEXT, "olá"))
    desk.subscribe(*(set(WebhookField) - {field}))
    told = len(desk.transport.requests)
    path = "seen" if gesture == "seen" else f"messages/{desk.mid}/{gesture}"

    answer = desk.post(path, **({"text": "x"} if gesture == "edit" else {}))

    assert answer.status_code == 200
    assert len(desk.transport.requests) == told


def test_the_other_app_takes_the_thread(desk: Desk) -> None:
    path = f"/threads/{desk.customer.username}/second-app"

    taken = desk.company("POST", path, call="take", metadata="vip").get_json()
    event = desk.last["take_thread_control"]
    desk.world.send_text(desk.customer.username, "alguém?")

    assert taken["controller"] == event["new_owner_app_id"] == desk.world.second_app_id
    assert b'"standby":' in desk.transport.requests[-1].body


def test_control_lapses_a_day_after_the_last_message(desk: Desk, emulator: Any) -> None:
    path = f"/threads/{desk.customer.username}/second-app"
    desk.company("POST", path, call="take")

    emulator.parts.courier.advance_clock(24 * 3600 * 1000)

    assert desk.world.controller_of(desk.customer.username) is None


def test_the_account_shows_its_switches(desk: Desk) -> None:
    app_id = desk.world.app.id

    shown = desk.company("PATCH", "", message_access=False, default_app=app_id).get_json()

    assert (shown["message_access"], shown["default_app"]) == (False, app_id)
    assert desk.company("PATCH", "", default_app="1").status_code == 409


def test_an_account_that_writes_to_itself_is_marked(desk: Desk) -> None:
    desk.company("POST", "/self-messages", text="teste")

    assert desk.last["sender"] == desk.last["recipient"] == {"id": desk.world.account.id}
    assert desk.last["message"]["is_self"] is True
