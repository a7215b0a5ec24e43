"""Direct beside writing: reactions, replies, quick replies, templates, requests (§3, §9.5)."""

import pytest

from fake_meta.domain.accounts import Subscription
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.events import WebhookField
from fake_meta.domain.outgoing import Outgoing, Recipient
from fake_meta.domain.threads import Attachment, MessageKind, Offer
from fake_meta.world import World
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import PHONE, WEB, SurfaceVisitor, element, elements

BUTTONS = {
    "template_type": "button",
    "text": "Como ajudar?",
    "buttons": [
        {"type": "postback", "title": "Agente", "payload": "HUMAN"},
        {"type": "web_url", "title": "Site", "url": "https://loja.example/"},
    ],
}


@pytest.fixture
def outbox() -> RecordingOutbox:
    return RecordingOutbox()


@pytest.fixture
def world(outbox: RecordingOutbox) -> World:
    world = listening_world(outbox)
    fields = tuple(str(field) for field in WebhookField)
    world.subscribe_app(Subscription("instagram", "http://console.test/", "token", fields))
    return world


@pytest.fixture(params=[WEB, PHONE])
def visitor(world: World, request: pytest.FixtureRequest) -> SurfaceVisitor:
    visitor = SurfaceVisitor(world, request.param)
    visitor.log_in()
    visitor.answer_save_login()
    return visitor


def say(world: World, outgoing: Outgoing) -> str:
    """The company answers the first customer, who has written."""
    customer = world.customers[0]
    world.send_text(customer.username, "oi")
    return world.send(Recipient(customer.igsid), outgoing)[0].mid


def test_opening_the_thread_is_seen_by_the_company(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    say(visitor.world, Outgoing(MessageKind.TEXT, "olá"))

    visitor.get(visitor.direct)
    visitor.get(visitor.direct)

    assert outbox.names.count("seen") == 1


def test_a_reaction_is_given_and_taken_back_by_the_same_form(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    mid = say(visitor.world, Outgoing(MessageKind.TEXT, "olá"))

    visitor.submit(visitor.direct, f"{visitor.direct}react", mid=mid, reaction="love")
    shown = element(visitor.get(visitor.direct), "direct-reactions")
    visitor.submit(visitor.direct, f"{visitor.direct}react", mid=mid, reaction="love")

    assert shown is not None
    assert shown.get_text() == "❤️"
    assert element(visitor.get(visitor.direct), "direct-reactions") is None
    assert outbox.names.count("reaction") == 2


def test_a_reply_quotes_its_message(visitor: SurfaceVisitor) -> None:
    mid = say(visitor.world, Outgoing(MessageKind.TEXT, "qual tamanho?"))

    page = visitor.get(f"{visitor.direct}?reply_to={mid}")
    visitor.submit(visitor.direct, visitor.direct, text="M", reply_to=mid)

    assert 'name="reply_to"' in page.text
    assert element(visitor.get(visitor.direct), "direct-quote").get_text() == "qual tamanho?"


def test_quick_replies_are_tapped_once(visitor: SurfaceVisitor, outbox: RecordingOutbox) -> None:
    offers = (Offer("Agente", "HUMAN"), Offer("Preços", "PRICES"))
    mid = say(visitor.world, Outgoing(MessageKind.TEXT, "com quem?", quick_replies=offers))
    shown = elements(visitor.get(visitor.direct), "quick-reply")

    visitor.submit(visitor.direct, f"{visitor.direct}tap", mid=mid, quick_reply="HUMAN")

    assert [one.get_text() for one in shown] == ["Agente", "Preços"]
    assert elements(visitor.get(visitor.direct), "quick-reply") == []
    assert outbox.events[-1].item["message"]["quick_reply"] == {"payload": "HUMAN"}


def test_a_button_of_a_template_is_tapped(visitor: SurfaceVisitor, outbox: RecordingOutbox) -> None:
    template = Attachment("template", BUTTONS)
    mid = say(visitor.world, Outgoing(MessageKind.TEMPLATE, attachments=(template,)))
    drawn = element(visitor.get(visitor.direct), "direct-template")

    visitor.submit(visitor.direct, f"{visitor.direct}tap", mid=mid, button="HUMAN")

    assert drawn.find("a")["href"] == "https://loja.example/"
    assert outbox.events[-1].item["postback"]["payload"] == "HUMAN"


def test_an_ice_breaker_starts_the_conversation(visitor: SurfaceVisitor) -> None:
    action = {"question": "Qual o horário?", "payload": "HOURS"}
    visitor.world.set_messenger_profile({"ice_breakers": [{"call_to_actions": [action]}]})
    offered = element(visitor.get(visitor.direct), "ice-breaker").get_text()

    visitor.submit(visitor.direct, f"{visitor.direct}greet", title="Qual o horário?")

    (message,) = visitor.world.thread_of(visitor.me.username)
    assert (offered, message.postback) == ("Qual o horário?", "HOURS")
    assert element(visitor.get(visitor.direct), "ice-breaker") is None


def test_typing_and_seen_are_shown(visitor: SurfaceVisitor) -> None:
    visitor.world.send_text(visitor.me.username, "oi")
    before = visitor.get(visitor.direct)

    visitor.world.mark_seen(visitor.me.igsid)
    visitor.world.show_typing(visitor.me.igsid, is_typing=True)
    after = visitor.get(visitor.direct)

    assert (element(before, "direct-seen"), element(before, "direct-typing")) == (None, None)
    assert element(after, "direct-seen") is not None
    assert element(after, "direct-typing") is not None


def test_a_request_is_unseen_until_it_is_accepted(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    post = visitor.world.publish_post(MediaType.FEED)
    comment, _ = visitor.world.comment(visitor.me.username, post.id, "preço?")
    visitor.world.send(Recipient(None, comment.id), Outgoing(MessageKind.TEXT, "respondi"))
    asked = visitor.get(visitor.direct)
    seen_before = "seen" in outbox.names

    visitor.submit(visitor.direct, f"{visitor.direct}accept", accepted="true")
    accepted = visitor.get(visitor.direct)

    assert element(asked, "direct-request") is not None
    assert element(asked, "direct-composer") is None
    assert element(accepted, "direct-composer") is not None
    assert (seen_before, "seen" in outbox.names) == (False, True)


def test_a_blocked_company_can_be_unblocked(visitor: SurfaceVisitor) -> None:
    visitor.world.change_customer(visitor.me.username, {"blocks_business": True})
    blocked = visitor.get(visitor.direct)

    visitor.submit(visitor.direct, f"{visitor.direct}block", blocked="false")

    assert element(blocked, "direct-blocked") is not None
    assert element(visitor.get(visitor.direct), "direct-composer") is not None


def test_a_heart_is_sent(visitor: SurfaceVisitor) -> None:
    visitor.submit(visitor.direct, visitor.direct, attachment="like_heart")

    (message,) = visitor.world.thread_of(visitor.me.username)
    assert message.kind is MessageKind.LIKE_HEART


def test_a_reaction_to_nothing_is_a_problem_not_a_crash(visitor: SurfaceVisitor) -> None:
    unknown = visitor.submit(visitor.direct, f"{visitor.direct}react", mid="x", reaction="love")
    strange = visitor.submit(visitor.direct, f"{visitor.direct}react", mid="x", reaction="dance")

    assert (unknown.status_code, strange.status_code) == (409, 409)
