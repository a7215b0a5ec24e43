"""How an account looks is decided by its name and id alone."""

import pytest

from fake_meta.surfaces import profile_view


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Empresa Exemplo", "EE"), ("ana.silva", "AS"), ("Élodie", "É"), ("<b> x", "X"), ("", "")],
)
def test_initials_are_the_first_letters(name: str, initials: str) -> None:
    assert profile_view.initials_of(name) == initials


def test_a_follower_counts() -> None:
    before = profile_view.counters_of("17841", followed=False)

    after = profile_view.counters_of("17841", followed=True)

    assert int(after.followers.replace(",", "")) == int(before.followers.replace(",", "")) + 1


def test_every_tile_has_a_tint_of_the_style_sheet() -> None:
    tiles = profile_view.tiles()

    assert len(tiles) == profile_view.POSTS
    assert set(tiles) <= set(range(profile_view.TINTS))


def test_neighbouring_tiles_differ() -> None:
    tiles = profile_view.tiles()

    assert [place for place in range(1, len(tiles)) if tiles[place] == tiles[place - 1]] == []
