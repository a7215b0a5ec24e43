"""Choices: the table, the ways to choose, and what they outlive."""

import dataclasses
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from flask.testing import FlaskClient

from fake_meta.domain.choices import ROWS, Choice, Choices, page, parse_wishes
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.settings import SettingsError, from_environment

LIMITS = Path(__file__).parents[3] / "docs" / "fake_meta-limits.md"
TYPES = get_type_hints(Choices)


def test_the_page_of_limits_shows_the_choices() -> None:
    text = LIMITS.read_text(encoding="utf-8")

    assert page.renewed(text) == text, "run make index"


def test_every_choice_has_its_own_name() -> None:
    names = [choice.name for choice in ROWS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("row", [row for row in ROWS if row.span is None], ids=lambda row: row.name)
def test_the_words_of_a_row_are_those_of_its_type(row: Choice) -> None:
    assert get_args(TYPES[row.name]) == tuple(row.values)


def test_there_is_something_to_choose_in_every_row() -> None:
    assert all(len(row.values) > 1 for row in ROWS if row.span is None)


def test_wishes_are_read_from_one_line() -> None:
    assert parse_wishes(" a=b, c = d ,") == {"a": "b", "c": "d"}


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"nothing": "x"}, "there is no choice 'nothing'; there are "),
        ({"other_2xx": "x"}, "choice other_2xx must be accepted, failure, not 'x'"),
        ({"other_2xx": ["failure"]}, "choice other_2xx must be accepted, failure, not"),
        ({"answer_limit": "soon"}, "choice answer_limit must be a number from 0.1 to 300, not"),
        ({"answer_limit": True}, "choice answer_limit must be a number from 0.1 to 300, not True"),
        ({"answer_limit": "nan"}, "choice answer_limit must be a number from 0.1 to 300, not"),
        ({"answer_limit": 10**400}, "choice answer_limit must be a number from 0.1 to 300, not"),
    ],
)
def test_a_wish_without_meaning_is_named(wishes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidRequestError, match=sentence.replace("(", r"\(")):
        Choices().with_wishes(wishes)


def test_only_what_is_not_default_is_named() -> None:
    choices = Choices().with_wishes({"answer_limit": "5", "other_2xx": "accepted"})

    assert choices.not_default() == {"answer_limit": 5.0}


def test_the_environment_chooses() -> None:
    settings = from_environment({"FAKE_META_CHOICES": "other_2xx=failure,answer_limit=7"})

    assert settings.choices == dataclasses.replace(Choices(), other_2xx="failure", answer_limit=7.0)


def test_a_wrong_choice_in_the_environment_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="must be accepted, failure"):
        from_environment({"FAKE_META_CHOICES": "other_2xx=maybe"})


def test_the_control_api_lists_and_changes(client: FlaskClient) -> None:
    answer = client.patch("/_control/choices", json={"other_2xx": "failure"}).get_json()

    row = next(one for one in answer["choices"] if one["name"] == "other_2xx")
    assert (row["value"], row["default"], row["section"]) == ("failure", "accepted", "2.5")
    assert row["meaning"] == row["values"]["failure"]


def test_the_world_names_what_is_not_default(client: FlaskClient) -> None:
    client.patch("/_control/choices", json={"other_2xx": "failure"})

    assert client.get("/_control/world").get_json()["choices"] == {"other_2xx": "failure"}


def test_a_wrong_wish_changes_nothing(client: FlaskClient) -> None:
    answer = client.patch("/_control/choices", json={"other_2xx": "failure", "x": "y"})

    assert answer.status_code == 400
    assert client.get("/_control/world").get_json()["choices"] == {}


def test_a_reset_brings_back_the_choices_of_the_start(client: FlaskClient) -> None:
    client.patch("/_control/choices", json={"other_2xx": "failure"})

    client.post("/_control/reset", json={})

    assert client.get("/_control/world").get_json()["choices"] == {}
