"""The page of the settings is the one that the settings make."""

from pathlib import Path

import pytest

from harness.config_page import page

PAGE = Path(__file__).resolve().parents[3] / "docs" / "configuration.md"


def test_the_page_is_the_one_that_the_settings_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make index`"


@pytest.mark.parametrize(
    "row",
    [
        "| `driver` | `browser`, `api` | `browser` | a real browser, or HTTP only |",
        "| `headed` | true, false | `false` | show the browser |",
        "| `agent` | a table | needed | whose credentials the reviewer gets |",
        "| `class` | text | needed | `package.module:Class` |",
    ],
)
def test_a_row_tells_values_default_and_meaning(row: str) -> None:
    assert row in page().splitlines()
