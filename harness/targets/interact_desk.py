"""The reference console's desk over its JSON API, kept fresh by the cursor of events."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any, cast

import requests

from harness.errors import ConformanceFailure, TargetError
from harness.targets.console_model import ConsoleModel
from harness.targets.contract import (
    ConversationId,
    ConversationView,
    MessageView,
    PreviousView,
    SlotView,
    StatusOption,
)
from harness.targets.statuses import is_pause

Json = dict[str, Any]
SIGNED_OUT = 401
ONE_LOOK_S = 0.02  # list and messages read within this time are one look at the screen


class InteractDesk:
    """An agent signed in over HTTP."""

    def __init__(self, session: requests.Session, url: str, *, timeout_s: float) -> None:
        self._session = session
        self._api = f"{url.rstrip('/')}/api"
        self._timeout_s = timeout_s
        self._reloads = 0
        self._loaded: dict[str, bool] = {}
        self._looked_at = 0.0
        self._model = ConsoleModel(self._call("GET", "/state"))

    def statuses(self) -> tuple[StatusOption, ...]:
        """The entries of the STATUS menu."""
        labels = (entry["label"] for entry in self._model.statuses)
        return tuple(StatusOption(label, is_pause(label)) for label in labels)

    def select_status(self, label: str) -> None:
        """Choose an entry by its label."""
        known = {entry["label"]: entry["id"] for entry in self._model.statuses}
        if label not in known:
            raise ConformanceFailure(
                f'the menu "STATUS" offers "{label}"',
                expected=f'an entry "{label}"',
                actual=", ".join(known),
            )
        self._call("POST", "/status", {"status": known[label]})

    def status(self) -> str:
        """The label of the present status."""
        return str(self._fresh().status["label"])

    def conversations(self) -> tuple[ConversationView, ...]:
        """The agent's open conversations."""
        return tuple(
            ConversationView(ConversationId(key), seen["name"], seen.get("preview") or "")
            for key, seen in self._fresh().conversations.items()
            if seen.get("state") != "ended"
        )

    def messages(self, conversation_id: ConversationId) -> tuple[MessageView, ...]:
        """The messages of one conversation; read in full once, by events afterwards."""
        model = self._fresh()
        if conversation_id not in model.conversations:
            return ()
        if "messages" not in model.conversations[conversation_id]:
            model.remember(self._call("GET", f"/conversations/{conversation_id}"))
        messages = model.conversations[conversation_id]["messages"]
        return tuple(_message(message, self._loads(message["url"])) for message in messages)

    def reply(self, conversation_id: ConversationId, text: str) -> None:
        """Write to the customer."""
        wish = {"text": text, "idempotency_key": uuid.uuid4().hex}
        self._call("POST", f"/conversations/{conversation_id}/messages", wish)

    def end(self, conversation_id: ConversationId) -> None:
        """End the conversation."""
        self._call("POST", f"/conversations/{conversation_id}/end", {})

    def reload(self) -> None:
        """Read the whole state anew."""
        self._reloads += 1
        self._loaded.clear()
        self._model = ConsoleModel(self._call("GET", "/state"))

    def holds(self, text: str) -> bool:
        """Whether the text stands in the state or in any open conversation."""
        state = self._call("GET", "/state")
        keys = [str(conversation["id"]) for conversation in state["conversations"]]
        parts = [state, *(self._call("GET", f"/conversations/{key}") for key in keys)]
        return any(text in json.dumps(part, ensure_ascii=False) for part in parts)

    def slots(self) -> tuple[SlotView, ...]:
        """The agent's positions."""
        state = self._call("GET", "/state")
        return tuple(
            SlotView(slot["number"], _id_or_none(slot["conversation_id"]))
            for slot in state["slots"]
        )

    def previous(self, conversation_id: ConversationId) -> tuple[PreviousView, ...]:
        """The earlier conversations that this one names."""
        conversation = self._call("GET", f"/conversations/{conversation_id}")
        return tuple(
            PreviousView(_id_or_none(entry["id"]), str(entry["protocol"]))
            for entry in conversation["previous"]
        )

    def queue_length(self) -> int:
        """The number of waiting conversations."""
        return self._fresh().queue_length

    def taken_over(self) -> str | None:
        """The console's words when another sign-in has ended this session."""
        return self._fresh().taken_over

    def reloads(self) -> int:
        """How often the state was read anew."""
        return self._reloads

    def _loads(self, url: str | None) -> bool:
        """Whether the address gives content, asked once a load of the page as a browser does."""
        if url is None:
            return False
        if url not in self._loaded:
            try:
                self._loaded[url] = self._session.get(url, timeout=self._timeout_s).ok
            except requests.RequestException:
                self._loaded[url] = False
        return self._loaded[url]

    def _fresh(self) -> ConsoleModel:
        model = self._model
        if model.taken_over is not None or time.monotonic() - self._looked_at < ONE_LOOK_S:
            return model
        answer = self._send("GET", f"/events?after={model.cursor}")
        if answer.status_code == SIGNED_OUT:
            model.taken_over = _body(answer).get("message") or "signed out"
            return model
        news = _checked(answer, "GET /events")
        if news.get("reset"):
            self._model = ConsoleModel(self._call("GET", "/state"))
        else:
            model.apply(news["events"], news["cursor"])
        self._looked_at = time.monotonic()
        return self._model

    def _call(self, method: str, path: str, body: Json | None = None) -> Json:
        return _checked(self._send(method, path, body), f"{method} {path}")

    def _send(self, method: str, path: str, body: Json | None = None) -> requests.Response:
        if method != "GET":
            self._looked_at = 0.0
        token = {"X-CSRF-Token": self._model.csrf_token} if method != "GET" else {}
        try:
            return self._session.request(
                method, self._api + path, json=body, headers=token, timeout=self._timeout_s
            )
        except requests.RequestException as trouble:
            raise TargetError(
                f"the console does not answer {method} {self._api}{path}: {trouble}"
            ) from trouble


def _checked(answer: requests.Response, call: str) -> Json:
    if not answer.ok:
        raise ConformanceFailure(
            f"the console does what the agent asks: {call}",
            expected="HTTP 2xx",
            actual=f"HTTP {answer.status_code} {answer.text[:200]}",
        )
    return _body(answer)


def _body(answer: requests.Response) -> Json:
    try:
        return cast("Json", answer.json())
    except requests.JSONDecodeError as trouble:
        raise TargetError(
            f"the console answered {answer.url} with something else than JSON: {answer.text[:200]}"
        ) from trouble


def _id_or_none(value: object) -> ConversationId | None:
    return None if value is None else ConversationId(str(value))


def _message(seen: Json, loads: bool) -> MessageView:  # noqa: FBT001 - a fact about the message
    gone = "Message deleted" if seen["deleted"] else None
    is_lost = not seen["available"] or (seen["url"] is not None and not loads)
    lost = "no longer available" if is_lost else None
    return MessageView(
        mid=seen["mid"],
        direction=seen["direction"],
        kind=seen["kind"],
        text=seen["text"] or "",
        state=seen["state"],
        deleted=seen["deleted"],
        has_markup=False,
        media_url=seen["url"],
        media_visible=loads,
        placeholder=gone or lost,
    )
