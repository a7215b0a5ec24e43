"""`with intercept() as meta:` whatever `requests` sends to Meta's hosts is answered here.

No socket is opened and nothing leaves the machine; requests to other hosts go where they went.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import responses
from requests import PreparedRequest
from werkzeug.test import Client, EnvironBuilder

from fake_meta.app import app_over, build_emulator
from fake_meta.client import Company, ControlClient, Person, WsgiCaller
from fake_meta.domain.choices import Choices
from fake_meta.hosts import PREFIXES
from fake_meta.in_process.carrier import WsgiTransport
from fake_meta.settings import Settings

WsgiApp = Callable[..., Iterable[bytes]]
METHODS = ("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS")
# `requests` sends a HEAD or OPTIONS too; what the emulator does not know it answers with 404.
META = re.compile(rf"https?://(?:{'|'.join(map(re.escape, PREFIXES))})(?::\d+)?(?:[/?#]|$)")
ELSEWHERE = re.compile(
    rf"https?://(?!(?:{'|'.join(map(re.escape, PREFIXES))})(?::\d+)?(?:[/?#]|$))"
)


@dataclass(frozen=True)
class Intercepted:
    """The emulator behind the hosts: its app, Page and account, and the control API."""

    control: ControlClient
    app: WsgiApp = field(repr=False)

    @property
    def company(self) -> Company:
        """App, Page and account with their secrets."""
        return self.control.company()

    @property
    def tester(self) -> Person:
        """The accepted tester of the seeded world."""
        return self.control.people()[0]


@contextlib.contextmanager
def intercept(
    *,
    seed: int = 1,
    callback_app: WsgiApp | None = None,
    choices: Mapping[str, object] | None = None,
) -> Iterator[Intercepted]:
    """Emulate Meta for `requests` within the block.

    With `callback_app`, a WSGI application (Flask, Django…), webhooks are handed to it in process
    under the callback's path; without it they are posted over the network. `choices` are names and
    values of docs/fake_meta-limits.md.
    """
    chosen = Choices().with_wishes(choices or {})
    settings = Settings(seed=seed, real_hosts=True, choices=chosen)
    transport = None if callback_app is None else WsgiTransport(callback_app)
    emulator = build_emulator(settings, transport)
    app = app_over(emulator)
    try:
        with _answering(app):
            yield Intercepted(ControlClient(WsgiCaller(app)), app)
    finally:
        emulator.close()


@contextlib.contextmanager
def _answering(app: WsgiApp) -> Iterator[None]:
    client = Client(app, use_cookies=False)

    def answer(request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        url = urlsplit(str(request.url))
        body = request.body or b""
        builder = EnvironBuilder(
            path=url.path or "/",
            base_url=f"{url.scheme}://{url.netloc}",
            query_string=url.query,
            method=str(request.method),
            headers=[(name, str(value)) for name, value in request.headers.items()],
            data=body.encode() if isinstance(body, str) else body,
        )
        reply = client.open(builder)
        return reply.status_code, dict(reply.headers), reply.get_data()

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.add_passthru(ELSEWHERE)
        for method in METHODS:
            mock.add_callback(method, META, callback=answer, content_type=None)
        yield
