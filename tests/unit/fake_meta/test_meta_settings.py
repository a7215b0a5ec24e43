"""Settings come from FAKE_META_* and refuse what means nothing."""

import pytest

from fake_meta.settings import Settings, SettingsError, from_environment


def test_nothing_given_is_the_default() -> None:
    assert from_environment({}) == Settings("127.0.0.1", 8701, 1, 64)


def test_every_setting_is_read() -> None:
    given = {
        "FAKE_META_HOST": "0.0.0.0",
        "FAKE_META_PORT": "9000",
        "FAKE_META_SEED": "-3",
        "FAKE_META_THREADS": "8",
        "FAKE_META_CONTROL_TOKEN": "abc",
    }

    assert from_environment(given) == Settings("0.0.0.0", 9000, -3, 8, control_token="abc")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("PORT", "x", "port must be a whole"), ("PORT", "0", "port must be"), ("THREADS", "0", "at")],
)
def test_a_value_without_meaning_is_named(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        from_environment({f"FAKE_META_{name}": value})


def test_an_emulator_on_every_address_names_itself_by_loopback() -> None:
    assert (
        Settings(host="0.0.0.0", port=9000, control_token="abc").origin == "http://127.0.0.1:9000"
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "emulator.test"])
def test_an_emulator_that_others_reach_needs_a_token(host: str) -> None:
    with pytest.raises(SettingsError, match="choose a token with --control-token"):
        Settings(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_an_emulator_of_this_machine_needs_none(host: str) -> None:
    assert Settings(host=host).control_token == ""


def test_a_token_that_no_header_carries_is_refused() -> None:
    with pytest.raises(SettingsError, match="visible ASCII"):
        Settings(control_token="a b")


def test_the_token_is_not_in_the_settings_as_text() -> None:
    assert "geheim" not in repr(Settings(control_token="geheim"))
