"""Where there is a control token, the App Dashboard shows and changes nothing without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator, app_over, build_emulator
from fake_meta.settings import Settings
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport

ROOT = "/developers.facebook.com"
TOKEN = "abc-1"


@pytest.fixture
def guarded() -> Iterator[Emulator]:
    made = build_emulator(
        Settings(host="0.0.0.0", control_token=TOKEN), HandTransport(), HandFetcher()
    )
    yield made
    made.close()


@pytest.fixture
def visitor(guarded: Emulator) -> FlaskClient:
    return app_over(guarded).test_client()


def pages(emulator: Emulator) -> list[tuple[str, str]]:
    """Every page and form of the Dashboard."""
    return [
        (method, re.sub("<int:[a-z_]+>", "1", rule.rule))
        for rule in app_over(emulator).url_map.iter_rules()
        if rule.endpoint.startswith("dashboard.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]


def test_every_page_asks_for_the_token(guarded: Emulator, visitor: FlaskClient) -> None:
    asked = {
        visitor.open(path, method=method, headers={"Host": "emulator.example"}).status_code
        for method, path in pages(guarded)
    }

    assert asked == {401}


def test_the_secret_is_not_told_and_the_way_in_is(guarded: Emulator, visitor: FlaskClient) -> None:
    app = guarded.parts.world.app

    answer = visitor.get(f"{ROOT}/apps/{app.id}/settings/basic/?secret=shown")

    assert app.secret not in answer.text
    assert "FAKE_META_CONTROL_TOKEN" in answer.text
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("password", ["", "wrong", "ABC-1", "abc-1 ", "ábc"])
def test_another_password_is_refused(visitor: FlaskClient, password: str) -> None:
    assert visitor.get(f"{ROOT}/apps/", auth=("me", password)).status_code == 401


def test_with_the_token_everything_is_there(guarded: Emulator, visitor: FlaskClient) -> None:
    app = guarded.parts.world.app
    page = f"{ROOT}/apps/{app.id}/settings/basic/?secret=shown"

    by_password = visitor.get(page, auth=("anybody", TOKEN))
    by_bearer = visitor.get(page, headers={"Authorization": f"Bearer {TOKEN}"})

    assert app.secret in by_password.text
    assert app.secret in by_bearer.text


def test_without_a_token_nobody_is_asked(client: FlaskClient) -> None:
    assert client.get(f"{ROOT}/apps/", follow_redirects=True).status_code == 200
