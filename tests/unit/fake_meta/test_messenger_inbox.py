"""Messenger's inbox of a Page: people write, tap, react and read there (meta-contract §3.13)."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AccessLevel, Customer, Permission
from fake_meta.domain.platforms import Platform
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport
from tests.fakes.messenger_page import CALLBACK, MessengerPage
from tests.unit.fake_meta.test_messenger_webhooks import SHAPES
from tests.unit.fake_meta.test_payload_samples import shape_of


@pytest.fixture
def page(client: FlaskClient, world: World, transport: HandTransport) -> MessengerPage:
    return MessengerPage(client, world, transport)


@pytest.fixture
def user(page: MessengerPage) -> str:
    return page.tester.username


def test_a_text_on_messenger_goes_to_the_page_callback(page: MessengerPage, user: str) -> None:
    written = page.control("POST", f"customers/{user}/messages", text="Olá 😊").get_json()

    (item,) = page.items
    assert shape_of(item) == SHAPES["message"]
    assert item["sender"]["id"] == page.psid
    assert item["recipient"]["id"] == page.world.page.id
    assert item["message"] == {"mid": written["mid"], "text": "Olá 😊"}
    assert written["mid"].startswith("m_")


def test_the_two_threads_of_a_person_are_apart(page: MessengerPage, user: str) -> None:
    page.world.send_text(user, "no Direct")
    page.inbox.send_text(user, "no Messenger")

    assert [one.text for one in page.world.thread_of(user)] == ["no Direct"]
    assert [one.text for one in page.inbox.thread_of(user)] == ["no Messenger"]
    assert page.control("GET", f"customers/{user}").get_json()["igsid"] == page.psid


@pytest.mark.parametrize(
    ("kind", "shape"), [("image", "image"), ("sticker", "sticker"), ("share", "fallback")]
)
def test_attachments_have_messengers_shape(
    page: MessengerPage, user: str, kind: str, shape: str
) -> None:
    page.control("POST", f"customers/{user}/messages", attachment=kind)

    assert shape_of(page.items[0]) == SHAPES[shape]


def test_what_only_instagram_has_cannot_be_attached(page: MessengerPage, user: str) -> None:
    answer = page.control("POST", f"customers/{user}/messages", attachment="ig_reel")

    assert (answer.status_code, "an attachment is one of audio" in answer.get_json()["error"]) == (
        400,
        True,
    )


def test_a_reply_says_whose_message_it_answers(page: MessengerPage, user: str) -> None:
    own = page.inbox.send_text(user, "um")
    page.inbox.send_reply(user, "dois", own.mid)

    assert shape_of(page.items[1]) == SHAPES["reply"]
    assert page.items[1]["message"]["reply_to"] == {"mid": own.mid, "is_self_reply": True}


def test_taps_reactions_edits_and_reads_have_the_samples_shapes(
    page: MessengerPage, user: str
) -> None:
    psid = page.written()
    offers = [{"content_type": "text", "title": "Sim", "payload": "YES"}]
    asked = page.post(
        "/me/messages", recipient={"id": psid}, message={"text": "?", "quick_replies": offers}
    ).get_json()["message_id"]
    button = {"type": "postback", "title": "Quero", "payload": "WANT"}
    payload = {"template_type": "button", "text": "Pedido", "buttons": [button]}
    template = {"attachment": {"type": "template", "payload": payload}}
    offered = page.post("/me/messages", recipient={"id": psid}, message=template).get_json()
    page.transport.requests.clear()

    at = f"customers/{user}/messages"
    page.control("POST", f"{at}/{asked}/tap", quick_reply="YES")
    page.control("POST", f"{at}/{offered['message_id']}/tap", button="WANT")
    page.control("POST", f"{at}/{asked}/reaction", reaction="love")
    page.control("DELETE", f"{at}/{asked}/reaction")
    own = page.inbox.send_text(user, "errado").mid
    page.control("POST", f"{at}/{own}/edit", text="certo")
    page.control("POST", f"customers/{user}/seen")
    page.control("POST", f"customers/{user}/referrals", ref="site")

    kinds = ["quick_reply", "postback", "reaction", "unreaction", "message", "edit", "read"]
    assert [shape_of(item) for item in page.items] == [
        SHAPES[kind] for kind in (*kinds, "referral")
    ]
    assert page.items[-1]["referral"] == {
        "ref": "site",
        "source": "SHORTLINK",
        "type": "OPEN_THREAD",
        "referer_uri": f"https://m.me/{page.items[-1]['recipient']['id']}",
    }


def test_an_advertisement_and_a_link_say_their_source(page: MessengerPage, user: str) -> None:
    at = f"customers/{user}/messages"
    page.control("POST", at, text="quero", referral={"ad_id": "60452", "ref": "autumn"})
    page.control("POST", at, text="do link", referral={"ref": "a", "source": "SHORTLINK"})

    told = [item["message"]["referral"] for item in page.items]
    assert [list(one) for one in told] == [
        ["ref", "ad_id", "source", "type"],
        ["ref", "source", "type"],
    ]
    assert [one["source"] for one in told] == ["ADS", "SHORTLINK"]


def test_nothing_tells_the_app_of_an_unsent_message(
    page: MessengerPage, user: str, journal: Journal
) -> None:
    mid = page.inbox.send_text(user, "ops").mid

    gone = page.control("POST", f"customers/{user}/messages/{mid}/unsend")

    (entry,) = [one for one in journal.find(Query()) if one.events == ("messenger_unsend",)]
    assert gone.get_json()["unsent"] is True
    assert (len(page.items), "9000001" in (entry.reason or "")) == (1, True)
    assert page.read(f"/{mid}")["error"]["code"] == 9000001


def test_who_has_no_role_is_not_heard_under_standard_access(
    page: MessengerPage, stranger: Customer, journal: Journal
) -> None:
    page.inbox.send_text(stranger.username, "alô")

    assert page.items == []
    reason = journal.find(Query())[-1].reason or ""
    assert "standard access pages_messaging covers only" in reason


def test_advanced_access_of_instagram_is_none_on_messenger(
    page: MessengerPage, stranger: Customer
) -> None:
    page.world.configure_app(None, {Permission.MANAGE_MESSAGES: AccessLevel.ADVANCED})
    page.inbox.send_text(stranger.username, "alô")
    page.world.configure_app(None, {Permission.PAGES_MESSAGING: AccessLevel.ADVANCED})
    page.inbox.send_text(stranger.username, "agora sim")

    assert [item["message"]["text"] for item in page.items] == ["agora sim"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [(("message_echoes",), "not installed on the Page for messages"), (None, "not installed")],
)
def test_the_page_must_be_installed_for_the_field(
    page: MessengerPage, user: str, journal: Journal, fields: tuple[str, ...] | None, reason: str
) -> None:
    page.world.uninstall_from_page()
    if fields is not None:
        page.world.install_on_page(fields)

    page.inbox.send_text(user, "alô")

    assert reason in (journal.find(Query())[-1].reason or "")


def test_a_failed_delivery_is_tried_again_and_disables_only_the_object_page(
    page: MessengerPage, user: str, emulator: Emulator
) -> None:
    courier = emulator.parts.courier
    courier.freeze_clock()
    page.transport.script(*[500] * 40)
    page.inbox.send_text(user, "alô")
    courier.advance_clock(2 * 3600 * 1000)

    bodies = [json.loads(one.body) for one in page.transport.requests]
    assert len({body["entry"][0]["time"] for body in bodies}) == len(bodies) > 5
    assert len({body["entry"][0]["messaging"][0]["message"]["mid"] for body in bodies}) == 1
    active = {one.object: one.active for one in page.world.subscriptions}
    assert active == {"instagram": True, "page": False}


def test_subscribing_again_ends_the_disabling(page: MessengerPage, user: str) -> None:
    page.world.disable_subscription("page")
    page.inbox.send_text(user, "verloren")
    page.world.install_on_page(("messages",))
    page.inbox.send_text(user, "wieder da")

    assert [item["message"]["text"] for item in page.items] == ["wieder da"]


def test_each_company_has_a_messenger_inbox_of_its_own(page: MessengerPage, user: str) -> None:
    other = page.world.at(page.world.create_company().id)
    other.install_on_page(("messages",))

    path = f"customers/{user}/messages"
    page.control("POST", path, text="oi", account=other.account.username)

    (item,) = page.items
    assert item["recipient"]["id"] == other.page.id
    assert (item["sender"]["id"], page.psid == other.psid_of(user)) == (other.psid_of(user), False)


def test_the_page_inbox_echoes_with_its_app_id(page: MessengerPage, user: str) -> None:
    page.written()
    page.control("POST", "account/messages", to=user, text="da página")

    echo, delivery = page.items[1:]
    assert shape_of(echo) == SHAPES["echo"]
    assert echo["message"]["app_id"] == 26390203743090
    assert shape_of(delivery) == SHAPES["delivery"]


def test_the_page_cannot_begin_a_conversation(page: MessengerPage, user: str) -> None:
    answer = page.control("POST", "account/messages", to=user, text="oi")

    assert (answer.status_code, "never wrote to the Page" in answer.get_json()["error"]) == (
        409,
        True,
    )


@pytest.mark.parametrize(
    "call", ["POST account/stories", "GET customers/x/stories", "POST account/self-messages"]
)
def test_calls_of_instagram_alone_take_no_platform(page: MessengerPage, call: str) -> None:
    answer = page.control(*call.split())

    assert answer.status_code == 400
    assert "takes no platform" in answer.get_json()["error"]


def test_an_unknown_platform_is_told(page: MessengerPage, user: str) -> None:
    asked = {"platform": "whatsapp"}
    answer = page.client.get(f"/_control/customers/{user}/thread", query_string=asked)

    assert answer.get_json()["error"] == (
        "platform must be one of instagram, messenger, not 'whatsapp'"
    )


def test_ids_of_the_world_stay_as_they_are_beside_messenger(page: MessengerPage, user: str) -> None:
    twin = World(page.world.seed, page.world._clock, page.world._journal, page.world._outbox, "")
    page.inbox.send_media(user, "image")
    page.inbox.send_text(user, "oi")

    mine, other = page.world.send_text(user, "a"), twin.send_text(user, "a")

    assert mine.mid == other.mid
    assert page.world.create_customer({}).igsid == twin.create_customer({}).igsid


def test_the_same_seed_makes_the_same_messages(page: MessengerPage, user: str) -> None:
    twin = World(page.world.seed, page.world._clock, page.world._journal, page.world._outbox, "")

    mids = [world.on(Platform.MESSENGER).send_text(user, "a").mid for world in (page.world, twin)]

    assert mids[0] == mids[1]


def test_a_reset_in_the_middle_leaves_an_empty_inbox(page: MessengerPage, user: str) -> None:
    inbox = page.inbox
    inbox.send_text(user, "antes")
    page.client.post("/_control/reset", json={"keep_subscriptions": True})

    assert page.inbox.thread_of(user) == ()
    assert inbox.send_text(user, "depois").mid.startswith("m_")
    assert [item["message"]["text"] for item in page.items] == ["antes", "depois"]


def test_a_snapshot_keeps_messenger(page: MessengerPage, user: str) -> None:
    page.written("guardada")
    page.client.post("/_control/marks", json={"name": "before"})
    page.inbox.send_text(user, "depois")
    page.client.post("/_control/marks/before/restore")

    assert [one.text for one in page.inbox.thread_of(user)] == ["guardada"]
    assert page.send(page.psid, "resposta").status_code == 200


def test_the_doctor_looks_at_messenger_too(page: MessengerPage, user: str) -> None:
    def first_wrong() -> Any:
        return page.control("GET", "doctor").get_json()["first_wrong"]

    healthy = first_wrong()
    page.world.install_on_page(("message_reads",))
    not_for_messages = first_wrong()
    page.world.configure_app(None, {Permission.PAGES_MESSAGING: AccessLevel.NONE})
    page.world.install_on_page(("messages",))

    assert healthy is None
    assert "not for messages" in not_for_messages["seen"]
    assert first_wrong()["seen"].startswith("pages_messaging: none access")


def test_a_batch_holds_one_object_only(page: MessengerPage, user: str) -> None:
    fault = {"name": "batch", "size": 2}
    page.client.post("/_control/faults", json=fault)
    page.world.send_text(user, "ig 1")
    page.inbox.send_text(user, "ms 1")
    page.world.send_text(user, "ig 2")
    page.inbox.send_text(user, "ms 2")

    bodies = [(one.url, json.loads(one.body)) for one in page.transport.requests]
    assert {(url == CALLBACK, body["object"]) for url, body in bodies} == {
        (True, "page"),
        (False, "instagram"),
    }


def test_the_dashboard_subscribes_to_the_page_too(page: MessengerPage, user: str) -> None:
    wish = {"callback_url": "http://app.example/other", "object": "page", "verify_token": "v"}
    page.client.post("/_control/webhook/subscription", json=wish)

    page.inbox.send_text(user, "oi")

    callbacks = {one.object: one.callback_url for one in page.world.subscriptions}
    assert callbacks["page"] == page.transport.requests[-1].url == wish["callback_url"]
    assert callbacks["instagram"] != wish["callback_url"]


def test_a_delivery_is_made_anew_to_the_callback_of_its_object(
    page: MessengerPage, user: str, journal: Journal
) -> None:
    page.inbox.send_text(user, "oi")
    [entry] = journal.find(Query(kind="webhook_delivery"))

    wish = {"seq": entry.seq, "entry_time": "fresh"}
    page.client.post("/_control/webhook/redeliver", json=wish)

    assert [one.url for one in page.transport.requests] == [CALLBACK, CALLBACK]
    assert page.items[0] == page.items[1]


def test_an_oversize_delivery_is_padded_with_messengers_receipts(
    page: MessengerPage, user: str
) -> None:
    page.client.post("/_control/faults", json={"name": "oversize", "bytes": 300_000})

    page.inbox.send_text(user, "oi")

    (request,) = page.transport.requests
    (entry,) = json.loads(request.body)["entry"]
    assert len(request.body) >= 300_000
    assert {shape_of(item) for item in entry["messaging"][1:]} == {SHAPES["read"]}


def test_many_write_at_once_and_every_message_is_there(page: MessengerPage, user: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda at: page.inbox.send_text(user, f"{at}").mid, range(200)))

    assert {one.mid for one in page.inbox.thread_of(user)} == set(sent)
    assert len({item["message"]["mid"] for item in page.items}) == 200
