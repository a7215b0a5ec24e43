"""Direct: write, see, unsend (review steps 8 and 13; meta-contract §9.1)."""

import pytest

from fake_meta.domain.threads import MessageKind
from fake_meta.world import World
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import PHONE, WEB, SurfaceVisitor, element, elements

HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7*7 }} & 😀"
JSON = {"Accept": "application/json"}


@pytest.fixture
def outbox() -> RecordingOutbox:
    return RecordingOutbox()


@pytest.fixture
def world(outbox: RecordingOutbox) -> World:
    return listening_world(outbox)


def arrived(world: World, prefix: str) -> SurfaceVisitor:
    visitor = SurfaceVisitor(world, prefix)
    visitor.log_in()
    visitor.answer_save_login()
    return visitor


@pytest.fixture(params=[WEB, PHONE])
def visitor(world: World, request: pytest.FixtureRequest) -> SurfaceVisitor:
    return arrived(world, request.param)


def test_a_written_message_stands_in_the_thread(visitor: SurfaceVisitor) -> None:
    visitor.write("Hello!")

    (message,) = elements(visitor.get(visitor.direct), "direct-message")
    assert (message["data-from"], message["data-kind"]) == ("customer", "text")
    assert message["data-mid"] == visitor.world.thread_of(visitor.me.username)[0].mid


def test_hostile_text_stays_text(visitor: SurfaceVisitor) -> None:
    visitor.write(HOSTILE)

    page = visitor.get(visitor.direct)

    assert element(page, "direct-text").get_text() == HOSTILE
    assert element(page, "direct-text").find() is None
    assert "<script>alert" not in page.text


def test_line_breaks_and_spaces_arrive_unchanged(visitor: SurfaceVisitor) -> None:
    visitor.write("one\r\n\r\n  two ")

    (message,) = visitor.world.thread_of(visitor.me.username)
    assert message.text == "one\n\n  two "
    assert element(visitor.get(visitor.direct), "direct-text").get_text() == "one\n\n  two "


def test_text_finds_its_own_direction(visitor: SurfaceVisitor) -> None:
    visitor.write("مرحبا")

    assert element(visitor.get(visitor.direct), "direct-text")["dir"] == "auto"


def test_a_blank_message_is_not_sent(visitor: SurfaceVisitor) -> None:
    visitor.write(" \n ")

    assert visitor.world.thread_of(visitor.me.username) == ()


def test_a_photo_can_be_sent(visitor: SurfaceVisitor) -> None:
    visitor.submit(visitor.direct, visitor.direct, attachment="image")

    (message,) = visitor.world.thread_of(visitor.me.username)
    assert message.kind is MessageKind.IMAGE
    assert element(visitor.get(visitor.direct), "direct-message").find("img")["src"].startswith("/")


def test_the_company_s_answer_stands_on_the_other_side(visitor: SurfaceVisitor) -> None:
    visitor.write("Hello!")

    visitor.world.answer(visitor.me.igsid, "Good morning")

    answer = elements(visitor.get(visitor.direct), "direct-message")[-1]
    assert answer["data-from"] == "business"
    assert answer.find(attrs={"data-testid": "unsend"}) is None


def test_no_news_has_no_content(visitor: SurfaceVisitor) -> None:
    revision = element(visitor.get(visitor.direct), "direct-thread")["data-revision"]

    answer = visitor.get(f"{visitor.direct}thread?after={revision}", headers=JSON)

    assert (answer.status_code, answer.data) == (204, b"")


def test_news_bring_the_thread_as_the_page_draws_it(visitor: SurfaceVisitor) -> None:
    revision = element(visitor.get(visitor.direct), "direct-thread")["data-revision"]
    visitor.world.send_text(visitor.me.username, HOSTILE)

    news = visitor.get(f"{visitor.direct}thread?after={revision}", headers=JSON).json

    assert news["revision"] > int(revision)
    page = visitor.get(visitor.direct).text
    assert news["html"].strip() in page


def test_the_page_s_script_is_told_that_nobody_is_logged_in(world: World) -> None:
    stranger = SurfaceVisitor(world)

    assert stranger.get(f"{stranger.direct}thread?after=0", headers=JSON).status_code == 401


def test_unsending_on_the_website_tells_nobody(world: World, outbox: RecordingOutbox) -> None:
    visitor = arrived(world, WEB)
    visitor.write("oops")

    visitor.unsend(world.thread_of(visitor.me.username)[0].mid)

    assert elements(visitor.get(visitor.direct), "direct-message") == []
    assert outbox.names == ["message"]


def test_unsending_on_the_phone_emits_the_event(world: World, outbox: RecordingOutbox) -> None:
    visitor = arrived(world, PHONE)
    visitor.write("oops")

    visitor.unsend(world.thread_of(visitor.me.username)[0].mid)

    assert elements(visitor.get(visitor.direct), "direct-message") == []
    assert outbox.names == ["message", "unsend"]


def test_without_scripts_the_website_asks_before_unsending(world: World) -> None:
    visitor = arrived(world, WEB)
    visitor.write("oops")
    choice = element(visitor.get(visitor.direct), "unsend")

    question = visitor.get(choice["href"])

    mid = world.thread_of(visitor.me.username)[0].mid
    assert element(question, "unsend-confirm").find_parent("form").find(value=mid) is not None


def test_the_phone_shows_no_menu_before_the_long_press(world: World) -> None:
    visitor = arrived(world, PHONE)
    visitor.write("Hello!")

    (menu,) = elements(visitor.get(visitor.direct), "message-menu")

    assert menu.name == "dialog"
    assert not menu.has_attr("open")


@pytest.mark.parametrize("author", ["business", "nobody"])
def test_only_own_messages_can_be_unsent(visitor: SurfaceVisitor, author: str) -> None:
    visitor.write("Hello!")
    answer = visitor.world.answer(visitor.me.igsid, "Good morning")
    mid = {"business": answer.mid, "nobody": "no-such-mid"}[author]

    refusal = visitor.unsend(mid)

    assert refusal.status_code == 409
    assert element(refusal, "emulator-note") is not None
    assert not any(message.unsent for message in visitor.world.thread_of(visitor.me.username))
