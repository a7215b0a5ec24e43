"""The plugin in somebody else's test suite, as pytest runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SUITE = """
import flask
import pytest
import requests

heard = []
app = flask.Flask("mine")

@app.route("/hook", methods=["GET", "POST"])
def hook():
    heard.append(flask.request.get_data())
    return flask.request.args.get("hub.challenge", "")

@pytest.fixture
def fake_meta_callback():
    return app

def test_profile(fake_meta):
    token = fake_meta.company.page_token
    me = requests.get("https://graph.facebook.com/me", params={"access_token": token})
    assert me.json()["name"] == "Empresa Exemplo"

def test_webhook(fake_meta, fake_meta_world):
    company = fake_meta.company
    app_token = {"access_token": company.app_token}
    subscription = {"object": "instagram", "callback_url": "https://mine.example/hook",
                    "fields": "messages", "verify_token": company.verify_token, **app_token}
    graph = "https://graph.facebook.com/v25.0"
    assert requests.post(f"{graph}/{company.app_id}/subscriptions", data=subscription).ok
    page = {"subscribed_fields": "messages", "access_token": company.page_token}
    assert requests.post(f"{graph}/{company.page_id}/subscribed_apps", data=page).ok
    message = fake_meta_world.write(fake_meta.tester.username, "oi")
    assert fake_meta_world.delivery_of(message.mid).status == 200
    assert b'"text":"oi"' in heard[-1]
"""


def test_three_lines_are_enough_in_another_suite(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(SUITE, encoding="utf-8")

    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "fake_meta.pytest_plugin"),
            *("-p", "no:cacheprovider", "-p", "no:locust", "--rootdir", str(tmp_path)),
            str(tmp_path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "2 passed" in done.stdout, done.stdout + done.stderr
