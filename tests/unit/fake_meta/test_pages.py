"""Pages of a long list and their cursors (meta-contract §5.5)."""

import pytest

from fake_meta.domain.pages import Page, Placed, Span, cursor_of, number_of, page_of


def even_places(place: int) -> Placed[str] | None:
    return None if place % 2 else Placed(place, f"item {place}")


def places(page: Page[str]) -> list[int]:
    return [one.number for one in page.items]


@pytest.mark.parametrize(
    ("span", "shown", "newer", "older"),
    [
        (Span(2), [8, 6], False, True),
        (Span(5), [8, 6, 4, 2, 0], False, False),
        (Span(2, after=6), [4, 2], True, True),
        (Span(2, after=2), [0], True, False),
        (Span(2, before=2), [6, 4], True, True),
        (Span(2, before=4), [8, 6], False, True),
        (Span(2, after=0), [], True, False),
        (Span(2, before=8), [], False, False),
        (Span(0), [], False, True),
    ],
)
def test_a_page_is_newest_first(span: Span, shown: list[int], newer: bool, older: bool) -> None:
    page = page_of(10, span, even_places)

    assert (places(page), page.has_newer, page.has_older) == (shown, newer, older)


def test_a_page_looks_only_at_what_it_shows() -> None:
    looked: list[int] = []

    def item_at(place: int) -> Placed[str]:
        looked.append(place)
        return Placed(place, "")

    page_of(100_000, Span(3), item_at)

    assert looked == [99_999, 99_998, 99_997, 99_996]


def test_a_cursor_is_opaque_and_leads_back() -> None:
    cursor = cursor_of(4711)

    assert cursor.startswith("QVFI")
    assert number_of(cursor) == 4711


@pytest.mark.parametrize("text", ["", "x", "QVFI", "Ã§", "aWdfZAG1f"])
def test_what_was_no_cursor_is_known(text: str) -> None:
    assert number_of(text) is None
