"""The ways to the control API: JSON in, JSON out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import requests
from werkzeug.test import Client

Json = dict[str, Any]
WsgiApp = Callable[..., Iterable[bytes]]


class ControlError(Exception):
    """The emulator refused a control call, in its own words, or does not answer."""


class Caller(Protocol):
    """Makes one call below /_control/."""

    def call(
        self, method: str, path: str, body: object = None, query: Mapping[str, str] | None = None
    ) -> Json:
        """Return the answer; ControlError when it is not a 2xx."""
        ...


class HttpCaller:
    """Over HTTP, for an emulator that is a process of its own."""

    def __init__(self, base_url: str, timeout_s: float = 70.0, token: str = "") -> None:
        self._base = base_url.rstrip("/")
        self._timeout_s = timeout_s
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        self._session.trust_env = False  # a proxy of the environment does not lead to this machine

    def call(
        self, method: str, path: str, body: object = None, query: Mapping[str, str] | None = None
    ) -> Json:
        """Return the answer; ControlError when it is not a 2xx."""
        url = f"{self._base}/_control/{path}"
        try:
            answer = self._session.request(
                method, url, json=body, params=query, timeout=self._timeout_s
            )
        except requests.RequestException as error:
            raise ControlError(f"no emulator answers at {self._base}: {error}") from error
        return _checked(method, path, answer.status_code, _json_of(answer))


class WsgiCaller:
    """In process, without a socket."""

    def __init__(self, app: WsgiApp, token: str = "") -> None:
        self._client = Client(app)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(
        self, method: str, path: str, body: object = None, query: Mapping[str, str] | None = None
    ) -> Json:
        """Return the answer; ControlError when it is not a 2xx."""
        answer = self._client.open(
            f"/_control/{path}",
            method=method,
            json=body,
            query_string=dict(query or {}),
            headers=self._headers,
        )
        return _checked(method, path, answer.status_code, answer.get_json(silent=True))


def _json_of(answer: requests.Response) -> object:
    try:
        return answer.json()
    except requests.JSONDecodeError:
        return None


def _checked(method: str, path: str, status: int, answer: object) -> Json:
    if not 200 <= status < 300 or not isinstance(answer, dict):
        said = answer.get("error") if isinstance(answer, dict) else "no JSON object"
        raise ControlError(f"{method} /_control/{path} was answered with {status}: {said}")
    return answer
