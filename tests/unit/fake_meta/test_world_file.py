"""Worlds from a TOML file, and crowds of personas."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import app_over, build_emulator
from fake_meta.personas import HARD_NAMES
from fake_meta.settings import Settings
from fake_meta.world_file import WorldFileError, read, rehearse
from tests.fakes.hand_transport import HandTransport

EXAMPLE = re.search(
    r"## A world from a file.*?```toml\n(.*?)```",
    Path("docs/emulator.md").read_text(encoding="utf-8"),
    re.DOTALL,
)
assert EXAMPLE is not None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "world.toml"
    path.write_text(EXAMPLE[1], encoding="utf-8")
    return path


@pytest.fixture
def described(path: Path, transport: HandTransport) -> FlaskClient:
    return app_over(build_emulator(Settings(world=str(path)), transport)).test_client()


def told(client: FlaskClient, call: str) -> dict[str, Any]:
    answer = client.get(f"/_control/{call}")
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return dict(answer.json)


def test_the_example_of_the_page_makes_its_world(described: FlaskClient) -> None:
    world = told(described, "world")

    assert (world["seed"], world["choices"]) == (7, {"other_2xx": "failure"})
    assert world["app"]["access"]["instagram_manage_messages"] == "advanced"
    assert [one["account"]["username"] for one in world["accounts"]][1:] == ["second.shop"]
    names = {one["name"] for one in world["customers"]}
    assert {"Zoë Ávila", *HARD_NAMES} <= names
    assert len(world["account"]["stories"]) == 1
    assert told(described, "journal")["entries"] == []


def test_its_messages_are_as_old_as_it_says(described: FlaskClient) -> None:
    messages = told(described, "customers/zoe/thread")["messages"]
    clock = told(described, "clock")

    ages = [round((clock["now_ms"] - one["timestamp"]) / 60_000) for one in messages]
    assert [(one["from"], one["text"]) for one in messages] == [
        ("customer", "Is this still available?"),
        ("business", "Yes, it is."),
    ]
    assert ages == [90, 85]
    assert (clock["frozen"], clock["offset_ms"]) == (False, 0)


def test_a_reset_returns_to_the_file(described: FlaskClient) -> None:
    before = told(described, "world")
    described.post("/_control/customers", json={"username": "noise"})

    described.post("/_control/reset")

    assert told(described, "world") == before


def test_a_reset_with_a_seed_is_that_seeds_world(described: FlaskClient) -> None:
    described.post("/_control/reset", json={"seed": 1})

    assert told(described, "world")["seed"] == 1
    assert len(told(described, "world")["customers"]) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("seed = ", "is no TOML"),
        ("sead = 1", "unknown key sead"),
        ('seed = "x"', "seed: Input should be a valid integer"),
        ("[[customers]]\nusername = 'a b'", "customers.0.username: String should match"),
        (
            "[[customers]]\nusername='zoe'\n[[customers]]\nusername='zoe'",
            "customers.1.username: 'zoe' is there already; one table a customer",
        ),
        ("[[customers]]\nrole = 'king'", "customers.0.role: Input should be"),
        ("[[customers.messages]]\ntext = 'x'", "customers"),
        ("[[crowds]]\npersona = 'pt_BR'", "crowds.0.count is missing"),
        ("[choices]\nnonsense = 'x'", "choices: "),
        ("[app]\naccess = { fly = 'advanced' }", "app.access.fly"),
        ("[[stories]]\nowner = 'nobody'", "no customer is called 'nobody'"),
        ("[[companies]]\nusername='empresa.exemplo'\nname='x'", "taken"),
        ("[[customers]]\ncompany='nowhere'", "no company's account is called 'nowhere'"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "world.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(WorldFileError) as caught:
        rehearse(read(path))

    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldFileError, match=r"cannot read .*nothing\.toml: No such file"):
        read(tmp_path / "nothing.toml")


def crowd(client: FlaskClient, **wishes: Any) -> list[str]:
    answer = client.post("/_control/customers", json=wishes)
    assert answer.status_code == 201, answer.json
    assert answer.json is not None
    return [one["name"] for one in answer.json["customers"]]


@pytest.mark.parametrize("persona", ["pt_BR", "en", "hard"])
def test_personas_are_the_same_for_the_same_seed(client: FlaskClient, persona: str) -> None:
    first = crowd(client, persona=persona, count=5)
    client.post("/_control/reset")

    assert crowd(client, persona=persona, count=5) == first
    assert len(set(first)) == 5


def test_a_second_crowd_has_other_names(client: FlaskClient) -> None:
    assert not set(crowd(client, persona="pt_BR", count=5)) & set(
        crowd(client, persona="pt_BR", count=5)
    )


def test_hard_names_are_those_that_break_software(client: FlaskClient) -> None:
    assert set(crowd(client, persona="hard", count=len(HARD_NAMES))) == set(HARD_NAMES)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"persona": "fr"}, "persona must be one of pt_BR, en, hard"),
        ({"count": 5}, "persona must be one of"),
        ({"persona": "en", "count": 0}, "count must be 1 to 1000"),
        ({"persona": "en", "name": "x"}, "name is for one customer"),
    ],
)
def test_a_strange_crowd_is_refused(
    client: FlaskClient, wish: dict[str, Any], sentence: str
) -> None:
    answer = client.post("/_control/customers", json=wish)

    assert (answer.status_code, sentence in str(answer.json)) == (400, True), answer.json


def test_a_message_may_be_one_on_messenger(described: FlaskClient) -> None:
    messages = told(described, "customers/zoe/thread?platform=messenger")["messages"]

    assert [(one["text"], one["mid"][:2]) for one in messages] == [("And in blue?", "m_")]
