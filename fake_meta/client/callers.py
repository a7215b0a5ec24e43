"""The ways to the control API: a request out, status and bytes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

import requests

WsgiApp = Callable[..., Iterable[bytes]]
_BYTES = "application/octet-stream"


class ControlError(Exception):
    """The emulator refused a control call, in its own words, or does not answer."""

    def __init__(self, message: str, *, status: int | None = None, sentence: str = "") -> None:
        super().__init__(message)
        self.status, self.sentence = status, sentence


class Answer(NamedTuple):
    """What came back."""

    status: int
    content: bytes


class Caller(Protocol):
    """Makes one call below /_control/."""

    def send(self, method: str, path: str, body: object, query: Mapping[str, str]) -> Answer:
        """Send `body` as it is when it is bytes, nothing when it is None, else as JSON."""
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

    def send(self, method: str, path: str, body: object, query: Mapping[str, str]) -> Answer:
        """Send it over the network; ControlError when nobody answers."""
        url, is_raw = f"{self._base}/_control/{path}", isinstance(body, bytes)
        try:
            answer = self._session.request(
                method,
                url,
                json=None if is_raw else body,
                data=body if isinstance(body, bytes) else None,
                headers={"Content-Type": _BYTES} if is_raw else {},
                params=query,
                timeout=self._timeout_s,
            )
        except requests.RequestException as error:
            raise ControlError(f"no emulator answers at {self._base}: {error}") from error
        return Answer(answer.status_code, answer.content)


class WsgiCaller:
    """In process, without a socket."""

    def __init__(self, app: WsgiApp, token: str = "") -> None:
        from werkzeug.test import Client  # whoever calls over HTTP needs no Werkzeug

        self._client = Client(app)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, path: str, body: object, query: Mapping[str, str]) -> Answer:
        """Call the application."""
        is_raw = isinstance(body, bytes)
        answer = self._client.open(
            f"/_control/{path}",
            method=method,
            json=None if is_raw else body,
            data=body if isinstance(body, bytes) else None,
            content_type=_BYTES if is_raw else None,
            query_string=dict(query),
            headers=self._headers,
        )
        return Answer(answer.status_code, answer.get_data())
