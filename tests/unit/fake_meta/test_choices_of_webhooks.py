"""Both values of every choice about webhooks (meta-contract §2, §3)."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.courier import DirectSender, OutboundRequest, Reply
from fake_meta.domain.accounts import AppMode, Customer, Subscription
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.choices import Choices
from fake_meta.domain.threads import MessageKind, Surface
from fake_meta.domain.tokens import DeathCause
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.graph_app import GraphApp
from tests.fakes.hand_transport import Done, HandTransport

CALLBACK = "http://app.example/webhook"
SAVED = {"callback_url": CALLBACK, "verify_token": "v"}


class NewlineTransport(HandTransport):
    """A callback that ends what it echoes with a new line."""

    def submit(self, request: OutboundRequest, done: Done) -> None:
        super().submit(request, lambda reply: done(Reply(200, body=reply.body + b"\n")))


@pytest.fixture
def app(client: FlaskClient, world: World) -> GraphApp:
    return GraphApp(client, world)


def subscribe(world: World, *fields: str) -> None:
    world.subscribe_app(Subscription("instagram", CALLBACK, "verify-me", fields))


def last_item(transport: HandTransport) -> dict[str, Any]:
    item: dict[str, Any] = json.loads(transport.requests[-1].body)["entry"][0]["messaging"][0]
    return item


def last_message(transport: HandTransport) -> dict[str, Any]:
    message: dict[str, Any] = last_item(transport)["message"]
    return message


def last_delivery(journal: Journal) -> tuple[str, str]:
    entry = journal.find(Query(kind="webhook_delivery"))[-1]
    return entry.outcome, entry.reason or ""


@pytest.mark.parametrize(
    ("word", "status", "outcome", "told"),
    [
        ("failure", 204, "failed", "takes only 200"),
        ("accepted", 204, "delivered", "asks for 200"),
        ("accepted", 302, "failed", "takes only 200"),
    ],
)
def test_other_2xx(
    world: World,
    tester: Customer,
    transport: HandTransport,
    journal: Journal,
    word: str,
    status: int,
    outcome: str,
    told: str,
) -> None:
    world.choose({"other_2xx": word})
    transport.script(status)

    world.send_text(tester.username, "hi")

    assert last_delivery(journal)[0] == outcome
    assert told in last_delivery(journal)[1]


def test_the_answer_limit_is_how_long_the_transport_waits(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    world.choose({"answer_limit": 5})

    world.send_text(tester.username, "hi")

    assert transport.requests[-1].timeout_s == 5


@pytest.mark.parametrize(("remark_s", "remarks"), [(5, True), (7, False)])
def test_a_late_answer_earns_a_remark(*, remark_s: float, remarks: bool) -> None:
    reason = Reply(200, duration_s=6).reason(Choices(answer_remark=remark_s))

    assert (reason is not None) is remarks


@pytest.mark.parametrize(("word", "has_id"), [("absent", False), ("present", True)])
def test_echo_app_id(
    *, world: World, tester: Customer, transport: HandTransport, word: str, has_id: bool
) -> None:
    world.choose({"echo_app_id": word})
    world.send_text(tester.username, "hi")

    world.answer(tester.igsid, "hello")

    assert (last_message(transport).get("app_id") == int(world.app.id)) is has_id


@pytest.mark.parametrize(
    ("word", "events"), [("silent", ["message"]), ("event", ["message", "unsend"])]
)
def test_web_unsend(
    world: World, tester: Customer, journal: Journal, word: str, events: list[str]
) -> None:
    world.choose({"web_unsend": word})
    mid = world.send_text(tester.username, "hi").mid

    world.unsend(tester.username, mid, Surface.WEB)

    assert [one.events[0] for one in journal.find(Query(kind="webhook_delivery"))] == events


@pytest.mark.parametrize(("word", "flag"), [("boolean", True), ("text", "true")])
def test_deleted_flag(
    world: World, tester: Customer, transport: HandTransport, word: str, flag: bool | str
) -> None:
    world.choose({"deleted_flag": word})
    written = world.send_text(tester.username, "hi").mid
    answered = world.answer(tester.igsid, "hello").mid

    world.unsend(tester.username, written, Surface.MOBILE)
    by_customer = last_message(transport)["is_deleted"]
    world.unsend_as_company(tester.username, answered)

    assert (by_customer, last_message(transport)["is_deleted"]) == (flag, flag)


@pytest.mark.parametrize(("word", "is_heard"), [("is_unsupported", True), ("no_webhook", False)])
def test_unsupported_content(
    *, world: World, tester: Customer, journal: Journal, word: str, is_heard: bool
) -> None:
    world.choose({"unsupported_content": word})

    mid = world.send_media(tester.username, MessageKind.UNSUPPORTED).mid

    assert bool(journal.find(Query(kind="webhook_delivery", mid=mid))) is is_heard
    assert bool(journal.find(Query(kind="webhook_not_sent", mid=mid))) is not is_heard


@pytest.mark.parametrize(("word", "is_heard"), [("image", True), ("no_webhook", False)])
def test_stickers(
    *, world: World, tester: Customer, journal: Journal, word: str, is_heard: bool
) -> None:
    world.choose({"stickers": word})

    mid = world.send_media(tester.username, MessageKind.STICKER).mid

    assert bool(journal.find(Query(kind="webhook_delivery", mid=mid))) is is_heard
    assert bool(journal.find(Query(kind="webhook_not_sent", mid=mid))) is not is_heard


@pytest.mark.parametrize(("word", "number"), [("number", 1), ("text", "1")])
def test_edit_count(
    world: World, tester: Customer, transport: HandTransport, word: str, number: int | str
) -> None:
    world.choose({"edit_count": word})
    subscribe(world, "messages", "message_edit")
    mid = world.send_text(tester.username, "hi").mid

    world.edit(tester.username, mid, "hello")

    assert last_item(transport)["message_edit"]["num_edit"] == number


@pytest.mark.parametrize(("word", "count"), [("sent", 1), ("messenger_only", 0)])
def test_edit_events(
    world: World, tester: Customer, journal: Journal, word: str, count: int
) -> None:
    world.choose({"edit_events": word})
    subscribe(world, "messages", "message_edit")
    mid = world.send_text(tester.username, "hi").mid

    world.edit(tester.username, mid, "hello")

    sent = journal.find(Query(kind="webhook_delivery"))
    assert [one.events[0] for one in sent].count("edit") == count


@pytest.mark.parametrize(("word", "key"), [("changes", "changes"), ("bare", "value")])
def test_changes_envelope(
    world: World, tester: Customer, transport: HandTransport, word: str, key: str
) -> None:
    world.choose({"changes_envelope": word})
    subscribe(world, "comments")
    world.install_on_account(("comments",))
    post = world.publish_post(MediaType.FEED, "")

    world.comment(tester.username, post.id, "lindo")

    entry = json.loads(transport.requests[-1].body)["entry"][0]
    assert key in entry


def test_flavour_a_always_wraps_changes(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    world.choose({"changes_envelope": "bare"})
    subscribe(world, "comments")
    post = world.publish_post(MediaType.FEED, "")

    world.comment(tester.username, post.id, "lindo")

    assert "changes" in json.loads(transport.requests[-1].body)["entry"][0]


@pytest.mark.parametrize(("word", "is_heard"), [("no", True), ("strict", False)])
def test_published_only(
    *, client: FlaskClient, world: World, tester: Customer, transport: HandTransport, word: str,
    is_heard: bool,
) -> None:  # fmt: skip
    world.choose({"published_only": word})
    world.configure_app(AppMode.DEVELOPMENT, {})

    world.send_text(tester.username, "hi")

    healthy = client.get(f"/_control/doctor?customer={tester.username}").get_json()["healthy"]
    assert (bool(transport.requests), healthy) == (is_heard, is_heard)


@pytest.mark.parametrize(("word", "is_heard"), [("continue", True), ("stop", False)])
def test_dead_token_webhooks(
    *, app: GraphApp, tester: Customer, transport: HandTransport, word: str, is_heard: bool
) -> None:
    app.world.choose({"dead_token_webhooks": word})
    app.post("/me/subscribed_apps", subscribed_fields="messages")
    app.world.kill_token("1", DeathCause.PASSWORD_CHANGED)

    app.world.send_text(tester.username, "hi")

    assert bool(transport.requests) is is_heard


@pytest.mark.parametrize(("word", "is_active"), [("by_edge", True), ("dashboard_only", False)])
def test_resubscribe(*, app: GraphApp, word: str, is_active: bool) -> None:
    app.world.choose({"resubscribe": word})
    app.world.disable_subscription()

    app.post("/me/subscribed_apps", subscribed_fields="messages")

    assert app.world.subscriptions[0].active is is_active


def test_the_dashboard_brings_a_disabled_subscription_back(app: GraphApp) -> None:
    app.world.choose({"resubscribe": "dashboard_only"})
    app.world.disable_subscription()

    saved = app.client.post("/_control/webhook/subscription", json=SAVED).get_json()

    assert saved == {"verified": True, "error": None}
    assert app.world.subscriptions[0].active


@pytest.mark.parametrize(
    ("word", "answer"),
    [("open", {"success": True}), ("dashboard_only", 100)],
)
def test_subscriptions_edge(app: GraphApp, word: str, answer: object) -> None:
    app.world.choose({"subscriptions_edge": word})
    asked = {**SAVED, "fields": "messages", "object": "instagram", "access_token": app.app_token()}

    shown = app.client.post(f"/{app.world.app.id}/subscriptions", query_string=asked).get_json()

    assert shown.get("error", {}).get("code", shown) == answer


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"callback_url": "ftp://x"}, "must begin with http"),
        ({"fields": ["messagez"]}, "not 'messagez'"),
        ({"fields": []}, "not an empty list"),
    ],
)
def test_a_subscription_without_meaning_is_refused(
    app: GraphApp, wish: dict[str, object], words: str
) -> None:
    answer = app.client.post("/_control/webhook/subscription", json=SAVED | wish)

    assert answer.status_code == 400
    assert words in answer.get_json()["error"]


@pytest.mark.parametrize(("word", "verified"), [("forgiven", True), ("exact", False)])
def test_challenge_blanks(*, emulator: Emulator, world: World, word: str, verified: bool) -> None:
    world.choose({"challenge_blanks": word})
    sender = DirectSender(world, emulator.parts.clock, emulator.parts.journal, NewlineTransport())

    assert sender.verify("http://app.example/", "v").verified is verified


@pytest.mark.parametrize(
    ("word", "flavour_b", "key"),
    [
        ("by_flavour", False, "messaging"),
        ("by_flavour", True, "changes"),
        ("messaging", True, "messaging"),
        ("changes", False, "changes"),
    ],
)
def test_test_button(
    *, app: GraphApp, transport: HandTransport, word: str, flavour_b: bool, key: str
) -> None:
    app.world.choose({"test_button": word})
    subscribe = app.world.install_on_account if flavour_b else app.world.install_on_page
    subscribe(("messages",))

    app.client.post("/_control/webhook/test-event", json={})

    assert key in json.loads(transport.requests[-1].body)["entry"][0]


@pytest.mark.parametrize(("word", "status"), [("called", 200), ("not_called", 409)])
def test_deletion_by_flavour_b(app: GraphApp, word: str, status: int) -> None:
    app.world.choose({"deletion_by_flavour_b": word})
    app.client.patch("/_control/login/instagram", json={"deauthorize_url": "http://app.example/d"})

    asked = {"flavour": "instagram"}
    answer = app.client.post("/_control/callbacks/deauthorize", json=asked)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("word", "keys"),
    [("both", {"id", "comment_id"}), ("id", {"id"}), ("comment_id", {"comment_id"})],
)
def test_comment_ids(
    world: World, tester: Customer, transport: HandTransport, word: str, keys: set[str]
) -> None:
    world.choose({"comment_ids": word})
    subscribe(world, "comments")

    world.comment(tester.username, world.publish_post(MediaType.FEED, "").id, "lindo")

    value = json.loads(transport.requests[-1].body)["entry"][0]["changes"][0]["value"]
    assert keys == {"id", "comment_id"} & {*value}


def test_a_reset_ends_a_hurried_clock_and_every_choice(app: GraphApp) -> None:
    app.client.post("/_control/clock", json={"scale": 600})
    app.client.patch("/_control/choices", json={"stickers": "no_webhook"})

    app.client.post("/_control/reset", json={})

    assert app.client.get("/_control/clock").get_json()["scale"] == 1
    assert app.world.choices == Choices()


@pytest.mark.parametrize("body", ["[]", "null", "3", "{", '{"stickers": NaN}', '{"stickers": {}}'])
def test_hostile_wishes_are_refused(app: GraphApp, body: str) -> None:
    answer = app.client.patch("/_control/choices", data=body)

    assert answer.status_code == 400
    assert app.world.choices == Choices()
