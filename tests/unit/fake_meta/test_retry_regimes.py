"""Which regime an event follows, how it ends, and what the dashboard says (meta-contract §2.6)."""

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.courier import Courier, Reply
from fake_meta.domain.accounts import Customer, Subscription
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.retries import DAY_AND_A_HALF
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
FAILURES = [500] * 100


@pytest.fixture
def courier(emulator: Emulator, world: World) -> Courier:
    """The courier of an emulator whose clock stands, subscribed to comments too."""
    fields = ("messages", "comments")
    world.subscribe_app(Subscription("instagram", "http://app.example/", "v", fields))
    emulator.parts.courier.freeze_clock()
    return emulator.parts.courier


def alerts(world: World) -> list[tuple[str, int, bool]]:
    return [(one.kind, one.count, one.resolved_ms is None) for one in world.alerts]


def comment(world: World, customer: Customer) -> None:
    world.comment(customer.username, world.publish_post(MediaType.FEED, "").id, "lindo")


def write(world: World, customer: Customer) -> None:
    world.send_text(customer.username, "oi")


def test_the_long_regime_is_hourly_to_36_hours() -> None:
    assert DAY_AND_A_HALF.offsets_s[-3:] == (34 * 3600, 35 * 3600, 36 * 3600)
    assert DAY_AND_A_HALF.next_attempt_ms(0, len(DAY_AND_A_HALF.offsets_s)) is None


@pytest.mark.parametrize(
    ("word", "act", "attempts", "is_active"),
    [
        ("by_event", write, 10, False),
        ("by_event", comment, 45, True),
        ("one_hour", comment, 10, False),
        ("36_hours", write, 45, True),
    ],
)
def test_retry_schedule(
    *, world: World, tester: Customer, transport: HandTransport, courier: Courier, word: str,
    act: object, attempts: int, is_active: bool,
) -> None:  # fmt: skip
    assert callable(act)
    world.choose({"retry_schedule": word})
    transport.script(*FAILURES)

    act(world, tester)
    courier.advance_clock(40 * HOUR_MS)

    assert (len(transport.requests), world.subscriptions[0].active) == (attempts, is_active)
    assert courier.pending_retries == 0


def test_a_failing_comment_does_not_count_for_messages(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*FAILURES)
    comment(world, tester)
    courier.advance_clock(2 * HOUR_MS)

    write(world, tester)

    assert world.subscriptions[0].active


def test_a_quarter_of_an_hour_of_failure_is_an_alert(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*[500] * 9)
    write(world, tester)

    courier.advance_clock(20 * MINUTE_MS)
    before = alerts(world)
    courier.advance_clock(11 * MINUTE_MS)

    assert (before, alerts(world)) == ([], [("failing", 1, True)])


def test_a_success_resolves_the_alert(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*[500] * 9)
    write(world, tester)

    courier.advance_clock(2 * HOUR_MS)

    assert alerts(world) == [("failing", 1, False)]


def test_disabling_is_an_alert_until_the_app_subscribes_again(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*[500] * 10)
    write(world, tester)
    courier.advance_clock(2 * HOUR_MS)
    before = alerts(world)

    world.install_on_page(("messages",))

    assert before == [("failing", 1, False), ("disabled", 1, True)]
    assert alerts(world)[1] == ("disabled", 1, False)


def test_what_is_dropped_after_36_hours_is_an_alert(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.script(*FAILURES)
    comment(world, tester)

    courier.advance_clock(37 * HOUR_MS)

    assert ("dropped", 1, True) in alerts(world)


def test_slow_answers_are_one_alert_that_counts(
    world: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    transport.answers.extend([Reply(200, duration_s=6.0), Reply(200, duration_s=7.0)])

    write(world, tester)
    write(world, tester)

    assert alerts(world) == [("slow", 2, True)]


def test_the_control_api_shows_alerts_and_a_reset_forgets_them(
    client: FlaskClient, world: World, tester: Customer, transport: HandTransport
) -> None:
    transport.answers.append(Reply(200, duration_s=6.0))
    write(world, tester)

    shown = client.get("/_control/alerts").get_json()["alerts"]
    client.post("/_control/reset", json={})

    assert [(one["kind"], one["title"]) for one in shown] == [("slow", "Slow Webhooks")]
    assert "meta-contract §2.5" in shown[0]["text"]
    assert client.get("/_control/alerts").get_json() == {"alerts": []}
