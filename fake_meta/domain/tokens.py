"""Access tokens: whom they stand for, how long they live, what they die of (meta-contract §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from fake_meta.domain.graph_errors import GraphCallError, GraphError

HOUR_MS = 3600 * 1000
DAY_MS = 24 * HOUR_MS
SHORT_LIFE_MS = 2 * HOUR_MS
PAGE_LIFE_MS = HOUR_MS
"""A Page token from a short-lived user token; one from a long-lived never expires."""
IG_SHORT_LIFE_MS = HOUR_MS
LONG_LIFE_MS = 60 * DAY_MS
DATA_ACCESS_MS = 90 * DAY_MS
REFRESHABLE_AFTER_MS = 24 * HOUR_MS
_FIRST_S, _LAST_S = -60_000_000_000, 253_000_000_000
"""What a calendar can show, for clocks and tokens that a tester moved far."""
_PACIFIC = timezone(timedelta(hours=-8), "PST")


class TokenKind(StrEnum):
    """What a token stands for."""

    APP = "app"
    USER = "user"
    PAGE = "page"
    IG_USER = "ig_user"


class DeathCause(StrEnum):
    """What ended a token before its time (meta-contract §6.3)."""

    EXPIRED = "expired"
    APP_REMOVED = "app_removed"
    CHECKPOINT = "checkpoint"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a cause, no password
    UNCONFIRMED = "unconfirmed"
    LOGGED_OUT = "logged_out"
    PAGE_ROLE_LOST = "page_role_lost"
    SECRET_RESET = "secret_reset"  # noqa: S105 - a cause, no secret


DEATHS: Mapping[DeathCause, GraphError] = {
    DeathCause.EXPIRED: GraphError.TOKEN_EXPIRED,
    DeathCause.APP_REMOVED: GraphError.TOKEN_APP_REMOVED,
    DeathCause.CHECKPOINT: GraphError.TOKEN_CHECKPOINT,
    DeathCause.PASSWORD_CHANGED: GraphError.TOKEN_PASSWORD_CHANGED,
    DeathCause.UNCONFIRMED: GraphError.TOKEN_UNCONFIRMED,
    DeathCause.LOGGED_OUT: GraphError.TOKEN_LOGGED_OUT,
    DeathCause.PAGE_ROLE_LOST: GraphError.TOKEN_PAGE_ROLE_LOST,
    DeathCause.SECRET_RESET: GraphError.APP_TOKEN_INVALID,
}
"""What calls with a dead token are answered."""


@dataclass(frozen=True, slots=True)
class Token:
    """One access token; `subject` is the node that `me` means, `user_id` who granted it.

    `scopes` None: every permission that the app has. `expires_ms` None: never. `parent` is the
    user token that a Page token was read with. `assets` are the Pages and accounts that the person
    chose in the dialog; None: all.
    """

    id: str
    value: str
    kind: TokenKind
    app_id: str
    subject: str
    user_id: str | None
    scopes: tuple[str, ...] | None
    issued_ms: int
    expires_ms: int | None = None
    data_access_until_ms: int | None = None
    assets: frozenset[str] | None = None
    parent: str | None = None
    death: DeathCause | None = None

    @property
    def is_long_lived(self) -> bool:
        """Made to live for more than hours."""
        return self.expires_ms is None or self.expires_ms - self.issued_ms > DAY_MS

    def covers(self, scope: str) -> bool:
        """The person who granted the token granted this permission."""
        return self.scopes is None or scope in self.scopes

    def sees(self, asset_id: str) -> bool:
        """The person chose this Page or account."""
        return self.assets is None or asset_id in self.assets

    def death_at(self, now_ms: int) -> DeathCause | None:
        """What the token has died of, None while it lives."""
        if self.death is not None:
            return self.death
        if self.expires_ms is not None and now_ms >= self.expires_ms:
            return DeathCause.EXPIRED
        return None

    def has_data_access(self, now_ms: int) -> bool:
        """The person used the app within 90 days (meta-contract §6.1)."""
        return self.data_access_until_ms is None or now_ms < self.data_access_until_ms


def death_fault(token: Token, now_ms: int) -> GraphCallError | None:
    """What Meta answers to a call with this token because it is dead; None while it lives."""
    cause = token.death_at(now_ms)
    if cause is None:
        return None
    died_ms = now_ms if token.expires_ms is None else min(token.expires_ms, now_ms)
    return GraphCallError(
        DEATHS[cause], app=token.app_id, then=written_time(died_ms), now=written_time(now_ms)
    )


def lapse_gaps(token: Token, now_ms: int) -> dict[str, str]:
    """When the data access of a token ended, and now, for those who call that an expiry."""
    then_ms = now_ms if token.data_access_until_ms is None else token.data_access_until_ms
    return {"then": written_time(then_ms), "now": written_time(now_ms)}


def written_time(time_ms: int) -> str:
    """Meta's form of a time in errors, for example Monday, 02-Mar-26 10:00:00 PST."""
    in_range_s = min(max(time_ms // 1000, _FIRST_S), _LAST_S)
    moment = datetime.fromtimestamp(in_range_s, UTC).astimezone(_PACIFIC)
    return moment.strftime("%A, %d-%b-%y %H:%M:%S %Z")


def masked(value: str) -> str:
    """Enough of a token to know it again, too little to use it."""
    return f"{value[:6]}…{value[-4:]}"
