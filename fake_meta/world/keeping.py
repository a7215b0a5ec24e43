"""Verbs about the world as a whole: begin anew, hold still, become another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fake_meta.world.core import WorldCore
from fake_meta.world.seeding import seeded
from fake_meta.world.state import WorldState


class KeepingVerbs(WorldCore):
    """What replaces all state at once."""

    def reset(self, seed: int | None = None, *, keep_subscriptions: bool = False) -> None:
        """A fresh world, of the same seed when none is given; subscriptions may outlive it.

        Choices are those of the start again.
        """
        with self._lock:
            before = self._state
            wanted = before.seed if seed is None else seed
            self._state = seeded(wanted, self._clock.now_ms(), self._first_choices)
            if keep_subscriptions:
                self._state.subscriptions = before.subscriptions
                kept = before.installed()
                first = self._state.first
                first.page_fields, first.account_fields = kept.pop(1)
                self._state.installed_before = kept
                self._state.login.keep_settings_of(before.login)

    def keep_in_memory(self, messages: int) -> None:
        """The newest messages stay in memory, older ones lie in a file; outlives resets."""
        with self._lock:
            self._shared.in_memory = self._state.archive.in_memory = messages

    @contextmanager
    def held(self) -> Iterator[WorldState]:
        """The records themselves while nobody changes them; for who saves them."""
        with self._lock:
            yield self._state

    def take_over(self, state: WorldState) -> None:
        """Be the world of `state` from now on."""
        with self._lock:
            self._state = state
