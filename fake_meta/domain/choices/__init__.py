"""Every point on which Meta's sources are silent or disagree, and what the emulator does.

A verdict that depends on one of these is a verdict about our choice, so each is a switch: a field
of `Choices`, declared where its chapter is (`webhooks`, …) with its words and their meanings.
"""

from __future__ import annotations

from fake_meta.domain.choices.in_force import ROWS, Choices, parse_wishes, row_of
from fake_meta.domain.choices.row import Choice, Mark, Value

__all__ = ["ROWS", "Choice", "Choices", "Mark", "Value", "parse_wishes", "row_of"]
