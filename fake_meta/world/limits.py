"""Verbs about rate limits (meta-contract §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fake_meta.domain.change_events import MediaType
from fake_meta.domain.graph_errors import GraphCallError
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.domain.rate_limits import LimitName, LimitRules, most_calls
from fake_meta.world.core import WorldCore


@dataclass(frozen=True, slots=True)
class LimitView:
    """One limit as it stands: what it allows, and who used how much of it."""

    name: LimitName
    most: int
    used: Mapping[str, int]


class LimitVerbs(WorldCore):
    """Counting calls, refusing what is too many, telling the usage."""

    def count_call(
        self, names: Iterable[LimitName], subject: str, now_ms: int | None = None
    ) -> None:
        """Count a call; raise what Meta answers beyond a limit that is enforced."""
        at_ms = self._clock.now_ms() if now_ms is None else now_ms
        with self._lock:
            state = self._shared.state
            beyond = state.meter.count(names, subject, at_ms, state.choices)
            if beyond is not None:
                is_of_messages = beyond is MessagingError.MESSAGE_LIMIT
                raise GraphCallError(self._rules.message_limit if is_of_messages else beyond)

    def count_private_reply(self, comment_id: str) -> None:
        """Count a private reply; comments of broadcasts have a limit of their own (§8.2)."""
        with self._lock:
            comment = self._inbox.comments.get(comment_id)
            is_live = comment is not None and comment.media_type is MediaType.LIVE
            name = LimitName.PRIVATE_REPLIES_LIVE if is_live else LimitName.PRIVATE_REPLIES
            self.count_call((name,), self._inbox.account.id)

    def usage_headers(
        self, counted: Sequence[str], spent_us: int, now_ms: int
    ) -> Mapping[str, str]:
        """The usage headers of an answer that took so long and counted for these objects."""
        with self._lock:
            state = self._shared.state
            return state.meter.headers(counted, spent_us, now_ms, state.choices)

    @property
    def limit_rules(self) -> LimitRules:
        """What a tester set."""
        with self._lock:
            return self._state.meter.rules

    def set_limit_rules(self, rules: LimitRules) -> None:
        """Count on under other rules, until the next reset."""
        with self._lock:
            self._state.meter.set_rules(rules)

    def limits(self) -> tuple[LimitView, ...]:
        """Every limit."""
        with self._lock:
            return tuple(self._limit(name) for name in LimitName)

    def _limit(self, name: LimitName) -> LimitView:
        meter, now_ms = self._state.meter, self._clock.now_ms()
        for counter in meter.counts[name].values():
            counter.pass_time(now_ms)
        used = {subject: counter.total for subject, counter in meter.counts[name].items()}
        return LimitView(name, most_calls(name, meter.rules, self._state.choices), used)
