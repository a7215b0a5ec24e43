"""A customer's settings: privacy, and the invitation as tester (meta-contract §6.4, §9.2)."""

from fake_meta.domain.accounts import Role
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import SurfaceVisitor, element

INVITED = {"role": Role.TESTER, "role_accepted": False}


def settings(visitor: SurfaceVisitor) -> str:
    return f"{visitor.prefix}/accounts/settings/"


def test_the_log_in_leads_back_to_the_settings(outbox: RecordingOutbox) -> None:
    stranger = SurfaceVisitor(listening_world(outbox))

    answer = stranger.get(settings(stranger))

    assert answer.location.endswith("?next=/www.instagram.com/accounts/settings/")
    assert stranger.log_in(next=settings(stranger)).location.endswith(settings(stranger))


def test_an_account_is_made_private_and_public_again(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    page, privacy = settings(visitor), f"{settings(visitor)}privacy/"
    visitor.submit(page, privacy, private="true")
    was = element(visitor.get(page), "private-account")["aria-checked"]
    visitor.share_story(mention="@empresa.exemplo")

    visitor.submit(page, privacy, private="false")
    visitor.share_story(mention="@empresa.exemplo")

    assert was == "true"
    assert outbox.names == ["story_mention"], "only the story of the public account is told"


def test_an_invitation_is_accepted_where_testers_accept_it(
    visitor: SurfaceVisitor, outbox: RecordingOutbox
) -> None:
    visitor.world.change_customer(
        visitor.me.username, {"role": Role.TESTER, "role_accepted": False}
    )
    visitor.write("too early")

    visitor.submit(settings(visitor), f"{settings(visitor)}invitation/", act="accept")
    visitor.write("now")

    texts = [event.item["message"]["text"] for event in outbox.events]
    assert texts == ["now"]
    assert element(visitor.get(settings(visitor)), "tester-role") is not None


def test_an_invitation_that_is_declined_is_gone(visitor: SurfaceVisitor) -> None:
    visitor.world.change_customer(
        visitor.me.username, {"role": Role.TESTER, "role_accepted": False}
    )
    answer = f"{settings(visitor)}invitation/"

    visitor.submit(settings(visitor), answer, act="decline")
    again = visitor.submit(settings(visitor), answer, act="accept")

    assert visitor.world.customer(visitor.me.username).role is None
    assert (again.status_code, "has no invitation of" in again.text) == (409, True)
