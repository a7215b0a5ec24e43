"""Both values of every choice about webhooks (meta-contract §2, §3)."""

import json
from typing import Any

import pytest

from fake_meta.courier import Reply
from fake_meta.domain.accounts import Customer
from fake_meta.domain.choices import Choices
from fake_meta.journal import Journal, Query
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport


def last_message(transport: HandTransport) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(transport.requests[-1].body)["entry"][0]["messaging"][0]
    return message["message"]  # type: ignore[no-any-return]


def last_delivery(journal: Journal) -> tuple[str, str]:
    entry = journal.find(Query(kind="webhook_delivery"))[-1]
    return entry.outcome, entry.reason or ""


@pytest.mark.parametrize(
    ("word", "status", "outcome", "told"),
    [
        ("failure", 204, "failed", "takes only 200"),
        ("accepted", 204, "delivered", "asks for 200"),
        ("accepted", 302, "failed", "takes only 200"),
    ],
)
def test_other_2xx(
    world: World,
    tester: Customer,
    transport: HandTransport,
    journal: Journal,
    word: str,
    status: int,
    outcome: str,
    told: str,
) -> None:
    world.choose({"other_2xx": word})
    transport.script(status)

    world.send_text(tester.username, "hi")

    assert last_delivery(journal)[0] == outcome
    assert told in last_delivery(journal)[1]


def test_the_answer_limit_is_how_long_the_transport_waits(
    world: World, tester: Customer, transport: HandTransport
) -> None:
    world.choose({"answer_limit": 5})

    world.send_text(tester.username, "hi")

    assert transport.requests[-1].timeout_s == 5


@pytest.mark.parametrize(("remark_s", "remarks"), [(5, True), (7, False)])
def test_a_late_answer_earns_a_remark(*, remark_s: float, remarks: bool) -> None:
    reason = Reply(200, duration_s=6).reason(Choices(answer_remark=remark_s))

    assert (reason is not None) is remarks


@pytest.mark.parametrize(("word", "has_id"), [("absent", False), ("present", True)])
def test_echo_app_id(
    *, world: World, tester: Customer, transport: HandTransport, word: str, has_id: bool
) -> None:
    world.choose({"echo_app_id": word})
    world.send_text(tester.username, "hi")

    world.answer(tester.igsid, "hello")

    assert (last_message(transport).get("app_id") == int(world.app.id)) is has_id
