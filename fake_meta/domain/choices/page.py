"""The table of choices for docs/fake_meta-limits.md; a test keeps page and code equal."""

from __future__ import annotations

from collections.abc import Iterator

from fake_meta.domain.choices.in_force import ROWS
from fake_meta.domain.choices.row import Choice

BEGIN, END = "<!-- choices: made by make index -->", "<!-- end of choices -->"


def as_table() -> str:
    """The choices as a Markdown table: every switch with its words."""
    head = ["| Choice | Section | Why | Default | Also |", "| --- | --- | --- | --- | --- |"]
    rows = [f"| {one.name} | §{one.section} | {one.mark} | {_cells(one)} |" for one in ROWS]
    return "\n".join(head + rows)


def renewed(page: str) -> str:
    """`page` with today's table between its two marks."""
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n{as_table()}\n{END}{after}"


def _cells(row: Choice) -> str:
    if row.span is not None:
        return f"`{row.default:g}`: {row.span.meaning} | {row.allowed}"
    return f"{_shown(row, str(row.default))} | {'; '.join(_others(row))}"


def _others(row: Choice) -> Iterator[str]:
    return (_shown(row, word) for word in row.values if word != row.default)


def _shown(row: Choice, word: str) -> str:
    return f"`{word}`: {row.values[word]}"
