"""Whether a text became markup."""

import pytest

from harness.targets.markup import is_markup


@pytest.mark.parametrize("tags", [[], ["br", "br"], ["span", "a"], ["P", "BDI"]])
def test_layout_is_not_markup(tags: list[str]) -> None:
    assert not is_markup(tags)


@pytest.mark.parametrize("tags", [["b"], ["span", "img"], ["SCRIPT"], ["br", "svg"]])
def test_an_element_that_the_customer_wrote_is_markup(tags: list[str]) -> None:
    assert is_markup(tags)
