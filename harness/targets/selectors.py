"""The selector table: what is where on a console's pages.

Values are CSS selectors, except the names that end in `_attribute`, which are attribute names. An
empty value means that the console has no such thing: a missing ability, not a failure.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from harness.errors import ConfigError, NotApplicable

REQUIRED: Mapping[str, str] = MappingProxyType(
    {
        "login": '[data-testid="login"]',
        "password": '[data-testid="password"]',
        "enter": '[data-testid="enter"]',
        "login_error": '[data-testid="login-error"]',
        "application": '[data-testid="status-menu"]',
        "status_menu": '[data-testid="status-menu"]',
        "status_current": '[data-testid="status-current"]',
        "status_option": '[data-testid^="status-option-"]',
        "conversation": '[data-testid="conversation"]',
        "conversation_id_attribute": "data-conversation-id",
        "conversation_selected": '[data-selected="true"]',
        "conversation_name": '[data-testid="conversation-name"]',
        "message": '[data-testid="message"]',
        "message_out": '[data-direction="out"]',
        "message_text": '[data-testid="message-text"]',
        "message_deleted": '[data-testid="message-deleted"]',
        "message_media": '[data-testid="message-media"]',
        "story_card": '[data-testid="story-card"]',
        "story_unavailable": '[data-testid="story-unavailable"]',
        "composer": '[data-testid="composer"]',
        "send": '[data-testid="send"]',
        "end": '[data-testid="end"]',
    }
)
OPTIONAL: Mapping[str, str] = MappingProxyType(
    {
        "ready": 'html[data-ready="true"]',
        "open_console": '[data-testid="open-console"]',
        "password_creation": '[data-testid="first-login-form"]',
        "enable_notifications": '[data-testid="enable-notifications"]',
        "conversation_preview": '[data-testid="conversation-preview"]',
        "conversation_title": '[data-testid="conversation-title"]',
        "message_log": '[data-testid="message-log"]',
        "message_mid_attribute": "data-mid",
        "message_kind_attribute": "data-kind",
        "message_state_attribute": "data-state",
        "slot": '[data-testid="slot"]',
        "slot_number_attribute": "data-slot",
        "end_confirm": "",
        "queue_length": '[data-testid="queue-length"]',
        "previous": '[data-testid="previous-conversation"]',
        "taken_over": '[data-testid="taken-over"]',
    }
)


class Selectors(Mapping[str, str]):
    """A complete table; reading an empty entry is reading a missing ability."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = dict(table)

    def __getitem__(self, name: str) -> str:
        if not self._table[name]:
            raise NotApplicable(f"the console's selector table has no {name!r}")
        return self._table[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def has(self, name: str) -> bool:
        """Whether the console has this at all."""
        return bool(self._table[name])

    def plain(self) -> dict[str, str | None]:
        """The table for scripts in pages: absent entries are null."""
        return {name: value or None for name, value in self._table.items()}


def reference_table() -> Selectors:
    """The table of the reference console (docs/console.md)."""
    return Selectors({**REQUIRED, **OPTIONAL})


def vendor_table(overrides: Mapping[str, str], *, where: str) -> Selectors:
    """The table of another console: what it names, plus the reference's for what every console has.

    `where` names the place in the configuration. Optional abilities exist only when they are named.
    """
    known = {**REQUIRED, **OPTIONAL}
    for name in overrides:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{where}: unknown selector {name!r}{hint}")
    missing = [name for name in REQUIRED if name in overrides and not overrides[name]]
    if missing:
        raise ConfigError(f"{where}: {missing[0]!r} must not be empty; every review needs it")
    return Selectors({**REQUIRED, **dict.fromkeys(OPTIONAL, ""), **overrides})
