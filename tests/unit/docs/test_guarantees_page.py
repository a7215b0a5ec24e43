"""The page of guarantees tells the laws that the code has, and a run that deserved the name."""

from pathlib import Path

import pytest

from harness.soak.accidents import REFUSED
from harness.soak.laws import LAWS
from harness.soak.page import INTRODUCTION, ROWS
from harness.soak.plan import ENGINES, SoakPlan
from harness.soak.proofs import PROOFS
from system_under_test.domain.audit import LAWS as AUDITED

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "guarantees.md").read_text("utf-8")
CELLS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines()]
TABLE = {row[0]: row[1:] for row in CELLS if len(row) == 1 + len(ENGINES)}
MINIMUM = 50


def test_the_page_has_every_law_and_no_other() -> None:
    judged = PAGE.partition("| Law |")[2].partition("\n\n")[0].splitlines()[2:]

    assert [line.split(" | ")[0].removeprefix("| ") for line in judged] == [*LAWS, *AUDITED]


def test_the_page_has_the_figures_of_every_long_proof() -> None:
    told = PAGE.partition("| Proof |")[2].splitlines()[2:]
    rows = [line.strip("| ").split(" | ") for line in told]

    assert [words for words, _ in rows] == [*PROOFS.values()]
    assert all(figures.endswith(" 0 violations") and figures[0] != "0" for _, figures in rows)


def test_every_law_held_on_both_engines() -> None:
    assert {law: TABLE[law] for law in [*LAWS, *AUDITED]} == {
        law: ["holds", "holds"] for law in [*LAWS, *AUDITED]
    }
    assert TABLE["**violations**"] == ["**0**", "**0**"]


def test_it_was_an_attack_with_every_accident() -> None:
    words = dict(ROWS)
    kills = [int(one) for one in TABLE[words["kills"]]]

    assert min(kills) >= MINIMUM
    assert all(
        int(TABLE[words[name.replace("_", " ")]][column]) > 0
        for column, engine in enumerate(ENGINES)
        for name in SoakPlan(engine).accidents().values()
    )


def test_the_full_disk_was_felt_on_both_engines() -> None:
    assert min(int(one) for one in TABLE[dict(ROWS)[REFUSED]]) > 0


@pytest.mark.parametrize("name", ["messages", "messages acknowledged", "replies sent"])
def test_there_was_something_to_lose(name: str) -> None:
    assert min(int(one) for one in TABLE[dict(ROWS)[name]]) > MINIMUM


def test_the_page_is_the_one_that_the_command_writes() -> None:
    assert PAGE.startswith(INTRODUCTION)
    assert list(TABLE[""]) == list(ENGINES)
