"""The choices in force: one value for every row, and the ways to choose others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from fake_meta.domain.choices.access import AccessChoices
from fake_meta.domain.choices.login import LoginChoices
from fake_meta.domain.choices.reading import ReadingChoices
from fake_meta.domain.choices.row import Choice, Value
from fake_meta.domain.choices.sending import SendingChoices
from fake_meta.domain.choices.webhooks import WebhookChoices
from fake_meta.domain.errors import InvalidRequestError


@dataclass(frozen=True)
class Choices(WebhookChoices, SendingChoices, ReadingChoices, LoginChoices, AccessChoices):
    """What the emulator does where Meta's sources are silent or disagree."""

    def with_wishes(self, wishes: Mapping[str, object]) -> Choices:
        """These choices with others in place of some; an unknown name or value is refused."""
        checked: dict[str, Any] = {name: row_of(name).checked(v) for name, v in wishes.items()}
        return replace(self, **checked)

    def user_id(self, value: str) -> str | int:
        """An id of flavour B in the form that is chosen (choice user_id_form)."""
        return int(value) if self.user_id_form == "number" else value

    def not_default(self) -> dict[str, Value]:
        """Name and value of what was chosen differently from the emulator's own choice."""
        values = {row.name: getattr(self, row.name) for row in ROWS}
        return {row.name: values[row.name] for row in ROWS if values[row.name] != row.default}


def _rows() -> tuple[Choice, ...]:
    rows = [
        Choice(one.name, section, mark, cast(Value, one.default), values, span)
        for one in fields(Choices)
        for section, mark, values, span in [one.metadata["row"]]
    ]
    return tuple(sorted(rows, key=lambda row: [int(part) for part in row.section.split(".")]))


ROWS = _rows()
"""Every row, by the paragraph that leaves it open."""


def row_of(name: str) -> Choice:
    """The row with this name, or one sentence that lists all names."""
    for row in ROWS:
        if row.name == name:
            return row
    names = ", ".join(sorted(row.name for row in ROWS))
    raise InvalidRequestError(f"there is no choice {name[:80]!r}; there are {names}")


def parse_wishes(text: str) -> dict[str, str]:
    """Wishes as one line: name=value, several with commas between."""
    wishes: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, equals, value = part.partition("=")
        if not equals:
            raise InvalidRequestError(f"a choice is written name=value, not {part[:80]!r}")
        wishes[name.strip()] = value.strip()
    return wishes
