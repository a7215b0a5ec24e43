"""The features as a catalogue, and the lint that the runner relies on."""

from pathlib import Path

import pytest

from harness.catalogue import FEATURES, load_catalogue, slug
from harness.errors import ConfigError
from harness.listing import as_markdown

GOOD = """@step-01
Feature: Step 01 — Open it
  The reviewer opens it.

  @req-guide-step-1 @browser @case-20
  Scenario: It opens
    Given a page

  Rule: Widths
    @req-wide
    Scenario Outline: It fits <width> pixels
      Given a page

      Examples:
        | width |
        | 360   |
        | 1440  |

    Scenario Outline: It says no name
      Given <thing>

      Examples:
        | thing |
        | a     |
        | b     |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "review").mkdir()
    return tmp_path


def write(folder: Path, text: str, name: str = "step_01_open_it.feature") -> Path:
    (folder / "review" / name).write_text(text, encoding="utf-8")
    return folder


def test_a_scenario_is_a_case_and_so_is_every_row_of_an_outline(folder: Path) -> None:
    cases = load_catalogue(write(folder, GOOD)).cases

    assert [case.id for case in cases] == [
        "step-01/it-opens",
        "step-01/it-fits-360-pixels",
        "step-01/it-fits-1440-pixels",
        "step-01/it-says-no-name-1",
        "step-01/it-says-no-name-2",
    ]


def test_a_case_knows_requirements_rule_and_row(folder: Path) -> None:
    case = load_catalogue(write(folder, GOOD)).cases[1]

    assert (case.requirements, case.rule, case.example) == (
        ("wide",),
        "Widths",
        (("width", "360"),),
    )


def test_a_case_cites_its_row_of_the_catalogue_of_bugs(folder: Path) -> None:
    case = load_catalogue(write(folder, GOOD)).cases[0]

    assert case.requirements == ("guide-step-1", "contact-centre-case-20")


def test_a_step_knows_its_title_and_description(folder: Path) -> None:
    [step] = load_catalogue(write(folder, GOOD)).steps

    assert (step.id, step.title, step.chapter) == ("step-01", "Open it", "review")
    assert step.description == "The reviewer opens it."


def test_the_walkthrough_comes_last(folder: Path) -> None:
    write(folder, GOOD)
    write(folder, "@walkthrough\nFeature: W\n  Scenario: All\n    Given it\n", "a.feature")

    assert [step.id for step in load_catalogue(folder).steps] == ["step-01", "walkthrough"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("It says no name", "It opens"), 'unique in the file, got "It opens" twice'),
        (GOOD.replace("It opens", "It fits 360 pixels!"), "case ids that are unique"),
        (GOOD.replace("@step-01", "@step-1"), "one tag @step-NN or @walkthrough on the feature"),
        (GOOD.replace("@step-01", "@step-01 @step-02"), "got step-01, step-02"),
        (GOOD.replace("@req-guide-step-1", ""), "the first scenario to be the step itself"),
        ("", "expected a feature, got an empty file"),
        ("Feature: x\n  Scenario: y\n    Given z\n    nonsense", "not valid Gherkin"),
    ],
)
def test_a_broken_feature_is_refused_by_name(folder: Path, text: str, complaint: str) -> None:
    write(folder, text)

    with pytest.raises(ConfigError, match=r"step_01_open_it\.feature: ") as caught:
        load_catalogue(folder)

    assert complaint in str(caught.value)


def test_a_folder_without_features_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigError, match="no feature files"):
        load_catalogue(folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The customer's name", "the-customers-name"),
        ("@ / < > é", "e"),
        ("Ação — 10 bytes", "acao-10-bytes"),
    ],
)
def test_a_slug_is_plain(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_the_review_has_its_thirteen_steps_and_the_walkthrough() -> None:
    steps = load_catalogue().steps

    review = [step.id for step in steps if step.chapter == "review"]
    assert review == [*(f"step-{number:02d}" for number in range(1, 14)), "walkthrough"]


def test_the_table_of_contents_is_up_to_date() -> None:
    written = (FEATURES / "README.md").read_text(encoding="utf-8")

    assert written == as_markdown(load_catalogue()), "run `make index`"
