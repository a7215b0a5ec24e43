from pathlib import Path

from harness.targets.selectors import OPTIONAL, REQUIRED

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "own-console.md").read_text("utf-8")
NEEDED, _, REST = PAGE.partition("| Optional |")


def test_every_needed_selector_is_explained() -> None:
    assert [name for name in REQUIRED if f"`{name}`" not in NEEDED] == []


def test_every_optional_selector_is_explained() -> None:
    assert [name for name in OPTIONAL if f"`{name}`" not in REST] == []
