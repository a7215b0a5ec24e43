"""How often may be called: windows, formulas and the codes beyond them (meta-contract §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fake_meta.domain.choices import Choices
from fake_meta.domain.graph_errors import AnyError, GraphError
from fake_meta.domain.messaging_errors import MessagingError

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
_SECOND_MS = 1000


class LimitName(StrEnum):
    """What is counted by itself."""

    APP = "app"
    USER = "user"
    PAGE_BY_USER = "page_by_user"
    PAGES = "pages"
    MESSENGER = "messenger"
    INSTAGRAM = "instagram"
    SEND_TEXT = "send_text"
    SEND_TEXT_LOGIN = "send_text_instagram_login"
    SEND_MEDIA = "send_media"
    CONVERSATIONS = "conversations"
    PRIVATE_REPLIES = "private_replies"
    PRIVATE_REPLIES_LIVE = "private_replies_live"


@dataclass(frozen=True, slots=True)
class LimitRules:
    """What a tester set: sizes that the formulas ask for, and limits in place of formulas.

    Nothing is refused until `enforced`; counting and headers go on all the time.
    """

    enforced: bool = False
    app_users: int = 10_000
    engaged_users: int = 10_000
    impressions: int = 10_000
    overrides: Mapping[LimitName, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """A rolling window, the code beyond it, and how many calls it holds."""

    window_ms: int
    error: AnyError
    formula: Callable[[LimitRules, Choices], int]


def _send_text(_rules: LimitRules, _choices: Choices) -> int:
    return 300


def _send_text_login(_rules: LimitRules, choices: Choices) -> int:
    return 100 if choices.send_rate == "300_and_100" else 300


LIMITS: Mapping[LimitName, Limit] = {
    LimitName.APP: Limit(HOUR_MS, GraphError.APP_LIMIT, lambda rules, _: 200 * rules.app_users),
    LimitName.USER: Limit(HOUR_MS, GraphError.USER_LIMIT, lambda rules, _: 200 * rules.app_users),
    LimitName.PAGE_BY_USER: Limit(
        HOUR_MS, GraphError.PAGE_LIMIT, lambda rules, _: 200 * rules.app_users
    ),
    LimitName.PAGES: Limit(
        DAY_MS, MessagingError.PAGE_CALLS, lambda rules, _: 4800 * rules.engaged_users
    ),
    LimitName.MESSENGER: Limit(
        DAY_MS, MessagingError.MESSENGER_CALLS, lambda rules, _: 200 * rules.engaged_users
    ),
    LimitName.INSTAGRAM: Limit(
        DAY_MS, MessagingError.INSTAGRAM_CALLS, lambda rules, _: 4800 * rules.impressions
    ),
    LimitName.SEND_TEXT: Limit(_SECOND_MS, MessagingError.MESSAGE_LIMIT, _send_text),
    LimitName.SEND_TEXT_LOGIN: Limit(_SECOND_MS, MessagingError.MESSAGE_LIMIT, _send_text_login),
    LimitName.SEND_MEDIA: Limit(_SECOND_MS, MessagingError.MESSAGE_LIMIT, lambda *_: 10),
    LimitName.CONVERSATIONS: Limit(_SECOND_MS, MessagingError.MESSAGE_LIMIT, lambda *_: 2),
    LimitName.PRIVATE_REPLIES: Limit(HOUR_MS, MessagingError.MESSAGE_LIMIT, lambda *_: 750),
    LimitName.PRIVATE_REPLIES_LIVE: Limit(_SECOND_MS, MessagingError.MESSAGE_LIMIT, lambda *_: 100),
}


def most_calls(name: LimitName, rules: LimitRules, choices: Choices) -> int:
    """How many calls the window of `name` holds now."""
    most = rules.overrides.get(name)
    return LIMITS[name].formula(rules, choices) if most is None else most


class RollingCount:
    """Calls within the newest window, in buckets: adding costs the same however many there are."""

    __slots__ = ("_bucket_ms", "_counts", "_newest", "total")

    BUCKETS = 60

    def __init__(self, window_ms: int) -> None:
        self._bucket_ms = max(1, window_ms // self.BUCKETS)
        self._counts = [0] * self.BUCKETS
        self._newest = 0
        self.total = 0

    def add(self, now_ms: int) -> int:
        """Count one more; answer how many the window holds."""
        if now_ms // self._bucket_ms != self._newest:
            self.pass_time(now_ms)
        self._counts[self._newest % self.BUCKETS] += 1
        self.total += 1
        return self.total

    def pass_time(self, now_ms: int) -> None:
        """Forget what the window has left behind."""
        newest = now_ms // self._bucket_ms
        passed = newest - self._newest
        if -self.BUCKETS < passed <= 0:
            return
        if abs(passed) >= self.BUCKETS:  # also when a tester took the clock back
            self._counts, self.total = [0] * self.BUCKETS, 0
        else:
            for number in range(self._newest + 1, newest + 1):
                place = number % self.BUCKETS
                self.total -= self._counts[place]
                self._counts[place] = 0
        self._newest = newest

    def ms_until_below(self, most: int, now_ms: int) -> int:
        """How long until the window holds fewer than `most`, when nobody calls meanwhile."""
        self.pass_time(now_ms)
        left, waited = self.total, 0
        while left >= max(1, most) and waited < self.BUCKETS:
            waited += 1
            left -= self._counts[(self._newest + waited) % self.BUCKETS]
        return waited * self._bucket_ms
