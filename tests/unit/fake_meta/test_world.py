"""The world: threads, stories, answers, and what the app hears of them."""

import pytest

from fake_meta.app import Emulator
from fake_meta.domain.accounts import AccessLevel, Customer, Permission
from fake_meta.domain.errors import (
    AssetGoneError,
    InvalidRequestError,
    NotAllowedError,
    UnknownCustomerError,
    UnknownMessageError,
    UnknownStoryError,
)
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.threads import MessageKind, Sender, Surface
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

DAY_MS = 24 * 3600 * 1000


def test_the_seeded_customer_is_an_accepted_tester(tester: Customer) -> None:
    assert (tester.role, tester.role_accepted) == ("tester", True)


def test_a_password_opens_one_account(world: World, tester: Customer) -> None:
    assert world.check_password(tester.username, tester.password)
    assert not world.check_password(tester.username, "wrong")
    assert not world.check_password("nobody", tester.password)


def test_the_same_seed_makes_the_same_world(world: World) -> None:
    before = (world.app, world.page, world.account, world.customers)

    world.reset()

    assert (world.app, world.page, world.account, world.customers) == before


def test_another_seed_makes_other_ids(world: World) -> None:
    before = {world.app.id, world.app.secret, world.page.access_token, world.account.id}

    world.reset(2)

    now = {world.app.id, world.app.secret, world.page.access_token, world.account.id}
    assert not before & now


def test_subscriptions_outlive_a_reset_only_on_request(world: World) -> None:
    world.reset(keep_subscriptions=True)
    kept = (len(world.subscriptions), world.page_fields)

    world.reset()

    assert kept == (1, ("messages",))
    assert (world.subscriptions, world.page_fields) == ((), None)


def test_a_message_is_in_the_thread_and_changes_its_revision(
    world: World, tester: Customer
) -> None:
    before = world.revision_of(tester.username)

    message = world.send_text(tester.username, "oi")

    assert world.thread_of(tester.username) == (message,)
    assert world.revision_of(tester.username) > before


def test_a_message_reaches_the_app(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    message = world.send_text(tester.username, "oi")

    assert message.mid.encode() in transport.requests[0].body


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_blank_message_is_refused(world: World, tester: Customer, text: str) -> None:
    with pytest.raises(InvalidRequestError):
        world.send_text(tester.username, text)


def test_an_unknown_customer_is_refused(world: World) -> None:
    with pytest.raises(UnknownCustomerError, match="nobody"):
        world.send_text("nobody", "oi")


def test_a_picture_lies_on_the_cdn(world: World, tester: Customer) -> None:
    message = world.send_media(tester.username, "image")

    assert message.kind is MessageKind.IMAGE
    assert (message.url or "").startswith(f"{world.origin}/lookaside.fbsbx.com/ig_messaging_cdn/?")


def test_a_text_is_no_attachment(world: World, tester: Customer) -> None:
    with pytest.raises(InvalidRequestError):
        world.send_media(tester.username, "text")


def test_unsending_on_the_phone_tells_the_app(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    message = world.send_text(tester.username, "oops")

    gone = world.unsend(tester.username, message.mid, Surface.MOBILE)

    assert (gone.unsent, gone.text) == (True, "")
    assert b'"is_deleted":true' in transport.requests[-1].body


def test_unsending_on_the_website_does_not(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    message = world.send_text(tester.username, "oops")

    world.unsend(tester.username, message.mid, Surface.WEB)

    assert world.thread_of(tester.username)[0].unsent
    assert len(transport.requests) == 1


def test_a_message_is_unsent_once(world: World, tester: Customer) -> None:
    message = world.send_text(tester.username, "oops")
    world.unsend(tester.username, message.mid, Surface.WEB)

    with pytest.raises(NotAllowedError):
        world.unsend(tester.username, message.mid, Surface.MOBILE)


def test_only_the_writer_unsends(world: World, tester: Customer, stranger: Customer) -> None:
    message = world.send_text(tester.username, "mine")
    world.answer(tester.igsid, "ours")
    ours = world.thread_of(tester.username)[-1]

    with pytest.raises(UnknownMessageError):
        world.unsend(stranger.username, message.mid, Surface.MOBILE)
    with pytest.raises(NotAllowedError):
        world.unsend(tester.username, ours.mid, Surface.MOBILE)


def test_a_stranger_is_not_heard_and_the_journal_says_why(
    world: World, stranger: Customer, journal: Journal, transport: HandTransport
) -> None:
    message = world.send_text(stranger.username, "hello?")

    silence = journal.find(Query(mid=message.mid))[0]
    assert transport.requests == []
    assert (silence.kind, silence.outcome) == ("webhook_not_sent", "not_sent")
    assert stranger.username in (silence.reason or "")


def test_a_story_mention_is_a_message(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    story = world.publish_story(tester.username, ["empresa.exemplo"], "linda loja")

    assert story.not_sent_because is None
    assert [one.mid for one in world.thread_of(tester.username)] == [story.mid]
    assert b'"type":"story_mention"' in transport.requests[0].body


def test_a_private_story_makes_no_message(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    world.change_customer(tester.username, {"private": True})

    story = world.publish_story(tester.username, ["empresa.exemplo"])

    assert story.mid is None
    assert "private" in (story.not_sent_because or "")
    assert (world.thread_of(tester.username), transport.requests) == ((), [])


def test_a_strangers_mention_is_a_message_that_the_app_does_not_hear(
    world: World, stranger: Customer
) -> None:
    story = world.publish_story(stranger.username, ["empresa.exemplo"])

    assert story.mid is not None
    assert "no role" in (story.not_sent_because or "")


@pytest.mark.parametrize("verb", ["expire_story", "delete_story"])
def test_a_story_takes_its_media_with_it(world: World, tester: Customer, verb: str) -> None:
    story = world.publish_story(tester.username, ["empresa.exemplo"])
    asset_id, signature = asset_of(story.url)
    before = world.asset(asset_id, signature)

    getattr(world, verb)(tester.username, story.id)

    assert before.kind == "story"
    with pytest.raises(AssetGoneError):
        world.asset(asset_id, signature)


def test_a_story_is_over_after_a_day(emulator: Emulator, world: World, tester: Customer) -> None:
    story = world.publish_story(tester.username, ["empresa.exemplo"])

    emulator.parts.clock.move_to(world.now_ms() + DAY_MS)

    with pytest.raises(AssetGoneError):
        world.asset(*asset_of(story.url))


def test_media_goes_when_its_message_is_unsent(world: World, tester: Customer) -> None:
    message = world.send_media(tester.username, "image")

    world.unsend(tester.username, message.mid, Surface.WEB)

    with pytest.raises(AssetGoneError):
        world.asset(*asset_of(message.url or ""))


def test_a_guessed_signature_opens_nothing(world: World, tester: Customer) -> None:
    message = world.send_media(tester.username, "image")
    asset_id, _ = asset_of(message.url or "")

    with pytest.raises(AssetGoneError):
        world.asset(asset_id, "guess")


def test_customers_reply_to_the_companys_stories(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    story = world.publish_company_story("vitrine")

    reply = world.reply_to_story(tester.username, story.id, "linda!")

    assert reply.kind is MessageKind.STORY_REPLY
    assert f'"id":"{story.id}"'.encode() in transport.requests[0].body


def test_customers_cannot_reply_to_their_own_story(world: World, tester: Customer) -> None:
    story = world.publish_story(tester.username, [])

    with pytest.raises(UnknownStoryError):
        world.reply_to_story(tester.username, story.id, "hm")


def test_an_answer_is_in_the_thread_and_echoed(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    world.send_text(tester.username, "oi")

    answer = world.answer(tester.igsid, "olá")

    assert world.thread_of(tester.username)[-1].sender is Sender.BUSINESS
    assert b'"is_echo":true' in transport.requests[-1].body
    assert answer.mid.encode() in transport.requests[-1].body


def test_nobody_is_written_to_first(world: World, tester: Customer) -> None:
    assert fault_of(world, tester) is GraphError.NEVER_WROTE


def test_the_window_closes_after_a_day(emulator: Emulator, world: World, tester: Customer) -> None:
    world.send_text(tester.username, "oi")

    emulator.parts.clock.move_to(world.now_ms() + DAY_MS)

    assert fault_of(world, tester) is GraphError.OUTSIDE_WINDOW


def test_a_stranger_cannot_be_answered(world: World, stranger: Customer) -> None:
    world.send_text(stranger.username, "hello?")

    assert fault_of(world, stranger) is GraphError.NO_ROLE


def test_without_the_permission_nobody_is_answered(world: World, tester: Customer) -> None:
    world.send_text(tester.username, "oi")
    world.configure_app(None, {Permission.MANAGE_MESSAGES: AccessLevel.NONE})

    assert fault_of(world, tester) is GraphError.NEEDS_MANAGE_MESSAGES


def test_only_the_newest_twenty_messages_are_readable(world: World, tester: Customer) -> None:
    sent = [world.send_text(tester.username, f"number {n}") for n in range(21)]

    newest = world.read_message(sent[1].mid)

    assert newest is not None
    with pytest.raises(GraphCallError) as refused:
        world.read_message(sent[0].mid)
    assert refused.value.error is GraphError.MESSAGE_DELETED


def test_a_taken_username_is_refused(world: World, tester: Customer) -> None:
    with pytest.raises(NotAllowedError, match="taken"):
        world.create_customer({"username": tester.username})


def test_following_is_a_switch(world: World, tester: Customer) -> None:
    assert world.set_follow(tester.username, True).follows_business
    assert not world.set_follow(tester.username, False).follows_business


def fault_of(world: World, customer: Customer) -> GraphError:
    with pytest.raises(GraphCallError) as refused:
        world.answer(customer.igsid, "olá")
    return refused.value.error


def asset_of(url: str) -> tuple[str, str]:
    _, _, query = url.partition("?asset_id=")
    asset_id, _, signature = query.partition("&signature=")
    return asset_id, signature
