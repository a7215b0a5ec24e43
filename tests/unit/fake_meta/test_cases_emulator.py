"""Cases of the catalogue of real bugs that are about Meta's side (`case_catalogue`)."""

from __future__ import annotations

from fake_meta.domain.accounts import AppMode, Customer
from fake_meta.domain.threads import Surface
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


def test_case_17_in_development_mode_only_role_holders_are_heard(
    world: World, tester: Customer, stranger: Customer, transport: HandTransport
) -> None:
    world.configure_app(AppMode.DEVELOPMENT, {})

    world.send_text(stranger.username, "from outside")
    world.send_text(tester.username, "from inside")

    bodies = [request.body for request in transport.requests]
    assert len(bodies) == 1
    assert b"from inside" in bodies[0]


def test_case_51_unsending_on_the_website_tells_nobody(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    message = world.send_text(tester.username, "oops")

    world.unsend(tester.username, message.mid, Surface.WEB)

    assert world.thread_of(tester.username)[0].unsent
    assert [b"is_deleted" in request.body for request in transport.requests] == [False]
