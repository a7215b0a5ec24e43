"""Other people's client libraries, unmodified, in an environment of their own.

They reach the emulator under Meta's real host names, through its TLS front.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from fake_meta.client import ControlClient, HttpCaller
from fake_meta.client.shapes.logins import Login
from fake_meta.client.shapes.words import TokenKind
from harness.clock import SystemClock
from harness.processes import Launcher, free_port
from tests.clients.drivers.person import consent

FOLDER = Path(__file__).resolve().parent
ENVIRONMENT = FOLDER.parents[1] / ".make" / "clients"
DRIVERS = FOLDER / "drivers"
DEADLINE_S = 60
TWO_DAYS_S = 172_800
REDIRECT = "https://app.example/done"
Drive = Callable[[str], dict[str, Any]]


class Times(TypedDict, total=False):
    """How old a token is, and how long it lives."""

    age_s: float
    life_s: float


@dataclass(frozen=True)
class Stand:
    """Emulator, TLS front, and what a developer would have copied from the App Dashboard."""

    base: str
    proxy: str
    ca_file: Path
    control: ControlClient
    hook: str

    def facts(self) -> dict[str, Any]:
        """Ids, tokens, and one message that was delivered."""
        company, tester, other = self.control.company(), *self.control.people()[:2]
        self.control.write(other.username, "Boa tarde")
        message = self.control.write(tester.username, "Bom dia")
        delivery = self.control.delivery_of(message.mid)
        assert delivery is not None
        login = self.control.logins.read()["facebook"]
        on_messenger = self.control.messenger.customers.write(tester.username, text="No Messenger")
        page_delivery = self.control.delivery_of(on_messenger["mid"])
        assert page_delivery is not None
        return {
            "redirect_uri": REDIRECT,
            "person": login["person"],
            "code": self._code(login),
            "signed_request": self._signed_request(),
            "mid": message.mid,
            "page_payload": page_delivery.payload,
            "psid": self.control.messenger.psid(tester.username),
            "app_id": company.app_id,
            "app_secret": company.app_secret,
            "app_token": company.app_token,
            "verify_token": company.verify_token,
            "page_id": company.page_id,
            "page_token": company.page_token,
            "account_id": company.account_id,
            "igsid": tester.igsid,
            "user_token": self._token("user"),
            "instagram_token": self._token("ig_user"),
            "old_token": self._token("ig_user", age_s=TWO_DAYS_S, life_s=30 * TWO_DAYS_S),
            "body": delivery.request_body,
            "payload": delivery.payload,
            "signature": delivery.raw["request"]["headers"]["X-Hub-Signature-256"],
        }

    def environ(self) -> dict[str, str]:
        """What sends a client to the emulator without a change to it."""
        return {
            **os.environ,
            "HTTPS_PROXY": self.proxy,
            "NO_PROXY": "",
            "REQUESTS_CA_BUNDLE": str(self.ca_file),
            "SSL_CERT_FILE": str(self.ca_file),
            "NODE_EXTRA_CA_CERTS": str(self.ca_file),
            "FAKE_META_FACTS": json.dumps(self.facts()),
        }

    def _signed_request(self) -> str:
        """What Meta posts when the person wants their data deleted."""
        entries = self.control.callbacks.send("data_deletion")["entries"]
        request = entries[0]["request"]
        assert request is not None
        return parse_qs(str(request["body"]))["signed_request"][0]

    def _code(self, login: Login) -> str:
        """What the dialog sends to the app, for clients that have no way through it."""
        asked = {
            "client_id": login["client_id"],
            "redirect_uri": REDIRECT,
            "scope": "pages_show_list,instagram_basic",
        }
        address = f"{self.base}/www.facebook.com/v25.0/dialog/oauth?{urlencode(asked)}"
        return parse_qs(urlsplit(consent(address, dict(login["person"]))).query)["code"][0]

    def _token(self, kind: TokenKind, **times: Unpack[Times]) -> str:
        return self.control.tokens.issue(kind=kind, **times)["access_token"]


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    folder = tmp_path_factory.mktemp("stand")
    port, proxy_port, hook_port = free_port(), free_port(), free_port()
    base, ca_file = f"http://127.0.0.1:{port}", folder / "ca.pem"
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        emulator = ["-m", "fake_meta", "--port", str(port), "--real-hosts", "yes"]
        launcher.start("fake_meta", [sys.executable, *emulator], {}, f"{base}/_control/health")
        front = ["-m", "fake_meta.tls_front", "--emulator", base, "--port", str(proxy_port)]
        launcher.launch("front", [sys.executable, *front, "--ca-file", str(ca_file)], {}, "")
        hook = f"http://127.0.0.1:{hook_port}/hook"
        launcher.start("hook", [sys.executable, "-m", "benchmarks.sink", str(hook_port)], {}, hook)
        control = ControlClient(HttpCaller(base))
        _subscribe(base, control, hook)
        control.configure_app(
            access={"instagram_manage_messages": "standard", "pages_messaging": "standard"}
        )
        control.logins.change("facebook", redirect_uris=[REDIRECT], data_deletion_url=hook)
        control.create_customer(role="tester")
        made = Stand(base, f"http://127.0.0.1:{proxy_port}", ca_file, control, hook)
        _until_the_front_stands(ca_file)
        yield made


def _subscribe(base: str, control: ControlClient, hook: str) -> None:
    company = control.company()
    app = {
        "callback_url": hook,
        "fields": "messages",
        "verify_token": company.verify_token,
        "access_token": company.app_token,
    }
    for path, form in (
        (f"{company.app_id}/subscriptions", {"object": "instagram", **app}),
        (f"{company.app_id}/subscriptions", {"object": "page", **app}),
        (
            f"{company.page_id}/subscribed_apps",
            {"subscribed_fields": "messages", "access_token": company.page_token},
        ),
    ):
        answer = requests.post(f"{base}/v25.0/{path}", data=form, timeout=10)
        assert answer.ok, answer.text


def _until_the_front_stands(ca_file: Path) -> None:
    clock, deadline = SystemClock(), SystemClock().monotonic() + 15
    while not ca_file.exists():
        assert clock.monotonic() < deadline, "the TLS front wrote no certificate"
        clock.sleep(0.05)


@pytest.fixture
def drive_python(stand: Stand) -> Drive:
    """Run a Python driver; what it told."""
    python = _python()

    def drive(name: str) -> dict[str, Any]:
        return _told([str(python), str(DRIVERS / f"{name}.py")], stand.environ())

    return drive


@pytest.fixture
def judge_samples() -> Callable[[Path], dict[str, Any]]:
    """What pymsgr's models say of every payload in a folder, by the name of its file."""
    python = _python()

    def judge(folder: Path) -> dict[str, Any]:
        return _told([str(python), str(DRIVERS / "pymsgr_samples.py"), str(folder)], {})

    return judge


@pytest.fixture
def drive_node(stand: Stand) -> Drive:
    """Run a Node driver; what it told."""
    modules = _node_modules()

    def drive(name: str) -> dict[str, Any]:
        environ = {**stand.environ(), "NODE_PATH": str(modules)}
        return _told(["node", str(DRIVERS / f"{name}.cjs")], environ)

    return drive


@pytest.fixture
def botly(stand: Stand, tmp_path: Path) -> Iterator[ControlClient]:
    """The control client of an emulator whose app is a bot on botly, running."""
    modules, port, company = _node_modules(), free_port(), stand.control.company()
    seat = {
        "port": port,
        "graph": stand.base,
        "page_token": company.page_token,
        "verify_token": company.verify_token,
        "app_secret": company.app_secret,
    }
    environ = {"NODE_PATH": str(modules), "FAKE_META_SEAT": json.dumps(seat)}
    base = f"http://127.0.0.1:{port}"
    with Launcher(tmp_path, clock=SystemClock(), inherited=os.environ) as launcher:
        driver = ["node", str(DRIVERS / "botly_receiver.cjs")]
        launcher.start("botly", driver, environ, f"{base}/health")
        yield _called_back_at(f"{base}/hook", stand)
    _called_back_at(stand.hook, stand)


def _called_back_at(callback: str, stand: Stand) -> ControlClient:
    saved = stand.control.webhook.subscribe(callback_url=callback, fields=["messages"])
    assert saved["verified"], saved["error"]
    return stand.control


def _python() -> Path:
    python = ENVIRONMENT / "python" / "bin" / "python"
    if not python.exists():
        pytest.skip("no environment with other people's clients: `make clients` makes it")
    return python


def _node_modules() -> Path:
    if shutil.which("node") is None:
        pytest.skip("no Node on this machine: the clients written for it were NOT tried")
    modules = ENVIRONMENT / "node" / "node_modules"
    if not modules.exists():
        pytest.skip("no environment with other people's clients: `make clients` makes it")
    return modules


def _told(command: list[str], environ: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, timeout=DEADLINE_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
