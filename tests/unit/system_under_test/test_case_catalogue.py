"""Every case of the catalogue has a test that carries its number."""

from __future__ import annotations

import re
from pathlib import Path

from harness.catalogue import load_catalogue
from tests.fakes.case_catalogue import MUST, SHOULD, UNPROVED

TESTS = Path(__file__).resolve().parents[2]
NUMBERED = re.compile(r"^def test_case_(\d+)_", re.MULTILINE)


def proved() -> set[int]:
    texts = (path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    return {int(number) for text in texts for number in NUMBERED.findall(text)}


def test_every_case_has_a_test_of_its_number() -> None:
    assert sorted({*MUST, *SHOULD} - proved()) == sorted(UNPROVED)


def test_no_test_carries_a_number_that_the_catalogue_lacks() -> None:
    assert sorted(proved() - {*MUST, *SHOULD}) == []


def test_no_feature_carries_a_number_that_the_catalogue_lacks() -> None:
    tags = {tag for case in load_catalogue().cases for tag in case.tags}

    tagged = {int(tag.removeprefix("case-")) for tag in tags if tag.startswith("case-")}
    assert tagged >= {20, 31, 32, 33, 37, 38, 40, 41, 46, 47, 51, 56, 72}
    assert sorted(tagged - {*MUST, *SHOULD}) == []
