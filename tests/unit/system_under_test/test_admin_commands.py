"""The administration's command line: the whole set-up from nothing, and one line for a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from system_under_test.__main__ import main


class Commands:
    """`python -m system_under_test admin …` on one database."""

    def __init__(self, database: Path) -> None:
        self._environment = {"INTERACT_DATABASE_URL": f"sqlite:///{database}"}

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["admin", *words], env=self._environment)

    def lines(self, *words: str) -> list[str]:
        """What it says, when it ends well."""
        result = self(*words)
        assert result.exit_code == 0, result.output
        return result.output.splitlines()


@pytest.fixture
def admin(tmp_path: Path) -> Commands:
    return Commands(tmp_path / "new.sqlite3")


CHANNEL = ("--page-id", "1", "--account-id", "17841", "--username", "loja", "--token", "EAA")


def test_the_guides_set_up_is_made_and_checked_from_nothing(admin: Commands) -> None:
    before = admin("check")
    for words in (
        ("service", "add", "Instagram"),
        ("agent", "add", "reviewer", "--name", "Review Agent", "--service", "Instagram"),
        ("channel", "add", *CHANNEL),
    ):
        admin.lines(*words)
    without_password = admin("check")
    admin.lines("agent", "add", "reviewer", "--name", "Review Agent", "--service", "Instagram",
                "--password", "Aa123*")  # fmt: skip

    after = admin.lines("check")

    assert (before.exit_code, without_password.exit_code) == (1, 1)
    assert [line[0] for line in without_password.output.splitlines()].count("✗") == 1
    assert len(after) == 7
    assert {line[0] for line in after} == {"✓"}


@pytest.mark.parametrize(
    ("words", "broken"),
    [
        (("service", "add", "Instagram", "--classification"), "no classification"),
        (("service", "add", "Instagram", "--post-service"), "no post-service"),
        (("agent", "add", "other", "--name", "O", "--service", "Instagram"), "one agent"),
        (("agent", "add", "reviewer", "--name", "R", "--service", "Instagram",
          "--chat-answer", "manual"), "automatic"),
        (("agent", "add", "reviewer", "--name", "R", "--service", "Instagram",
          "--positions", "1,2,3"), "positions"),
    ],
)  # fmt: skip
def test_what_the_guide_warns_of_is_found(
    admin: Commands, words: tuple[str, ...], broken: str
) -> None:
    admin("service", "add", "Instagram")
    reviewer = ("reviewer", "--name", "R", "--service", "Instagram")
    admin("agent", "add", *reviewer, "--password", "Aa123*")
    admin("channel", "add", *CHANNEL)
    admin.lines(*words)

    found = admin("check")

    unkept = [line for line in found.output.splitlines() if line.startswith("✗")]
    assert found.exit_code == 1
    assert any(broken.lower() in line.lower() for line in unkept)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("service", "add", " "), "name must not be empty"),
        (("service", "add", "S", "--pick", "fastest"), "pick must be one of least_loaded,"),
        (("service", "add", "S", "--offer-s", "0"), "offer_s must be 1 to 1000000, not 0"),
        (("service", "add", "S", "--hours", "UTC mon 18-8"), "must end after it begins"),
        (("service", "rename", "Gone", "New"), "no service 'Gone'; there are: none"),
        (("agent", "add", "a", "--name", ""), "name must not be empty"),
        (("agent", "add", "a", "--name", "A", "--positions", "9"), "positions must be 1 to 8"),
        (("agent", "add", "a", "--name", "A", "--positions", "two"), "look like 8 or 1,2,5"),
        (("agent", "add", "a", "--name", "A", "--password", "Aa1"), "at least 6 characters"),
        (("agent", "add", "a", "--name", "A", "--service", "X"), "no service 'X'"),
        (("agent", "rename", "a", "b"), "no agent 'a'"),
        (("channel", "add", *CHANNEL, "--service", "X"), "no service 'X'"),
        (("status", "add", "Tea!", "--label", "Tea"), "small letters, digits and _"),
        (("status", "add", "ready", "--label", "Tea"), "the console has that status itself"),
        (("status", "remove", "tea"), "no added status 'tea'; there are: none"),
        (("quick-reply", "add", "two words", "--text", "x"), "one word"),
    ],
)
def test_a_mistake_is_told_in_one_line(admin: Commands, words: tuple[str, ...], told: str) -> None:
    result = admin(*words)

    assert result.exit_code == 2
    assert result.stderr.startswith("interact: ")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr


def test_statuses_are_added_changed_listed_and_removed(admin: Commands) -> None:
    admin.lines("status", "add", "tea", "--label", "Tee")
    admin.lines("status", "add", "tea", "--label", "Tea")
    admin.lines("status", "add", "back", "--label", "Back office", "--routable")
    listed = admin.lines("list")
    admin.lines("status", "remove", "tea")

    assert listed == ["status tea (Tea), pause", "status back (Back office), receives"]
    assert admin.lines("list") == ["status back (Back office), receives"]


def test_names_are_changed_and_nothing_else(admin: Commands) -> None:
    admin("service", "add", "Instagram", "--post-service")
    admin("agent", "add", "eva", "--name", "Eva", "--service", "Instagram", "--password", "Aa123*")
    admin.lines("service", "rename", "Instagram", "Direct")
    admin.lines("agent", "rename", "EVA", "eva.souza")

    assert admin.lines("list") == [
        "service Direct post_service",
        "agent eva.souza (Eva), agent, automatic answer, positions 8, services Direct",
    ]


def test_a_file_sets_everything_up_or_nothing(admin: Commands, tmp_path: Path) -> None:
    file = tmp_path / "setup.toml"
    file.write_text(
        '[[services]]\nname = "S"\n[[statuses]]\nid = "tea"\nlabel = "Tea"\n'
        '[[agents]]\nlogin = "a"\nname = "A"\nservices = ["X"]\n',
        encoding="utf-8",
    )

    refused = admin("apply", str(file))
    nothing = admin.lines("list")
    file.write_text(file.read_text("utf-8").replace('["X"]', '["S"]'), encoding="utf-8")
    admin.lines("apply", str(file))

    assert (refused.exit_code, nothing) == (2, [])
    assert [line.split()[0] for line in admin.lines("list")] == ["service", "agent", "status"]
