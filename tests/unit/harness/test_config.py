"""homolog.toml, HOMOLOG_* and options; and what is said when they are wrong."""

from pathlib import Path

import pytest

from harness.config import InteractTarget, WebConsoleTarget, load_config
from harness.errors import ConfigError

OURS = """
[run]
target = "ours"
[targets.ours]
kind = "web_console"
console_url = "http://127.0.0.1:9000/login"
webhook_url = "http://127.0.0.1:9000/hook"
agent = {login = "ana", password = "secret"}
"""


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "homolog.toml"


def complaint(toml: Path, text: str, environ: dict[str, str] | None = None) -> str:
    toml.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(toml, environ or {})
    return str(caught.value).replace(str(toml), "homolog.toml")


def test_without_anything_the_reference_console_is_reviewed_in_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    config = load_config()

    assert (config.run.driver, config.run.journey, config.run.seed) == ("browser", "mobile", 1)
    assert config.target == InteractTarget()


def test_options_win_over_variables_and_variables_over_the_file(toml: Path) -> None:
    toml.write_text('[run]\nseed = 1\njourney = "web"\ndriver = "browser"\n', encoding="utf-8")

    config = load_config(
        toml, {"HOMOLOG_SEED": "2", "HOMOLOG_DRIVER": "api"}, {"seed": 3, "driver": None}
    )

    assert (config.run.seed, config.run.driver, config.run.journey) == (3, "api", "web")


def test_the_file_can_be_named_by_a_variable(toml: Path) -> None:
    toml.write_text("[run]\nseed = 9\n", encoding="utf-8")

    assert load_config(environ={"HOMOLOG_CONFIG": str(toml)}).run.seed == 9


def test_paths_of_the_file_are_relative_to_its_folder(toml: Path) -> None:
    toml.write_text('[run]\nout = "there"\n', encoding="utf-8")

    assert load_config(toml).run.out == toml.parent / "there"


def test_a_console_of_ones_own_needs_a_table_only(toml: Path) -> None:
    toml.write_text(OURS, encoding="utf-8")

    target = load_config(toml).target

    assert isinstance(target, WebConsoleTarget)
    assert (target.agent.login, target.agent.password) == ("ana", "secret")


def test_a_secret_can_come_from_the_environment(toml: Path) -> None:
    toml.write_text(OURS, encoding="utf-8")

    config = load_config(toml, {"HOMOLOG_TARGETS__OURS__AGENT__PASSWORD": "12345"})

    assert isinstance(config.target, WebConsoleTarget)
    assert config.target.agent.password == "12345"


def test_a_variation_of_the_reference_console_is_a_command(toml: Path) -> None:
    toml.write_text('[targets.interact]\nkind = "interact"\ncommand = ["a", "b"]\n', "utf-8")

    target = load_config(toml).target

    assert isinstance(target, InteractTarget)
    assert target.command == ("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[run]\ndrivr = 'api'",
            (
                'homolog.toml: unknown key "run.drivr": expected one of chromium, driver, headed, '
                'journey, out, seed, target; did you mean "driver"?'
            ),
        ),
        (
            "[rum]",
            (
                'homolog.toml: unknown key "rum": expected one of '
                'emulator, patience, run, targets; did you mean "run"?'
            ),
        ),
        (
            "[run]\ndriver = 'chrome'",
            'homolog.toml: run.driver: expected "browser" or "api", got "chrome"',
        ),
        ("[run]\nseed = '7'", 'homolog.toml: run.seed: expected a whole number, got "7"'),
        ("[run]\nheaded = 1", "homolog.toml: run.headed: expected true or false, got 1"),
        ("run = 3", "homolog.toml: run: expected a table, got 3"),
        (
            "[patience]\nappears_s = 0",
            "homolog.toml: patience.appears_s: expected a number above 0.0, got 0",
        ),
        (
            "[targets.ours]\nkind = 'webconsole'",
            (
                'homolog.toml: targets.ours.kind: expected "interact", "web_console" or "class", '
                'got "webconsole"'
            ),
        ),
        (
            "[run]\ntarget = 'ours'",
            (
                "homolog.toml: run.target: expected a configured target (interact), "
                'got "ours"; add a table [targets.ours]'
            ),
        ),
        (
            OURS.replace('login = "ana", ', ""),
            "homolog.toml: targets.ours.agent.login: expected a value, got none",
        ),
        (
            OURS + "selectorz = {}",
            (
                'homolog.toml: unknown key "targets.ours.selectorz": expected one of agent, '
                "console_url, first_login_agent, kind, selectors, spare_agent, webhook_url; "
                'did you mean "selectors"?'
            ),
        ),
        (
            OURS.replace('"secret"', "1"),
            "homolog.toml: targets.ours.agent.password: expected a text, got something else",
        ),
    ],
)
def test_a_mistake_is_one_line_with_place_key_expected_and_got(
    toml: Path, text: str, expected: str
) -> None:
    assert complaint(toml, text) == expected


def test_a_file_that_is_no_toml_is_named(toml: Path) -> None:
    assert complaint(toml, "[run").startswith("homolog.toml: not valid TOML: ")


def test_a_named_file_must_be_there(toml: Path) -> None:
    with pytest.raises(ConfigError, match=r"homolog\.toml: cannot be read: No such file"):
        load_config(toml)


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("HOMOLOG_SEED", "x", 'HOMOLOG_SEED: run.seed: expected a whole number, got "x"'),
        ("HOMOLOG_TARGET", "x", "HOMOLOG_TARGET: run.target: expected a configured target"),
        ("HOMOLOG_SEDE", "1", 'HOMOLOG_SEDE: unknown key "run.sede": expected one of'),
        ("HOMOLOG_EMULATOR__PORT", "70000", "HOMOLOG_EMULATOR__PORT: emulator.port: expected"),
        ("HOMOLOG_EMULATOR__HOST", "", "HOMOLOG_EMULATOR__HOST: emulator.host: expected a text"),
        ("HOMOLOG_OUT", "", 'HOMOLOG_OUT: run.out: expected a path, got ""'),
        (
            "HOMOLOG_TARGETS__X__KIND",
            "class",
            "HOMOLOG_TARGETS__X__KIND: targets.x.class: expected",
        ),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    toml: Path, variable: str, value: str, expected: str
) -> None:
    assert complaint(toml, "", {variable: value}).startswith(expected)


def test_the_configuration_cannot_be_changed_later(toml: Path) -> None:
    toml.write_text("", encoding="utf-8")
    config = load_config(toml)

    with pytest.raises(ValueError, match="frozen"):
        config.run.seed = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("HOMOLOG___", "1", "HOMOLOG___: expected the name of one setting"),
        ("HOMOLOG_RUN", "3", "HOMOLOG_RUN: expected the name of one setting"),
        ("HOMOLOG_CONFIG", "", 'HOMOLOG_CONFIG: expected the path of a file, got ""'),
    ],
)
def test_a_variable_that_names_no_setting_is_named(
    variable: str, value: str, expected: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(environ={variable: value})

    assert str(caught.value).startswith(expected)
