"""The selector table and how a vendor's entries join it."""

import pytest

from harness.errors import ConfigError, NotApplicable
from harness.targets.selectors import OPTIONAL, REQUIRED, reference_table, vendor_table

WHERE = "[targets.ours.selectors]"


def test_a_vendor_names_only_what_differs() -> None:
    table = vendor_table({"enter": "#go"}, where=WHERE)

    assert (table["enter"], table["login"]) == ("#go", REQUIRED["login"])


def test_an_ability_that_a_vendor_does_not_name_is_missing() -> None:
    table = vendor_table({}, where=WHERE)

    assert not table.has("slot")
    with pytest.raises(NotApplicable, match="slot"):
        _ = table["slot"]


def test_a_named_ability_is_there() -> None:
    table = vendor_table({"slot": ".position"}, where=WHERE)

    assert table["slot"] == ".position"


def test_an_unknown_name_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(ConfigError, match=r"\[targets\.ours\.selectors\].*'entre'.*'enter'"):
        vendor_table({"entre": "#go"}, where=WHERE)


def test_what_every_review_needs_must_not_be_empty() -> None:
    with pytest.raises(ConfigError, match="'end' must not be empty"):
        vendor_table({"end": ""}, where=WHERE)


def test_scripts_in_pages_see_missing_entries_as_null() -> None:
    plain = vendor_table({}, where=WHERE).plain()

    assert plain["slot"] is None
    assert plain["end"] == REQUIRED["end"]


def test_the_reference_has_every_entry() -> None:
    assert set(reference_table()) == {*REQUIRED, *OPTIONAL}
