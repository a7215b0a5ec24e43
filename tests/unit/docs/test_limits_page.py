"""docs/fake_meta-limits.md promises nothing that no test has seen."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from fake_meta.domain.choices import ROWS

TESTS = Path(__file__).resolve().parents[2]
PAGE = (TESTS.parent / "docs" / "fake_meta-limits.md").read_text(encoding="utf-8")
PROOFS = tomllib.loads(Path(__file__).with_name("limits_proofs.toml").read_text(encoding="utf-8"))
NAMED = [
    (row, file, tests)
    for rows in PROOFS.values()
    for row, files in rows.items()
    for file, tests in files.items()
]


def section(title: str) -> str:
    _, found, rest = PAGE.partition(f"## {title}\n")
    assert found, f"the page has no section {title!r}"
    return rest.partition("\n## ")[0]


def rows_of(title: str) -> list[str]:
    """First cells of the table in that section, without its head."""
    return re.findall(r"^\| ([^|]+?) \|", section(title), re.MULTILINE)[1:]


def file_of(name: str) -> Path:
    folder, _, stem = (name if "/" in name else f"unit/fake_meta/{name}").rpartition("/")
    return TESTS / folder / f"test_{stem}.py"


@cache
def source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def named_in(path: Path) -> frozenset[str]:
    tree = ast.parse(source_of(path))
    functions = (one for one in tree.body if isinstance(one, ast.FunctionDef))
    return frozenset(one.name for one in functions if one.name.startswith("test_"))


def test_every_row_that_is_emulated_names_its_tests() -> None:
    subjects = [row for row in rows_of("Emulated") if set(row) != {"-"}]

    assert subjects == list(PROOFS["emulated"])


def test_every_difference_on_purpose_names_its_tests() -> None:
    bullets = re.findall(r"^- (.+)$", section("Different from Meta on purpose"), re.MULTILINE)

    assert [_begins(bullet, PROOFS["different"]) for bullet in bullets] == list(PROOFS["different"])


@pytest.mark.parametrize(("row", "file", "tests"), NAMED)
def test_the_tests_of_a_row_are_there(row: str, file: str, tests: list[str]) -> None:
    missing = {f"test_{name}" for name in tests} - named_in(file_of(file))

    assert tests
    assert not missing, f"the row {row!r} names tests that are not there"


@pytest.mark.parametrize("choice", sorted(row.name for row in ROWS))
def test_every_choice_is_made_by_a_test(choice: str) -> None:
    made = re.compile(rf"\b{choice}\b")
    others = {"test_choices.py"}  # about the table, not about what a choice does
    sources = (TESTS / "unit" / "fake_meta").glob("test_*.py")

    assert any(made.search(source_of(path)) for path in sources if path.name not in others)


def _begins(bullet: str, known: Iterable[str]) -> str:
    return next((one for one in known if bullet.startswith(one)), bullet)
