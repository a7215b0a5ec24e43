"""A receptive service: whom its customers reach, in which order, when, and what follows End."""

from __future__ import annotations

from dataclasses import dataclass

from system_under_test.domain.business_hours import ALWAYS, Hours
from system_under_test.domain.routing import LEAST_LOADED

OFFER_MS = 30_000  # contact-centre R6
WRAP_UP_MS = 60_000


@dataclass(frozen=True, slots=True)
class Service:
    """A service with its settings; times in milliseconds, 0 where a timer is off."""

    id: int
    name: str
    classification: bool = False
    post_service: bool = False
    priority: int = 0
    pick: str = LEAST_LOADED
    offer_ms: int = OFFER_MS
    wrap_up_ms: int = WRAP_UP_MS
    idle_end_ms: int = 0
    queue_limit_ms: int = 0
    hours: Hours = ALWAYS
    closed_text: str = ""
    queue_text: str = ""
    prefer_last: bool = False
    categories: tuple[str, ...] = ()

    def is_open(self, now_ms: int) -> bool:
        """Whether conversations are handed out now (R13)."""
        return self.hours.is_open(now_ms)


class CategoryRefusedError(Exception):
    """A classification that the service does not have, or none where it needs one."""

    def __init__(self, category: str | None, known: tuple[str, ...]) -> None:
        listed = ", ".join(known)
        said = f"{category!r} is no classification" if category else "a classification is missing"
        super().__init__(f"{said}; the service has: {listed}")
        self.known = known


def needs_wrap_up(service: Service, category: str | None) -> bool:
    """Whether End leaves something to do that holds the position (R9)."""
    return service.post_service or (service.classification and category is None)


def check_category(service: Service, category: str | None) -> str | None:
    """The category, if the service takes it; CategoryRefusedError otherwise."""
    if not service.classification:
        return None
    if category is None or (service.categories and category not in service.categories):
        raise CategoryRefusedError(category, service.categories)
    return category
