"""With a control token the control API knows its callers; Meta's own doors stay open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from fake_meta.app import app_over, build_emulator
from fake_meta.client import ControlClient, ControlError, WsgiCaller
from fake_meta.settings import Settings
from tests.fakes.hand_transport import HandTransport

TOKEN = "s3cret-token"


@pytest.fixture
def locked() -> Iterator[FlaskClient]:
    emulator = build_emulator(Settings(control_token=TOKEN), HandTransport())
    yield app_over(emulator).test_client()
    emulator.close()


@pytest.mark.parametrize(
    "header", ["", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer ", "Bearer \xe9"]
)
@pytest.mark.parametrize("path", ["world", "openapi.json", "docs", "nothing-here"])
def test_without_the_token_nothing_is_told(locked: FlaskClient, path: str, header: str) -> None:
    answer = locked.get(f"/_control/{path}", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "--control-token" in answer.get_json()["error"]
    assert TOKEN not in answer.get_data(as_text=True)


def test_the_token_opens_also_under_the_name_of_a_container(locked: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Host": "fake-meta:8701"}

    assert locked.get("/_control/world", headers=headers).status_code == 200


def test_a_foreign_page_is_refused_with_the_token_too(locked: FlaskClient) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Origin": "http://evil.example"}

    assert locked.get("/_control/world", headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["/_control/health", "/", "/www.instagram.com/"])
def test_health_and_metas_doors_stay_open(locked: FlaskClient, path: str) -> None:
    assert locked.get(path).status_code in (200, 302)


def test_the_client_shows_the_token(locked: FlaskClient) -> None:
    app = locked.application.wsgi_app

    assert ControlClient(WsgiCaller(app, TOKEN)).company().page_name
    with pytest.raises(ControlError, match="401: the control token is missing or wrong"):
        ControlClient(WsgiCaller(app)).company()
