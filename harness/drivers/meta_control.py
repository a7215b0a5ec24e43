"""Client of the emulated Meta: its control API and the few Graph calls a company makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import requests

from harness.drivers.contract import (
    Customer,
    Finding,
    JournalEntry,
    LoginFlavour,
    SentMessage,
    Story,
    ThreadMessage,
    Verification,
    World,
)
from harness.drivers.loopback import loopback_session
from harness.errors import HarnessError

Json = dict[str, Any]


class MetaControl:
    """What testers wish Meta had (docs/emulator.md); every failure here is ours: HarnessError."""

    def __init__(self, base_url: str, *, timeout_s: float = 15.0) -> None:
        self.base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._session = loopback_session()

    # -- the world -----------------------------------------------------------------------------

    def world(self) -> World:
        """Ids, secrets and people."""
        return _world(self._call("GET", "/_control/world"))

    def log_ins(self) -> tuple[LoginFlavour, ...]:
        """Facebook Login and Instagram Login: app and person of each."""
        told = self._call("GET", "/_control/login")
        return tuple(
            LoginFlavour(
                name,
                one["client_id"],
                one["client_secret"],
                one["person"]["login"],
                one["person"]["password"],
            )
            for name, one in told.items()
        )

    def reset(self, seed: int | None = None) -> None:
        """A fresh world; subscriptions are gone too."""
        self._call("POST", "/_control/reset", {} if seed is None else {"seed": seed})

    def change_app(
        self, *, mode: str | None = None, access: Mapping[str, str] | None = None
    ) -> None:
        """Set the app's mode, or access levels by permission."""
        wishes = {"mode": mode, "access": dict(access) if access else None}
        self._call("PATCH", "/_control/app", {k: v for k, v in wishes.items() if v is not None})

    def usernames(self) -> tuple[str, ...]:
        """Everybody on the emulated Instagram, in the order of creation."""
        people = self._call("GET", "/_control/world")["customers"]
        return tuple(person["username"] for person in people)

    def examine(self, customer: str | None = None) -> tuple[Finding, ...]:
        """What the doctor says about every layer between a customer's message and the webhook."""
        answer = self._call("GET", "/_control/doctor", query={"customer": customer})
        return tuple(Finding(**finding) for finding in answer["findings"])

    # -- customers -----------------------------------------------------------------------------

    def create_customer(self, **traits: object) -> Customer:
        """A new person; `traits` are CUSTOMER fields of docs/emulator.md."""
        return _customer(self._call("POST", "/_control/customers", traits))

    def change_customer(self, username: str, **traits: object) -> Customer:
        """Change a person."""
        return _customer(self._call("PATCH", f"/_control/customers/{username}", traits))

    def send(self, username: str, text: str) -> SentMessage:
        """Write to the company as this customer."""
        return _sent(self._call("POST", f"/_control/customers/{username}/messages", {"text": text}))

    def send_all(self, username: str, texts: Iterable[str]) -> tuple[SentMessage, ...]:
        """Write several texts at once; they are delivered concurrently."""
        path = f"/_control/customers/{username}/messages"
        answer = self._call("POST", path, {"texts": list(texts)})
        return tuple(_sent(message) for message in answer["messages"])

    def send_attachment(self, username: str, kind: str) -> SentMessage:
        """Send an image, video, audio or file."""
        path = f"/_control/customers/{username}/messages"
        return _sent(self._call("POST", path, {"attachment": kind}))

    def unsend(self, username: str, mid: str, *, surface: str) -> None:
        """Withdraw a message on the `mobile` or `web` surface (meta-contract §9.1)."""
        path = f"/_control/customers/{username}/messages/{mid}/unsend"
        self._call("POST", path, {"surface": surface})

    def publish_story(self, username: str, *, mention: str, caption: str) -> Story:
        """Publish a story that mentions an account (meta-contract §9.2)."""
        wish = {"mentions": [mention], "caption": caption}
        return _story(self._call("POST", f"/_control/customers/{username}/stories", wish))

    def expire_story(self, username: str, story_id: str) -> None:
        """Let 24 hours pass for one story: its content is gone from the CDN."""
        self._call("POST", f"/_control/customers/{username}/stories/{story_id}/expire", {})

    def delete_story(self, username: str, story_id: str) -> None:
        """Delete a story: its content is gone from the CDN."""
        self._call("DELETE", f"/_control/customers/{username}/stories/{story_id}")

    def thread(self, username: str) -> tuple[ThreadMessage, ...]:
        """The thread with the company as this customer sees it."""
        answer = self._call("GET", f"/_control/customers/{username}/thread")
        return tuple(_thread_message(message) for message in answer["messages"])

    # -- what goes wrong, and when ----

    def switch_on(self, fault: str, **wishes: object) -> None:
        """Let something go wrong (docs/faults.md)."""
        self._call("POST", "/_control/faults", {"name": fault, **wishes})

    def switch_faults_off(self) -> None:
        """Nothing goes wrong any more."""
        self._call("DELETE", "/_control/faults")

    def advance(self, seconds: float) -> None:
        """Move the virtual clock; what falls due meanwhile is delivered."""
        self._call("POST", "/_control/clock", {"advance_s": seconds})

    # -- the journal and the webhook -------------------------------------------------------------

    def journal(
        self,
        *,
        after: int = 0,
        kind: str | None = None,
        customer: str | None = None,
        mid: str | None = None,
    ) -> tuple[JournalEntry, ...]:
        """Exchanges and silences, oldest first."""
        asked = {"after": after, "kind": kind, "customer": customer, "mid": mid}
        answer = self._call("GET", "/_control/journal", query=asked)
        return tuple(_entry(entry) for entry in answer["entries"])

    def last_seq(self) -> int:
        """The newest journal number, to ask for what comes after."""
        return int(self._call("GET", "/_control/journal", query={"limit": 1})["last_seq"])

    def verify_webhook(self, verify_token: str | None = None) -> Verification:
        """Let Meta check the callback once more, with its own or another token."""
        wish = {} if verify_token is None else {"verify_token": verify_token}
        answer = self._call("POST", "/_control/webhook/verify", wish)
        return Verification(bool(answer["verified"]), answer.get("error"))

    def subscribe_app(self, world: World, callback_url: str, verify_token: str) -> None:
        """Register a webhook as a developer does: `POST /{app-id}/subscriptions` (§2.1)."""
        wish = {
            "object": "instagram",
            "callback_url": callback_url,
            "fields": "messages",
            "verify_token": verify_token,
            "access_token": world.app_token,
        }
        self._call("POST", f"/{world.app_id}/subscriptions", query=wish)

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, object] | None = None,
    ) -> Json:
        asked = {name: str(value) for name, value in (query or {}).items() if value is not None}
        try:
            answer = self._session.request(
                method, self.base_url + path, params=asked, json=body, timeout=self._timeout_s
            )
        except requests.RequestException as trouble:
            raise HarnessError(
                f"the emulated Meta at {self.base_url} does not answer {method} {path}: {trouble}"
            ) from trouble
        if not answer.ok:
            raise HarnessError(
                f"the emulated Meta answered {answer.status_code} to {method} {path}: "
                f"{answer.text[:400]}"
            )
        return _json_of(answer, f"{method} {path}")


def _json_of(answer: requests.Response, call: str) -> Json:
    if not answer.content:
        return {}
    try:
        return cast("Json", answer.json())
    except requests.JSONDecodeError as trouble:
        raise HarnessError(
            f"the emulated Meta answered {call} with something else than JSON: {answer.text[:200]}"
        ) from trouble


def _customer(data: Json) -> Customer:
    return Customer(
        username=data["username"],
        name=data["name"] or "",
        igsid=data["igsid"],
        password=data["password"],
        role=data.get("role"),
        private=bool(data.get("private")),
        profile_fault=data.get("profile_fault"),
    )


def _world(data: Json) -> World:
    app, page, account = data["app"], data["page"], data["account"]
    people = tuple(_customer(customer) for customer in data["customers"])
    return World(
        seed=data["seed"],
        app_id=app["id"],
        app_secret=app["secret"],
        verify_token=app["verify_token"],
        access=app["access"],
        page_id=page["id"],
        page_token=page["access_token"],
        account_id=account["id"],
        account_username=account["username"],
        account_name=account["name"],
        testers=tuple(customer for customer in people if customer.role == "tester"),
        choices={name: str(value) for name, value in data["choices"].items()},
    )


def _sent(data: Json) -> SentMessage:
    return SentMessage(data["mid"], data.get("text") or "", data.get("kind") or "text")


def _story(data: Json) -> Story:
    return Story(data["id"], data.get("mid"), data.get("not_sent_because"))


def _thread_message(data: Json) -> ThreadMessage:
    return ThreadMessage(
        mid=data["mid"],
        sender=data["from"],
        kind=data["kind"],
        text=data.get("text") or "",
        unsent=bool(data.get("unsent")),
    )


def _entry(data: Json) -> JournalEntry:
    return JournalEntry(
        seq=data["seq"],
        kind=data["kind"],
        customer=data.get("customer"),
        mids=tuple(data.get("mids") or ()),
        events=tuple(data.get("events") or ()),
        attempt=data.get("attempt") or 1,
        outcome=data["outcome"],
        reason=data.get("reason"),
        status=(data.get("response") or {}).get("status"),
        raw=data,
    )
