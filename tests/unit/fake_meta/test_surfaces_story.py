"""The story composer (review step 11; meta-contract §9.2)."""

from tests.fakes.listening_world import RecordingOutbox
from tests.fakes.surface_visitor import SurfaceVisitor, element


def test_nothing_is_mentioned_by_itself(visitor: SurfaceVisitor) -> None:
    page = visitor.get(f"{visitor.prefix}/stories/new/")

    assert element(page, "story-mention").get("value", "") == ""
    assert element(page, "story-caption").get_text() == ""


def test_a_mention_is_published_and_told(visitor: SurfaceVisitor, outbox: RecordingOutbox) -> None:
    page = visitor.share_story(caption="My mug", mention="@empresa.exemplo")

    shared = element(page, "story-shared")
    assert outbox.names == ["story_mention"]
    assert shared["data-mid"] == outbox.events[0].mids[0]
    assert element(page, "emulator-note") is None


def test_a_mention_stands_in_direct(visitor: SurfaceVisitor) -> None:
    visitor.share_story(caption="My mug", mention="@empresa.exemplo")

    message = element(visitor.get(visitor.direct), "direct-message")

    assert message["data-kind"] == "story_mention"
    assert "You mentioned @empresa.exemplo in your story" in message.get_text()
    assert message.find("img")["src"].startswith("/lookaside.fbsbx.com/")


def test_the_page_says_why_a_private_account_is_not_heard(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    visitor.world.change_customer(visitor.me.username, {"private": True})

    page = visitor.share_story(mention="@empresa.exemplo")

    assert "private account" in element(page, "emulator-note").get_text()
    assert "Your followers can see it" in element(page, "story-shared").get_text(" ")
    assert element(page, "story-shared")["data-mid"] == ""
    assert outbox.names == []


def test_a_hostile_caption_stays_text(visitor: SurfaceVisitor) -> None:
    page = visitor.share_story(caption="<script>alert(1)</script>", mention="<b>")

    assert "<script>alert" not in page.text


def test_somebody_else_s_story_is_not_shown(visitor: SurfaceVisitor) -> None:
    other = visitor.world.create_customer({})
    story = visitor.world.publish_story(other.username, ["empresa.exemplo"])

    answer = visitor.get(f"{visitor.prefix}/stories/{story.id}/shared/")

    assert answer.status_code == 404
