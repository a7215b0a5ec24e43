"""The console's WSGI app over a little console: HTTP without processes, threads or network."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.test import Client, TestResponse

from system_under_test.app import Parts, create_app
from system_under_test.service.delivery_records import NewDelivery
from system_under_test.service.intake import Intake
from system_under_test.settings import Settings
from system_under_test.web.console import Doors
from tests.fakes.little_console import ACCOUNT, LittleConsole

SECRET, VERIFY_TOKEN = "app-secret", "verify-token"
ROOT = "/interact_multiagent"


class WsgiConsole:
    """Meta's and the agents' sides; deliveries are worked off inside their own request."""

    def __init__(self, little: LittleConsole, **settings: Any) -> None:
        self.little = little
        given = {"app_secret": SECRET, "verify_token": VERIFY_TOKEN, **settings}
        self.settings = Settings(database_url=little.url, **given)

        def receive(_intake: Intake, raw: bytes, headers: str) -> tuple[str, int]:
            with little.store.writing() as records:
                records.deliveries.add([NewDelivery(little.clock.now, headers, raw)])
            while little.inbox.process() is not None:
                pass
            return "EVENT_RECEIVED", 200

        def vary(parts: Parts) -> Parts:
            parts.store.close()  # type: ignore[attr-defined]  # the little console's serves both
            return replace(
                parts,
                store=little.store,
                clock=little.clock,
                bell=little.bell,
                graph=little.graph,
                passwords=little.passwords,
                doors=Doors(receive=receive),
            )

        self.meta = Client(create_app(self.settings, vary, background=False))

    def post(self, body: bytes, headers: Mapping[str, str] | None = None) -> TestResponse:
        """A delivery, with right signatures unless told otherwise."""
        given = sign(body) if headers is None else dict(headers)
        return self.meta.post("/webhooks/meta", data=body, headers=given)

    def deliver(self, *items: Mapping[str, Any], account: str = ACCOUNT) -> TestResponse:
        """Messaging items in one entry."""
        return self.post(envelope(entry(*items, account=account)))

    def agent(self, login: str = "agent1", status: str = "operating") -> AgentDesk:
        """A signed-in agent."""
        return AgentDesk(self, login, status)


class AgentDesk:
    """An agent over HTTP."""

    def __init__(self, console: WsgiConsole, login: str, status: str) -> None:
        self.console = console
        self.http = Client(console.meta.application)
        page = self.http.get(ROOT).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page
        fields = {"login": login, "password": "pw", "csrf_token": found[1]}
        answer = self.http.post(
            f"{ROOT}/login", data=fields, headers={"Accept": "application/json"}
        )
        assert answer.status_code == 200, answer.text
        self.csrf = self.state()["csrf_token"]
        if status:
            assert self.post("status", {"status": status}).status_code == 200

    def get(self, path: str) -> TestResponse:
        return self.http.get(f"{ROOT}/api/{path}")

    def post(self, path: str, body: Any = None) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf}
        return self.http.post(f"{ROOT}/api/{path}", json=body or {}, headers=headers)

    def page(self, path: str, **fields: str) -> TestResponse:
        """A form of a page, sent with its token."""
        return self.http.post(f"{ROOT}/{path}", data={"csrf_token": self.csrf, **fields})

    def state(self) -> Any:
        return self.get("state").json

    def conversations(self) -> list[Any]:
        found: list[Any] = self.state()["conversations"]
        return found

    def number(self, customer: str) -> str:
        """The number of that customer's conversation at this desk."""
        mine = self.conversations()
        return next(str(one["id"]) for one in mine if one["customer"]["igsid"] == customer)

    def talk(self, customer: str) -> Any:
        """That customer's CONVERSATION with messages."""
        return self.get(f"conversations/{self.number(customer)}").json

    def bubbles(self, customer: str) -> list[Any]:
        found: list[Any] = self.talk(customer)["messages"]
        return found

    def reply(self, customer: str, text: str, **more: str) -> TestResponse:
        return self.post(f"conversations/{self.number(customer)}/messages", {"text": text, **more})


def entry(*items: Mapping[str, Any], account: str = ACCOUNT, time: int = 0) -> dict[str, Any]:
    """One entry of an envelope."""
    return {"id": account, "time": time, "messaging": list(items)}


def envelope(*entries: Mapping[str, Any], kind: str = "instagram") -> bytes:
    """Meta's wire form."""
    return json.dumps({"object": kind, "entry": list(entries)}).encode()


def sign(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """Both signature headers."""
    key = secret.encode()
    return {
        "Content-Type": "application/json",
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }
