"""Figures of long proofs: all of them or a clear refusal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.errors import HarnessError
from harness.soak.proofs import PROOFS, Proof, read_proofs, section


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in PROOFS:
        (tmp_path / f"{name}.json").write_text(json.dumps({"moves": 6, "violations": 0}))
    return tmp_path


def test_they_are_read_in_the_order_of_the_table(folder: Path) -> None:
    assert [one.name for one in read_proofs(folder)] == [*PROOFS]


def test_a_missing_and_an_unknown_one_are_named(folder: Path) -> None:
    (folder / "floor.json").rename(folder / "flor.json")

    with pytest.raises(HarnessError, match=r"missing floor; unknown flor"):
        read_proofs(folder)


@pytest.mark.parametrize("text", ["", "[1]", '{"moves": "many"}', '{"moves": null}'])
def test_what_is_no_table_of_numbers_is_refused(folder: Path, text: str) -> None:
    (folder / "floor.json").write_text(text)

    with pytest.raises(HarnessError, match=r"floor\.json should hold a JSON object"):
        read_proofs(folder)


def test_the_section_tells_each_figure_with_its_words() -> None:
    told = section([Proof("floor", {"histories": 300, "violations": 0})])

    assert told.endswith(" | 300 histories, 0 violations |\n")
