"""The journal is told without secrets unless they are asked for; what is sent again has all."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import app_over, build_emulator
from fake_meta.domain.signature import Signing, headers_for
from fake_meta.journal import EntryKind, Query
from fake_meta.journal.masking import HIDDEN, masked
from fake_meta.settings import Settings, SettingsError
from fake_meta.world import World
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport

TOKEN = "EAA" + "x7Q" * 60
BASIC = base64.b64encode(b"app:secret").decode()


def journal(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/_control/journal?{query}")
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.get_json(), ensure_ascii=False)


def secrets_of(world: World) -> set[str]:
    return {
        world.page.access_token,
        world.app.secret,
        world.app.verify_token,
        TOKEN,
    }


@pytest.fixture
def busy(client: FlaskClient, world: World) -> World:
    """Calls that carry every secret in every place that Meta's API knows."""
    page, app = world.page.access_token, world.app
    both = {"client_id": app.id, "client_secret": app.secret}
    graph = "/v25.0"
    client.get(f"{graph}/me?access_token={page}&appsecret_proof=0a1b2c")
    client.get(f"{graph}/me", headers={"Authorization": f"Bearer {page}"})
    client.get(f"{graph}/me", headers={"Authorization": f"OAuth {TOKEN}", "Cookie": "a=1; b=2"})
    client.post(f"{graph}/oauth/access_token", data={**both, "code": "AQB-code"})
    client.get(f"{graph}/oauth/access_token", query_string={**both, "grant_type": "x"})
    client.post(f"{graph}/oauth/access_token", json={**both, "password": 'a\\"b'})
    client.get(f"{graph}/debug_token?input_token={page}&access_token={app.id}|{app.secret}")
    client.get(f"{graph}/me/accounts?access_token={page}&fields=access_token")
    client.post(f"{graph}/me/messages", data={"access_token": page, "recipient": "{}"},
                content_type="multipart/form-data")  # fmt: skip
    batch = json.dumps([{"method": "GET", "relative_url": f"me?access_token={page}"}])
    client.post("/", data={"access_token": page, "batch": batch})
    client.post("/", json={"access_token": page, "batch": json.loads(batch)})
    client.post(f"{graph}/{app.id}/subscriptions", data={
        "object": "instagram", "callback_url": "http://app.example/hook?x=1",
        "verify_token": app.verify_token, "fields": "messages",
        "access_token": f"{app.id}|{app.secret}"})  # fmt: skip
    return world


def test_no_secret_is_told(client: FlaskClient, busy: World) -> None:
    told = journal(client)

    leaks = {one[:12] for one in secrets_of(busy) if one in told}
    assert leaks == set()
    assert "AQB-code" not in told
    assert "0a1b2c" not in told
    assert told.count(HIDDEN) >= 14


def test_who_asks_is_told_everything(client: FlaskClient, busy: World) -> None:
    told = journal(client, "secrets=shown")

    assert {one[:12] for one in secrets_of(busy) if one not in told} == set()
    assert HIDDEN not in told


def test_a_word_that_is_neither_is_refused(client: FlaskClient) -> None:
    answer = client.get("/_control/journal?secrets=yes")

    assert (answer.status_code, answer.get_json()["error"]) == (
        400,
        "secrets must be one of masked, shown, not 'yes'",
    )


def test_everything_else_is_told_as_it_was(client: FlaskClient, busy: World) -> None:
    shown, hidden = (
        json.loads(journal(client, f"secrets={word}"))["entries"] for word in ("shown", "masked")
    )

    same = ("seq", "kind", "at_ms", "customer", "mids", "events", "outcome", "faults")
    assert [[one[name] for name in same] for one in hidden] == [
        [one[name] for name in same] for one in shown
    ]
    assert [one["response"]["status"] for one in hidden] == [
        one["response"]["status"] for one in shown
    ]


def test_a_delivery_is_told_with_the_bytes_that_were_signed(
    client: FlaskClient, world: World
) -> None:
    text = f"my password=hunter2 and access_token={TOKEN}"
    world.send_text("ana.silva", text)

    (entry,) = json.loads(journal(client, "kind=webhook_delivery"))["entries"]

    request = entry["request"]
    signed = headers_for(world.app.secret, request["body"].encode(), Signing.VALID)
    assert json.loads(request["body"])["entry"][0]["messaging"][0]["message"]["text"] == text
    assert request["headers"]["X-Hub-Signature-256"] == signed["X-Hub-Signature-256"]


def test_what_is_sent_again_has_its_secrets(
    client: FlaskClient, world: World, transport: HandTransport
) -> None:
    world.send_text("ana.silva", f"access_token={TOKEN}")
    (seq,) = re.findall(r'"seq": (\d+)', journal(client, "kind=webhook_delivery"))

    client.post("/_control/webhook/redeliver", json={"seq": int(seq)})

    assert transport.requests[-1].body == transport.requests[0].body


def test_the_file_is_masked_unless_it_is_asked_not_to_be(tmp_path: Path) -> None:
    told = {}
    for word in ("masked", "shown"):
        path = tmp_path / f"{word}.jsonl"
        settings = Settings(journal_file=str(path), journal_file_secrets=word)
        emulator = build_emulator(settings, HandTransport(), HandFetcher())
        token = emulator.parts.world.page.access_token
        app_over(emulator).test_client().get(f"/v25.0/me?access_token={token}")
        emulator.close()
        told[word] = token in path.read_text("utf-8")

    assert told == {"masked": False, "shown": True}


def test_a_setting_that_is_neither_is_refused() -> None:
    with pytest.raises(SettingsError, match="journal_file_secrets must be one of masked, shown"):
        Settings(journal_file_secrets="no")


def test_the_verification_of_a_callback_hides_its_token(
    client: FlaskClient, world: World, emulator: Any
) -> None:
    client.post("/_control/webhook/verify")

    kept = emulator.parts.journal.find(Query(kind=EntryKind.WEBHOOK_VERIFICATION))
    assert "hub.verify_token=verify-me" in kept[-1].request.url
    assert "verify-me" not in journal(client, "kind=webhook_verification")


@pytest.mark.parametrize(
    "plain",
    [
        '{"error":{"message":"no","code":190,"error_subcode":463}}',
        "aWdfZAG1faXRlbTo" + "EAA" + "ab12" * 12,
        "GET /v25.0/17841400000000000?fields=username,name",
        '{"secretary":"Ana","decode":"x"}',
    ],
)
def test_what_only_looks_like_it_stays(plain: str) -> None:
    assert masked(plain) == plain
