"""Meta's hosts answered in the same process, without a socket."""

from __future__ import annotations

import json

import flask
import pytest
import requests

import fake_meta as emulated
from fake_meta.client import ControlError
from fake_meta.in_process import Intercepted, intercept

GRAPH = "https://graph.facebook.com/v25.0"


def callback_app(verify_token: str, received: list[str]) -> flask.Flask:
    """An app under test: verifies, and remembers the texts that came."""
    app = flask.Flask("callback")
    app.testing = True  # a bug of the application reaches whoever called it

    @app.get("/hook")
    def verify() -> str:
        assert flask.request.args["hub.verify_token"] == verify_token
        return flask.request.args["hub.challenge"]

    @app.post("/hook")
    def hear() -> str:
        [entry] = json.loads(flask.request.get_data())["entry"]
        received.extend(item["message"]["text"] for item in entry["messaging"])
        return "EVENT_RECEIVED"

    return app


def subscribe(meta: Intercepted) -> None:
    company = meta.company
    requests.post(
        f"{GRAPH}/{company.app_id}/subscriptions",
        data={
            "object": "instagram",
            "callback_url": "https://app.example/hook",
            "fields": "messages",
            "verify_token": company.verify_token,
            "access_token": company.app_token,
        },
        timeout=5,
    ).raise_for_status()
    requests.post(
        f"{GRAPH}/{company.page_id}/subscribed_apps",
        data={"subscribed_fields": "messages", "access_token": company.page_token},
        timeout=5,
    ).raise_for_status()


def test_the_real_host_is_answered_here() -> None:
    with emulated.intercept() as meta:
        token = {"access_token": meta.company.page_token}
        me = requests.get("https://graph.facebook.com/me", params=token, timeout=5)

    assert me.json()["name"] == "Empresa Exemplo"
    assert me.headers["facebook-api-version"] == "v25.0"


def test_errors_are_metas_own() -> None:
    with intercept():
        refused = requests.get(f"{GRAPH}/me?access_token=nonsense", timeout=5)

    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 190)


def test_same_seed_same_world_and_another_seed_another() -> None:
    with intercept(seed=7) as one:
        first = one.company
    with intercept(seed=7) as other:
        second = other.company
    with intercept(seed=8) as third:
        assert third.company != first

    assert first == second


def test_webhooks_reach_an_application_in_process_and_its_answer_the_customer() -> None:
    received: list[str] = []
    with intercept() as probe:
        token = probe.company.verify_token
    with intercept(callback_app=callback_app(token, received)) as meta:
        subscribe(meta)
        message = meta.control.write(meta.tester.username, "Olá 😀")
        delivery = meta.control.delivery_of(message.mid)
        assert delivery is not None
        requests.post(
            f"{GRAPH}/me/messages",
            params={"access_token": meta.company.page_token},
            json={"recipient": {"id": meta.tester.igsid}, "message": {"text": "Bom dia"}},
            timeout=5,
        ).raise_for_status()
        thread = meta.control.texts_seen_by(meta.tester.username)
        [echo] = meta.control.journal.entries(after=delivery.seq, kind="webhook_delivery", wait_s=5)

    assert (delivery.outcome, delivery.status) == ("delivered", 200)
    assert (echo.events, received) == (("echo",), ["Olá 😀", "Bom dia"])
    assert thread == ("Olá 😀", "Bom dia")


def test_an_application_that_raises_is_a_failed_delivery_that_says_so() -> None:
    with intercept() as probe:
        token = probe.company.verify_token
    with intercept(callback_app=callback_app(token, [])) as meta:
        subscribe(meta)
        answer = meta.control.call("POST", "webhook/deliver", {"payload": {"entry": []}})

    assert (answer["outcome"], answer["response"]) == ("failed", None)
    assert "the application raised ValueError" in answer["reason"]


def test_media_lies_under_metas_cdn_host_and_opens() -> None:
    received: list[str] = []
    with intercept() as probe:
        token = probe.company.verify_token
    with intercept(callback_app=callback_app(token, received)) as meta:
        subscribe(meta)
        message = meta.control.send_media(meta.tester.username, "image")
        delivery = meta.control.delivery_of(message.mid)
        assert delivery is not None
        item = delivery.payload["entry"][0]["messaging"][0]
        url = item["message"]["attachments"][0]["payload"]["url"]
        picture = requests.get(url, timeout=5)

    assert url.startswith("https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")


def test_other_hosts_are_left_alone() -> None:
    with intercept(), pytest.raises(requests.ConnectionError):
        requests.get("http://127.0.0.1:9/", timeout=1)


def test_afterwards_nothing_is_intercepted() -> None:
    with intercept() as meta:
        control = meta.control

    assert control.people()
    with pytest.raises(requests.RequestException):
        requests.get("https://graph.facebook.com.invalid/me", timeout=1)


def test_a_refused_control_call_speaks_in_the_emulators_words() -> None:
    with intercept() as meta, pytest.raises(ControlError, match="no customer is called 'nobody'"):
        meta.control.write("nobody", "hello")


def test_choices_are_given_at_the_start_or_made_later() -> None:
    with intercept(choices={"http_status": "by_family"}) as meta:
        refused = requests.get(f"{GRAPH}/me", params={"access_token": "nonsense"}, timeout=5)
        chosen = meta.control.choose(other_2xx="failure")

    assert refused.status_code == 401
    assert chosen == {"http_status": "by_family", "other_2xx": "failure"}
