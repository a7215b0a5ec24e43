"""Settings, the administration's file and its book."""

from __future__ import annotations

import tomllib

import pytest

from system_under_test.service.setup import (
    AgentSetup,
    ChannelSetup,
    QuickReplySetup,
    ServiceSetup,
    SetupError,
)
from system_under_test.service.setup_file import read_description
from system_under_test.settings import SettingsError, from_environment
from tests.fakes.little_console import LittleConsole


def test_defaults_and_readings() -> None:
    settings = from_environment(
        {"INTERACT_PORT": "9000", "INTERACT_CDN_HOSTS": "a.example http://127.0.0.1:1",
         "INTERACT_GRAPH_URL": "http://127.0.0.1:8701/", "INTERACT_LANGUAGE": ""}
    )  # fmt: skip

    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 9000, "en")
    assert settings.cdn_hosts == ("a.example", "http://127.0.0.1:1")
    assert settings.graph_url == "http://127.0.0.1:8701"


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("PORT", "70000"), ("LANGUAGE", "fr"), ("THREADS", "1"),
     ("PROCESSES", "0"), ("PROCESSES", "17"), ("PROCESSES", "two"),
     ("PROFILE_TIMEOUT_S", "0"), ("PROFILE_TIMEOUT_S", "nan"), ("PROFILE_TIMEOUT_S", "inf"),
     ("GRAPH_URL", "ftp://x"), ("CDN_HOSTS", "x;script-src *"), ("CDN_HOSTS", "a.example *"),
     ("CDN_HOSTS", "http://a.example/path"), ("CDN_HOSTS", "data:"), ("CDN_HOSTS", "a.example,b"),
     ("CDN_HOSTS", "'unsafe-inline'"), ("CDN_HOSTS", "https://a.example:1;x")],
)  # fmt: skip
def test_a_bad_value_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"INTERACT_{name}"):
        from_environment({f"INTERACT_{name}": value})


def test_several_processes_need_postgresql() -> None:
    postgresql = {"INTERACT_DATABASE_URL": "postgresql+psycopg://u@h/n", "INTERACT_PROCESSES": "2"}

    assert from_environment(postgresql).processes == 2
    with pytest.raises(SettingsError, match="INTERACT_PROCESSES=2 needs PostgreSQL"):
        from_environment({"INTERACT_PROCESSES": "2"})


def test_a_server_needs_its_secrets() -> None:
    with pytest.raises(SettingsError, match="INTERACT_APP_SECRET"):
        from_environment({}).require_secrets()


GOOD = """
[[services]]
name = "Instagram"
[[agents]]
login = "reviewer"
name = "Review Agent"
password = "Aa123*"
services = ["Instagram"]
positions = 3
[[channels]]
page_id = "1"
account_id = "17841"
username = "empresa"
token = "EAA"
service = "Instagram"
"""


def test_a_description() -> None:
    description = read_description(tomllib.loads(GOOD))

    assert description.services == (ServiceSetup("Instagram"),)
    assert description.agents == (AgentSetup("reviewer", "Review Agent", None, ("Instagram",), 3),)
    assert description.passwords == {"reviewer": "Aa123*"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("[[agent]]\nlogin = 'x'", "unknown table 'agent'"),
        ("[[agents]]\nlogin = 'x'", "name"),
        ("[[agents]]\nlogin = 'x'\nname = 'X'\npositions = 9", "1 to 8, .*not 9"),
        ("[[quick_replies]]\nname = 'a b'\ntext = 'x'", "name must be one word"),
        ("[[quick_replies]]\nname = 'x'", "text"),
        ("agents = 3", "\\[\\[agents\\]\\]"),
    ],
)
def test_a_wrong_description_says_what(wrong: str, told: str) -> None:
    with pytest.raises(SetupError, match=told):
        read_description(tomllib.loads(wrong))


def test_applying_again_changes_and_keeps(little: LittleConsole) -> None:
    with little.store.administering() as book:
        book.put_agent(AgentSetup("AGENT1", "Renamed", None, ("Instagram",), 2))

    session = little.enter()
    state = little.desk.state(session)
    assert state["agent"] == {"login": "agent1", "name": "Renamed"}
    assert [slot["active"] for slot in state["slots"]] == [True, True, *[False] * 6]


def test_inactive_positions_receive_nothing(little: LittleConsole) -> None:
    with little.store.administering() as book:
        book.put_agent(AgentSetup("agent1", "One", None, ("Instagram",), 2))
    session = little.enter()

    little.deliver(*[little.message(f"36000000000{number:02}") for number in range(3)])

    state = little.desk.state(session)
    assert (len(state["conversations"]), state["queue_length"]) == (2, 1)


def test_an_unknown_service_is_named_and_nothing_is_kept(little: LittleConsole) -> None:
    def describe() -> None:
        with little.store.administering() as book:
            book.put_channel(ChannelSetup("9", "17849", "new", "EAA"))
            book.put_agent(AgentSetup("late", "Late", None, ("X",)))

    with pytest.raises(SetupError, match="no service 'X'"):
        describe()

    assert little.scalar("SELECT count(*) FROM channel") == 1


def test_the_list_tells_no_secret(little: LittleConsole) -> None:
    with little.store.administering() as book:
        lines = book.describe()

    assert len(lines) == 4
    assert "EAAtoken" not in str(lines)
    assert "hash:" not in str(lines)


def test_quick_replies_are_those_of_the_agents_services(little: LittleConsole) -> None:
    little.change_service("Sales")
    with little.store.administering() as book:
        book.put_quick_reply(QuickReplySetup("all", "for all"))
        book.put_quick_reply(QuickReplySetup("sales", "for Sales", "Sales"))
        book.put_quick_reply(QuickReplySetup("gone", "soon gone"))
        book.put_quick_reply(QuickReplySetup("gone", ""))
    eva = little.enter("agent1")

    assert little.desk.state(eva)["quick_replies"] == [{"name": "all", "text": "for all"}]
    little.change_agent(1, services=("Sales",))
    names = [one["name"] for one in little.desk.state(eva)["quick_replies"]]
    assert names == ["all", "sales"]
