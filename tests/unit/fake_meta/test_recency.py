"""The log of who was active last."""

from fake_meta.domain.pages import Span
from fake_meta.world.recency import Recency


def owners(log: Recency[str]) -> list[str | None]:
    return [log.owner_at(place) for place in range(len(log))]


def test_newer_activity_leaves_the_older_entry_stale() -> None:
    log: Recency[str] = Recency()
    log.put(1, "ana")
    log.put(2, "bia")

    log.put(3, "ana")

    assert owners(log) == [None, "bia", "ana"]


def test_an_older_number_finds_its_place() -> None:
    log: Recency[str] = Recency()
    log.put(5, "ana")

    log.put(3, "bia")
    log.put(3, "bia")

    assert owners(log) == ["bia", "ana"]


def test_stale_entries_do_not_gather_without_end() -> None:
    log: Recency[str] = Recency()

    for number in range(1, 10_000):
        log.put(number, f"customer {number % 10}")

    assert len(log) < 100
    assert log.owner_at(len(log) - 1) == "customer 9"


def test_cursors_are_found_again_after_a_sweep() -> None:
    log: Recency[str] = Recency()
    log.put(10, "ana")
    log.put(20, "bia")

    places = log.places(Span(1, after=20, before=10))

    assert (places.after, places.before) == (1, 0)
