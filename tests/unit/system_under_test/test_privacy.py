"""Who wants their data deleted is erased everywhere; who removes the app is believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from system_under_test.domain.graph_errors import Fate
from system_under_test.domain.signed_request import SignedRequestError, read_signed_request
from tests.fakes.little_console import ACCOUNT, LittleConsole
from tests.fakes.wsgi_console import SECRET, WsgiConsole

ANA, BIA = "3603717463085785", "3603717463085786"
NOW = 1_758_300_000_000


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed(user_id: object = ANA, secret: str = SECRET, **claims: Any) -> str:
    said = {"user_id": user_id, "algorithm": "HMAC-SHA256", "issued_at": NOW // 1000, **claims}
    payload = encoded(json.dumps(said).encode())
    return f"{encoded(hmac.digest(secret.encode(), payload.encode(), hashlib.sha256))}.{payload}"


def ask(web: WsgiConsole, text: str, path: str = "data-deletion") -> TestResponse:
    return web.meta.post(f"/webhooks/meta/{path}", data={"signed_request": text})


@pytest.fixture
def web(little: LittleConsole) -> WsgiConsole:
    return WsgiConsole(little)


def everything(little: LittleConsole) -> str:
    """All that the database holds, as text."""
    with little.store._connection("BEGIN") as connection:
        names = ("customer", "conversation", "message", "delivery", "event", "outbox", "ui_event",
                 "early_mark", "trace", "tombstone", "erasure", "routing_log", "note")  # fmt: skip
        rows = [
            value if not isinstance(value, bytes | memoryview) else bytes(value).decode()
            for name in names
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}")
            for value in row
        ]
    return " ".join(str(value) for value in rows)


def test_a_person_is_erased_everywhere_and_nobody_else(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA, "segredo da Ana", "mid.ana"))
    web.deliver(little.message(BIA, "texto da Bia", "mid.bia"))
    agent.reply(ANA, "resposta à Ana")
    little.sender.send_next()
    number = agent.number(ANA)
    assert agent.post(f"conversations/{number}/notes", {"text": "Ana é VIP"}).status_code == 201
    web.deliver({"sender": {"id": ANA}, "news": "quarantined"})
    web.deliver(little.item(ANA, ACCOUNT, {"mid": "mid.bia", "is_deleted": True}))

    answer = ask(web, signed())

    left = everything(little)
    assert answer.status_code == 200
    assert [one for one in (ANA, "Ana") if one in left] == []
    assert [one["customer"]["igsid"] for one in agent.conversations()] == [BIA]
    assert agent.bubbles(BIA)[0]["text"] == "texto da Bia"


def test_nothing_is_left_in_the_files_of_the_database(lone: LittleConsole, tmp_path: Path) -> None:
    web = WsgiConsole(lone)
    agent = web.agent()
    web.deliver(lone.message(ANA, "segredo-4711 " * 800, "mid.ana"))
    agent.reply(ANA, "resposta-4711")
    lone.sender.send_next()

    ask(web, signed())

    kept = b"".join(one.read_bytes() for one in tmp_path.glob("lone.sqlite3*"))
    assert [one for one in (b"segredo-4711", b"resposta-4711", ANA.encode()) if one in kept] == []


def test_nothing_of_the_person_is_in_the_log(
    lone: LittleConsole, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    web = WsgiConsole(lone)
    agent = web.agent()
    lone.graph.failures = [Fate.PERMANENT, Fate.PERMANENT]
    web.deliver(lone.message(ANA, "segredo"), {"sender": {"id": ANA}, "news": 1})
    lone.profiles.fetch_next()
    agent.reply(ANA, "resposta")
    lone.sender.send_next()

    ask(web, signed())

    assert "data of 1 threads erased" in caplog.text
    assert [one for one in (ANA, "segredo", "resposta") if one in caplog.text] == []


def test_the_position_is_free_and_the_console_is_told(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA, "segredo"))
    cursor = agent.state()["cursor"]

    ask(web, signed())

    told = agent.get(f"events?after={cursor}").json["events"]
    assert [one["type"] for one in told] == ["message_updated", "conversation_ended"]
    assert told[0]["data"]["message"]["deleted"]
    assert [slot["conversation_id"] for slot in agent.state()["slots"]] == [None] * 8


def test_the_person_sees_what_became_of_the_request(
    little: LittleConsole, web: WsgiConsole
) -> None:
    web.deliver(little.message(ANA))
    text = signed()

    first, again = ask(web, text).json, ask(web, text).json
    page = web.meta.get(first["url"].removeprefix("http://localhost"))

    assert first == again
    assert (page.status_code, first["confirmation_code"] in page.text) == (200, True)
    assert "Your data was erased" in page.text
    assert web.meta.get("/data-deletion/nobody").status_code == 404
    assert little.scalar("SELECT count(*) FROM erasure") == 1


def test_whoever_is_erased_may_write_again(little: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    web.deliver(little.message(ANA))
    ask(web, signed())

    web.deliver(little.message(ANA, "de novo"))

    assert [one["text"] for one in agent.bubbles(ANA)] == ["de novo"]
    assert agent.talk(ANA)["previous"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no-dot",
        f"{'A' * 43}.{'B' * 8}",
        signed(secret="another"),
        signed(algorithm="HMAC-MD5"),
        signed(expires=NOW // 1000 - 1),
        signed(user_id=""),
        signed(user_id=None),
        "é.é",
        "a.b.c",
    ],
)
def test_a_request_that_is_not_metas_erases_nothing(
    little: LittleConsole, web: WsgiConsole, text: str
) -> None:
    web.deliver(little.message(ANA, "fica"))

    answer = ask(web, text)

    assert (answer.status_code, answer.json["error"]) == (400, "bad_signed_request")
    assert little.scalar("SELECT text FROM message") == "fica"
    assert little.scalar("SELECT count(*) FROM erasure") == 0


def test_only_a_form_counts(web: WsgiConsole) -> None:
    answer = web.meta.post("/webhooks/meta/data-deletion", json={"signed_request": signed()})

    assert answer.status_code == 400


def test_the_example_of_the_documentation_is_read() -> None:
    assert read_signed_request(SECRET, signed(218471), NOW) == "218471"
    payload = encoded(b"[]")
    mac = encoded(hmac.digest(SECRET.encode(), payload.encode(), hashlib.sha256))
    with pytest.raises(SignedRequestError, match="no JSON object"):
        read_signed_request(SECRET, f"{mac}.{payload}", NOW)


def test_after_a_deauthorize_every_channel_is_asked(
    little: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    little.subscriptions.subscribe()
    little.clock.now += 1000

    answer = ask(web, signed("person"), "deauthorize")
    little.graph.failures, little.graph.code = [Fate.PERMANENT], 190
    little.subscriptions.subscribe()

    assert answer.status_code == 200
    assert agent.state()["channels"][0]["trouble"]["reason"] == "as the test says"
    web.deliver(little.message(ANA, "ainda chega"))
    assert agent.bubbles(ANA)[0]["text"] == "ainda chega"
