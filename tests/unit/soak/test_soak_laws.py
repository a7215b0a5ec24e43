"""A good aftermath breaks no law; each tampering breaks its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.soak.attack import Outcome
from harness.soak.laws import LAWS, Aftermath, judge
from harness.soak.ledger import Ledger, Promise
from harness.soak.page import guarantees_page, told
from harness.soak.plan import POSTGRESQL, SQLITE, SoakPlan


def bubble(number: int, igsid: str, text: str, **changed: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "conversation_id": 1,
        "igsid": igsid,
        "mid": f"m{number}",
        "direction": "in",
        "state": "received",
        "text": text,
        "key": None,
    }
    return row | changed


def reply(number: int, **changed: Any) -> dict[str, Any]:
    own = {"direction": "out", "state": "sent", "key": f"k{number}"}
    return bubble(number, "ana", f"answer {number}") | own | changed


GOOD = Aftermath(
    acknowledged={"m1": (0, 1), "m2": (2, 3), "m4": (4, 5)},
    written={"ana": ["m1", "m2", "m4"]},
    received={"ana": ["answer 3"]},
    promises=(Promise("k3", "answer 3", "1"), Promise("k5", "answer 5", "1")),
    messages=(
        bubble(1, "ana", "one"),
        bubble(2, "ana", "two"),
        reply(3),
        bubble(4, "ana", "three"),
        reply(5, state="failed"),
    ),
)


def changed(index: int, **values: Any) -> Aftermath:
    messages = list(GOOD.messages)
    messages[index] = dict(messages[index]) | values
    return replace(GOOD, messages=tuple(messages))


def ordered(*indices: int) -> Aftermath:
    return replace(GOOD, messages=tuple(GOOD.messages[index] for index in indices))


def laws_broken(aftermath: Aftermath) -> list[str]:
    return [law for law, _ in judge(aftermath)]


def test_a_good_aftermath_breaks_nothing() -> None:
    assert judge(GOOD) == []


DELIVERED, THERE, INVENTED, ORDER, KEPT, ARRIVED, BUBBLE, SCREEN = LAWS


@pytest.mark.parametrize(
    ("tampered", "laws"),
    [
        (ordered(0, 2, 3, 4), [THERE]),
        (changed(1, mid="m1"), [THERE, THERE]),
        (replace(GOOD, acknowledged={**GOOD.acknowledged, "m9": (6, 7)}), [THERE]),
        (replace(GOOD, written={"ana": ["m1", "m2"]}), [INVENTED]),
        (replace(GOOD, written={"ana": ["m1", "m2", "m4", "m6"]}), [DELIVERED]),
        (changed(3, igsid="bea"), [INVENTED]),
        (ordered(1, 0, 2, 3, 4), [ORDER]),
        (ordered(3, 2, 0, 1, 4), [ORDER, ORDER]),
        (changed(2, key="k9"), [KEPT]),
        (changed(2, text="other"), [KEPT, ARRIVED, BUBBLE]),
        (replace(GOOD, received={"ana": ["answer 3", "answer 3"]}), [ARRIVED]),
        (replace(GOOD, received={"ana": []}), [ARRIVED]),
        (replace(GOOD, received={"ana": ["answer 3", "answer 5", "answer 5"]}), [ARRIVED]),
        (replace(GOOD, received={"ana": ["answer 3", "from nobody"]}), [BUBBLE]),
        (
            replace(GOOD, messages=(*GOOD.messages, reply(6, text="answer 3", key=None))),
            [BUBBLE],
        ),
        (replace(GOOD, seen=("agent1 holds nine",)), [SCREEN]),
        (replace(GOOD, audited=[{"law": "of the console", "what": "?"}]), ["of the console"]),
    ],
)  # fmt: skip
def test_tampering_breaks_its_law(tampered: Aftermath, laws: list[str]) -> None:
    assert laws_broken(tampered) == laws


def test_what_came_after_a_reply_stands_after_it() -> None:
    late = replace(ordered(1, 2, 0, 3, 4), acknowledged={**GOOD.acknowledged, "m1": (8, 9)})

    assert judge(late) == []


def test_what_came_after_a_reply_stands_there_in_its_own_order() -> None:
    late = {**GOOD.acknowledged, "m1": (8, 9), "m2": (8, 9)}
    shown = (bubble(4, "ana", "three"), reply(3), bubble(1, "ana", "one"), bubble(2, "ana", "two"))
    turned = (*shown[:2], shown[3], shown[2])

    right = replace(GOOD, messages=(*shown, reply(5, state="failed")), acknowledged=late)
    wrong = replace(right, messages=(*turned, reply(5, state="failed")))

    assert judge(right) == []
    assert laws_broken(wrong) == [ORDER]


def test_a_ninth_conversation_is_seen_on_the_screen() -> None:
    from harness.soak.agent import Agent
    from harness.targets.contract import Credentials
    from tests.fakes.hand_clock import HandClock

    ledger = Ledger()
    plan = SoakPlan(SQLITE)
    who = Credentials("agent1", "pw", "Agent")
    agent = Agent(who, "http://127.0.0.1:1", ledger, plan.chance("agent1"), HandClock())

    agent._judge([{"slot": slot} for slot in range(1, 9)])
    fine = list(ledger.seen)
    agent._judge([{"slot": slot} for slot in range(1, 10)])
    agent._judge([{"slot": 1}, {"slot": 1}])

    assert fine == []
    assert len(ledger.seen) == 2
    assert ledger.counts["most conversations at once"] == 9


def test_the_page_tells_engines_counts_and_laws() -> None:
    held = Outcome(SoakPlan(SQLITE), {"kills": 50}, [], tuple(LAWS))
    broken = Outcome(SoakPlan(POSTGRESQL), {"kills": 51}, [(THERE, "m1 is gone")], tuple(LAWS))

    page = guarantees_page([held, broken])

    assert "| processes killed with SIGKILL | 50 | 51 |" in page
    assert f"| {THERE} | holds | broken 1× |" in page
    assert "| **violations** | **0** | **1** |" in page
    assert "BROKEN" in told(broken)


def test_accidents_come_between_the_kills() -> None:
    assert list(SoakPlan(SQLITE).accidents()) == [8, 16, 24, 32, 40]
    assert [*SoakPlan(SQLITE).accidents().values()][2::2] == ["disk_full", "file_limit"]
    assert [*SoakPlan(POSTGRESQL).accidents().values()][4:] == ["database_crash", "backend_kill"]
    assert "disk_full" in SoakPlan(POSTGRESQL).accidents().values()
    assert SoakPlan(SQLITE, kills=3, full=False).accidents() == {1: "disk_full"}


def test_the_same_seed_plans_the_same_attack() -> None:
    one, two = (SoakPlan(SQLITE, seed=7).chance("killer") for _ in range(2))

    assert [one.random() for _ in range(5)] == [two.random() for _ in range(5)]
