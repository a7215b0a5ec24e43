"""Messenger's website: log in, write to the Page, see what it answers."""

import pytest

from fake_meta.domain.outgoing import Outgoing, Recipient
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind, Offer
from fake_meta.world import World
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import MESSENGER, SurfaceVisitor, element, elements


@pytest.fixture
def visitor(world: World) -> SurfaceVisitor:
    return SurfaceVisitor(world, MESSENGER)


@pytest.fixture
def inside(visitor: SurfaceVisitor) -> SurfaceVisitor:
    visitor.log_in()
    return visitor


def test_the_front_leads_over_the_log_in_to_the_thread(visitor: SurfaceVisitor) -> None:
    login = visitor.get(f"{MESSENGER}/", follow_redirects=True)
    answer = visitor.log_in()

    assert element(login, "login-username") is not None
    assert (answer.status_code, answer.location) == (303, visitor.direct)
    assert "Instagram" not in login.text


def test_a_wrong_password_is_told(visitor: SurfaceVisitor) -> None:
    assert visitor.try_password("wrong").status_code == 401


def test_what_is_written_goes_to_messenger_only(inside: SurfaceVisitor) -> None:
    inside.write("Olá, Página <b>")

    page, me = inside.get(inside.direct), inside.me.username
    assert [one.text for one in elements(page, "direct-text")] == ["Olá, Página <b>"]
    assert [one.text for one in inside.world.on(Platform.MESSENGER).thread_of(me)] == [
        "Olá, Página <b>"
    ]
    assert inside.world.thread_of(me) == ()
    assert "Instagram" not in page.text


def test_an_answer_is_seen_and_its_quick_reply_tapped(inside: SurfaceVisitor) -> None:
    inbox, me = inside.world.on(Platform.MESSENGER), inside.me.username
    inside.write("Oi")
    offered = Outgoing(MessageKind.TEXT, "Posso ajudar?", quick_replies=(Offer("Sim", "YES"),))
    message, _ = inbox.send(Recipient(inside.world.psid_of(me)), offered)

    page = inside.get(inside.direct)
    inside.submit(inside.direct, f"{inside.direct}tap", mid=message.mid, quick_reply="YES")

    assert [one.text for one in elements(page, "quick-reply")] == ["Sim"]
    assert inbox.thread_state(me).customer_seen == message.mid
    assert inbox.thread_of(me)[-1].quick_reply == "YES"


@pytest.mark.parametrize("kind", ["image", "sticker"])
def test_a_photo_and_a_sticker_are_sent(inside: SurfaceVisitor, kind: str) -> None:
    inside.submit(inside.direct, inside.direct, attachment=kind)

    (message,) = elements(inside.get(inside.direct), "direct-message")
    assert message["data-kind"] == kind


def test_an_unsent_message_is_gone(inside: SurfaceVisitor) -> None:
    inside.write("ops")
    (message,) = elements(inside.get(inside.direct), "direct-message")

    inside.unsend(str(message["data-mid"]))

    assert elements(inside.get(inside.direct), "direct-message") == []


@pytest.mark.parametrize("path", ["t/nobody/", "stories/new/", "nowhere", "empresa.exemplo/"])
def test_other_addresses_are_not_available(inside: SurfaceVisitor, path: str) -> None:
    answer = inside.get(f"{MESSENGER}/{path}")

    assert answer.status_code == 404
    assert "Go back to Messenger" in answer.text


def test_an_empty_thread_greets_and_offers_get_started(inside: SurfaceVisitor) -> None:
    inbox, me = inside.world.on(Platform.MESSENGER), inside.me
    text = "Oi, {{user_first_name}}! <b>"
    inbox.set_messenger_profile(
        {"get_started": {"payload": "START"}, "greeting": [{"locale": "default", "text": text}]}
    )

    page = inside.get(inside.direct)
    inside.submit(inside.direct, f"{inside.direct}greet", title="Get Started")

    first = me.name.split()[0]
    assert [one.text for one in elements(page, "messenger-greeting")] == [f"Oi, {first}! <b>"]
    assert [one.text for one in elements(page, "ice-breaker")] == ["Get Started"]
    assert inbox.thread_of(me.username)[-1].postback == "START"
    assert elements(inside.get(inside.direct), "messenger-greeting") == []


def test_the_name_of_a_persona_stands_above_its_message(inside: SurfaceVisitor) -> None:
    inbox, me = inside.world.on(Platform.MESSENGER), inside.me.username
    inside.write("Oi")
    psid = Recipient(inside.world.psid_of(me))
    inbox.send(psid, Outgoing(MessageKind.TEXT, "Olá", persona="Ana <b>"))
    inbox.send(psid, Outgoing(MessageKind.TEXT, "Tchau"))

    page = inside.get(inside.direct)

    assert [one.text for one in elements(page, "messenger-persona")] == ["Ana <b>"]


def test_the_log_in_bears_messengers_name() -> None:
    visitor = SurfaceVisitor(listening_world(RecordingOutbox()), MESSENGER)

    page = visitor.get(f"{MESSENGER}/accounts/login/").text

    assert "<title>Log in · Messenger</title>" in page
    assert '<h1 class="wordmark">Messenger</h1>' in page
