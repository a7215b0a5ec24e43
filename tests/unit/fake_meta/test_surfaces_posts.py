"""What the company shows: posts to share, a story to answer, files of one's own (§3.3, §9.3)."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from fake_meta.domain.errors import AssetGoneError
from fake_meta.domain.platforms import Platform
from fake_meta.world import World
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import MESSENGER, PHONE, WEB, SurfaceVisitor, element, elements

PNG = b"\x89PNG\r\n\x1a\n and more"


def send_file(visitor: SurfaceVisitor, body: bytes, name: str, content_type: str):
    soup = BeautifulSoup(visitor.get(visitor.direct).text, "html.parser")
    token = soup.find("input", {"name": "csrf_token"})["value"]
    file = (io.BytesIO(body), name, content_type)
    return visitor.client.post(visitor.direct, data={"csrf_token": token, "file": file})


def on_the_cdn(world: World, url: str | None) -> bytes:
    address = {key: one for key, (one,) in parse_qs(urlsplit(url or "").query).items()}
    content = world.asset(address["asset_id"], address["signature"]).content
    assert content is not None
    return content[1]


def attachment(outbox: RecordingOutbox) -> dict:
    return outbox.events[-1].item["message"]["attachments"][0]


def test_the_story_of_the_day_is_answered(visitor: SurfaceVisitor, outbox: RecordingOutbox) -> None:
    visitor.world.publish_company_story("Sale")
    story = element(visitor.get(visitor.company), "company-story")["href"]

    visitor.submit(story, story, text="How much?")

    message = outbox.events[-1].item["message"]
    assert message["text"] == "How much?"
    assert (
        message["reply_to"]["story"]["id"] == element(visitor.get(story), "story")["data-story-id"]
    )


def test_a_quick_reaction_is_a_reply_of_one_emoji(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    visitor.world.publish_company_story("Sale")
    story = element(visitor.get(visitor.company), "company-story")["href"]
    emoji = elements(visitor.get(story), "story-reaction")[0]["value"]

    visitor.submit(story, story, text=emoji)

    assert outbox.events[-1].item["message"]["text"] == emoji
    assert "story" in outbox.events[-1].item["message"]["reply_to"]


def test_without_a_live_story_there_is_none_to_open(visitor: SurfaceVisitor) -> None:
    nowhere = f"{visitor.prefix}/stories/{visitor.world.account.username}/123/"

    assert element(visitor.get(visitor.company), "company-story") is None
    assert visitor.get(nowhere).status_code == 404


@pytest.mark.parametrize(("number", "kind"), [(1, "ig_post"), (4, "ig_reel")])
def test_a_post_is_shared(
    visitor: SurfaceVisitor, outbox: RecordingOutbox, number: int, kind: str
) -> None:
    post = elements(visitor.get(visitor.company), "post")[number - 1]["href"]

    visitor.submit(post, post)

    assert attachment(outbox)["type"] == kind


def test_a_post_that_is_not_there(visitor: SurfaceVisitor) -> None:
    assert visitor.get(f"{visitor.company}p/13/").status_code == 404


def test_a_customer_s_own_story_is_deleted_with_its_picture(visitor: SurfaceVisitor) -> None:
    visitor.share_story(mention="@empresa.exemplo")
    me = visitor.me.username
    shared = f"{visitor.prefix}/stories/{visitor.world.stories_of(me)[0].id}/shared/"

    visitor.submit(shared, shared)

    with pytest.raises(AssetGoneError):
        on_the_cdn(visitor.world, visitor.world.thread_of(me)[0].url)


@pytest.mark.parametrize("prefix", [WEB, PHONE, MESSENGER])
@pytest.mark.parametrize(
    ("body", "name", "declared", "kind"),
    [
        (PNG, "cup.png", "image/png", "image"),
        (b"\x1aE\xdf\xa3 film", "film.webm", "application/octet-stream", "video"),
        (b"....ftypM4A voice", "voice.m4a", "audio/mp4", "audio"),
        (b"%PDF-1.7", "bill.pdf", "application/pdf", "file"),
    ],
)
def test_a_file_of_one_s_own_is_sent_as_it_is(
    outbox: RecordingOutbox, prefix: str, body: bytes, name: str, declared: str, kind: str
) -> None:
    world = listening_world(outbox)
    visitor = SurfaceVisitor(world, prefix)
    visitor.log_in()

    send_file(visitor, body, name, declared)

    inbox = world.on(Platform.MESSENGER if prefix == MESSENGER else Platform.INSTAGRAM)
    sent = inbox.thread_of(visitor.me.username)[-1]
    assert sent.kind == kind
    assert on_the_cdn(inbox, sent.url) == body


@pytest.mark.parametrize(
    ("body", "declared"), [(b"MZ", "application/x-msdownload"), (b"", "image/png")]
)
def test_what_instagram_does_not_take_is_refused_with_the_limits(
    visitor: SurfaceVisitor, outbox: RecordingOutbox, body: bytes, declared: str
) -> None:
    answer = send_file(visitor, body, "file.bin", declared)

    assert answer.status_code == 409
    assert "pictures up to 8 MB" in answer.text
    assert outbox.names == []
