"""The company's own side of Instagram: folders, requests, the switch (§9.1, §9.4, §9.5)."""

import pytest

from fake_meta.domain.login import Flavour
from fake_meta.domain.threads import Folder
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import MESSENGER, PHONE, WEB, SurfaceVisitor, element, elements


def owner_on(prefix: str, outbox: RecordingOutbox) -> SurfaceVisitor:
    owner = SurfaceVisitor(listening_world(outbox), prefix)
    person = owner.world.person(Flavour.INSTAGRAM)
    owner.try_password(person.password, person.login)
    return owner


@pytest.fixture(params=[WEB, PHONE])
def owner(outbox: RecordingOutbox, request: pytest.FixtureRequest) -> SurfaceVisitor:
    return owner_on(request.param, outbox)


def inbox(owner: SurfaceVisitor, folder: str) -> list[str]:
    page = owner.get(f"{owner.prefix}/business/?folder={folder}")
    return [one["data-username"] for one in elements(page, "chat")]


def thread(owner: SurfaceVisitor) -> str:
    return f"{owner.prefix}/business/t/{owner.me.username}/"


def test_a_request_is_accepted_and_only_then_seen(owner: SurfaceVisitor) -> None:
    me, world = owner.me.username, owner.world
    world.send_text(me, "Hello")
    found = inbox(owner, "requests"), inbox(owner, "primary")
    page = owner.get(thread(owner))
    unseen = world.thread_state(me).company_seen

    owner.submit(thread(owner), f"{thread(owner)}accept")

    assert found == ([me], [])
    assert element(page, "owner-composer") is None, "a request is accepted before it is answered"
    assert unseen is None
    assert world.thread_state(me).company_seen == world.thread_of(me)[0].mid
    assert inbox(owner, "general") == [me]


def test_a_follower_s_thread_is_in_primary_and_seen_when_opened(owner: SurfaceVisitor) -> None:
    me, world = owner.me.username, owner.world
    world.set_follow(me, follows=True)
    sent = world.send_text(me, "Hello")

    owner.get(thread(owner))

    assert inbox(owner, "primary") == [me]
    assert world.thread_state(me).company_seen == sent.mid
    assert world.thread_state(me).folder is Folder.PRIMARY


def test_news_of_a_thread_are_told_once(owner: SurfaceVisitor) -> None:
    owner.world.set_follow(owner.me.username, follows=True)
    owner.world.send_text(owner.me.username, "Hello")
    page = owner.get(thread(owner))
    shown = element(page, "owner-thread")
    assert shown is not None
    at = f"{thread(owner)}news?after="

    nothing = owner.client.get(at + shown["data-revision"])
    mid = owner.world.send_text(owner.me.username, "<b>Still</b> there?").mid
    news = owner.client.get(at + shown["data-revision"]).get_json()
    again = owner.client.get(at + str(news["revision"]))

    assert (nothing.status_code, again.status_code) == (204, 204)
    assert f'data-key="{mid}"' in news["html"]
    assert "&lt;b&gt;Still&lt;/b&gt; there?" in news["html"]
    assert owner.world.thread_state(owner.me.username).company_seen == mid


def test_an_answer_from_instagram_is_an_echo(
    owner: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    owner.world.set_follow(owner.me.username, follows=True)
    owner.world.send_text(owner.me.username, "Hello")

    owner.submit(thread(owner), thread(owner), text="Good morning")

    assert outbox.names == ["message", "echo"]
    assert outbox.events[-1].item["message"]["text"] == "Good morning"


@pytest.mark.parametrize(("prefix", "told"), [(WEB, 0), (PHONE, 1)])
def test_only_the_phone_tells_of_what_the_company_unsends(
    outbox: RecordingOutbox, prefix: str, told: int
) -> None:
    owner = owner_on(prefix, outbox)
    owner.world.set_follow(owner.me.username, follows=True)
    owner.world.send_text(owner.me.username, "Hello")
    owner.submit(thread(owner), thread(owner), text="oops")
    mid = owner.world.thread_of(owner.me.username)[-1].mid

    owner.submit(thread(owner), f"{thread(owner)}unsend", mid=mid)

    assert owner.world.message_of(owner.me.username, mid).unsent
    assert outbox.names.count("echo_unsend") == told


def test_without_access_to_messages_the_app_hears_nothing(
    owner: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    settings = f"{owner.prefix}/business/settings/"
    was = element(owner.get(settings), "message-access")["aria-checked"]
    owner.submit(settings, settings, allowed="false")
    owner.world.send_text(owner.me.username, "unheard")

    owner.submit(settings, settings, allowed="true")
    owner.world.send_text(owner.me.username, "heard")

    assert was == "true"
    assert [event.item["message"]["text"] for event in outbox.events] == ["heard"]


def test_a_customer_cannot_open_the_company_s_side(visitor: SurfaceVisitor) -> None:
    answer = visitor.get(f"{visitor.prefix}/business/")

    assert (answer.status_code, "/accounts/login/" in answer.location) == (303, True)


def test_the_company_has_no_pages_of_a_customer(owner: SurfaceVisitor) -> None:
    answer = owner.get(owner.direct)

    assert answer.location == f"{owner.prefix}/business/"


def test_the_company_s_password_is_checked(outbox: RecordingOutbox) -> None:
    owner = SurfaceVisitor(listening_world(outbox))

    refused = owner.try_password("wrong", owner.world.account.username)

    assert refused.status_code == 401


def test_on_messenger_a_page_logs_in_nowhere(outbox: RecordingOutbox) -> None:
    page = SurfaceVisitor(listening_world(outbox), MESSENGER)
    person = page.world.person(Flavour.INSTAGRAM)

    assert page.try_password(person.password, person.login).status_code == 401
