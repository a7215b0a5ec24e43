"""What SELECT chooses."""

import pytest

from harness.catalogue import Catalogue, load_catalogue
from harness.errors import ConfigError
from harness.selection import of_journey, select


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize(
    ("selectors", "steps"),
    [
        (["step-09"], {"step-09"}),
        (["step-02..step-04"], {"step-02", "step-03", "step-04"}),
        (["step-13..walkthrough"], {"step-13", "walkthrough"}),
        (["step-01", "walkthrough"], {"step-01", "walkthrough"}),
        (["@req-guide-step-7"], {"step-07"}),
        (["tag:web-journey"], {"walkthrough"}),
        (["@case-20"], {"step-09"}),
        (["@req-contact-centre-case-20"], {"step-09"}),
        (["@case-38"], {"step-11", "step-12", "step-13"}),
        (["step-10/end-frees-the-slot"], {"step-10"}),
    ],
)
def test_a_selector_chooses_steps(
    catalogue: Catalogue, selectors: list[str], steps: set[str]
) -> None:
    assert {case.step for case in select(catalogue, selectors)} == steps


def test_without_selectors_everything_is_chosen(catalogue: Catalogue) -> None:
    assert select(catalogue, []) == catalogue.cases


def test_a_chapter_chooses_its_folder(catalogue: Catalogue) -> None:
    chosen = select(catalogue, ["review"])

    assert {case.chapter for case in chosen} == {"review"}


def test_one_case_can_be_chosen(catalogue: Catalogue) -> None:
    [case] = select(catalogue, ["step-10/end-frees-the-slot"])

    assert case.title == "End frees the slot"


def test_order_is_the_catalogues_and_nothing_comes_twice(catalogue: Catalogue) -> None:
    chosen = select(catalogue, ["step-02", "step-01", "@req-guide-step-1"])

    assert chosen == select(catalogue, ["step-01..step-02"])


@pytest.mark.parametrize(
    ("selector", "near"),
    [
        ("step-9", "step-09"),
        ("@req-guide-step-77", "@req-guide-step-7"),
        ("step-10/end-frees-slot", "step-10/end-frees-the-slot"),
        ("@case20", "@case-20"),
        ("reviews", "review"),
        ("step-01..step-99", "step-09"),
    ],
)
def test_nothing_matched_is_an_error_with_the_nearest_names(
    catalogue: Catalogue, selector: str, near: str
) -> None:
    with pytest.raises(ConfigError, match="nothing matches") as caught:
        select(catalogue, [selector])

    assert near in str(caught.value)


def test_a_journey_leaves_the_cases_of_the_other_out(catalogue: Catalogue) -> None:
    chosen = of_journey(select(catalogue, ["step-13"]), "web")

    assert [case.title for case in chosen] == ["Unsending on the website produces no event"]


def test_a_selection_of_the_other_journey_alone_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ConfigError, match="add --journey web"):
        of_journey(select(catalogue, ["tag:web-journey"]), "mobile")
