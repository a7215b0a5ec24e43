"""HTTPS under Meta's host names, through the proxy, against the emulator as a process."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from fake_meta.client import Company, ControlClient, HttpCaller
from harness.clock import SystemClock
from harness.processes import Launcher, free_port


@dataclass(frozen=True)
class Front:
    """The proxy, its certificate, and the control API of the emulator behind it."""

    proxy: str
    ca_file: Path
    control: ControlClient

    @property
    def company(self) -> Company:
        return self.control.company()

    def get(self, url: str, **params: str) -> requests.Response:
        session = requests.Session()
        session.trust_env = False
        session.proxies = {"https": self.proxy, "http": self.proxy}
        session.verify = str(self.ca_file)
        return session.get(url, params=params, timeout=10)

    def directly(self, host: str, path: str, named: str | None = None) -> bytes:
        """One GET with TLS from the first byte; `named` is the Host header, if it is another."""
        address, _, port = self.proxy.removeprefix("http://").partition(":")
        context = ssl.create_default_context(cafile=str(self.ca_file))
        name = host if named is None else named
        header = f"Host: {name}\r\n" if name else ""
        with (
            socket.create_connection((address, int(port)), timeout=5) as line,
            context.wrap_socket(line, server_hostname=host) as safe,
        ):
            safe.sendall(f"GET {path} HTTP/1.1\r\n{header}Connection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: safe.recv(4096), b""))


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    base = f"http://127.0.0.1:{(port := free_port())}"
    proxy_port, ca_file = free_port(), folder / "ca.pem"
    emulator = [sys.executable, "-m", "fake_meta", "--port", str(port), "--real-hosts", "yes"]
    proxy = [
        *(sys.executable, "-m", "fake_meta.tls_front", "--emulator", base),
        *("--port", str(proxy_port), "--ca-file", str(ca_file)),
    ]
    with Launcher(folder, clock=SystemClock(), inherited=os.environ) as launcher:
        launcher.start("fake_meta", emulator, {}, f"{base}/_control/health")
        started = launcher.launch("front", proxy, {}, "")
        _until_it_speaks(started.process.pid, started.log_path)
        control = ControlClient(HttpCaller(base))
        yield Front(f"http://127.0.0.1:{proxy_port}", ca_file, control)


def _until_it_speaks(pid: int, log: Path) -> None:
    clock, deadline = SystemClock(), SystemClock().monotonic() + 15
    while "NODE_EXTRA_CA_CERTS" not in log.read_text(encoding="utf-8"):
        assert clock.monotonic() < deadline, f"process {pid} says nothing: {log.read_text()}"
        clock.sleep(0.05)


def test_the_graph_answers_under_its_real_name(front: Front) -> None:
    token = front.company.page_token

    me = front.get("https://graph.facebook.com/v25.0/me", access_token=token)

    assert me.json()["name"] == "Empresa Exemplo"


def test_media_opens_at_the_real_cdn(front: Front) -> None:
    tester = front.control.people()[0]
    front.control.send_media(tester.username, "image")
    path = f"customers/{tester.username}/thread"
    url = front.control.call("GET", path)["messages"][-1]["url"]

    picture = front.get(url)

    assert url.startswith("https://lookaside.fbsbx.com/ig_messaging_cdn/")
    assert picture.headers["Content-Type"] == "image/png"


def test_instagrams_page_opens_under_its_real_name(front: Front) -> None:
    page = front.get("https://www.instagram.com/empresa.exemplo/")

    assert page.status_code == 200
    assert "empresa.exemplo" in page.text


@pytest.mark.parametrize("url", ["https://example.org/", "https://graph.facebook.com:8443/"])
def test_other_hosts_and_ports_are_refused(front: Front, url: str) -> None:
    with pytest.raises(requests.exceptions.ProxyError, match="403"):
        front.get(url)


def test_plain_addresses_of_http_are_refused_with_a_sentence(front: Front) -> None:
    refused = front.get("http://graph.facebook.com/me")

    assert refused.status_code == 403
    assert "graph.facebook.com is emulated with https on port 443 only" in refused.text


def test_a_whole_https_address_without_a_tunnel_is_served(front: Front) -> None:
    host, _, port = front.proxy.removeprefix("http://").partition(":")
    url = f"https://graph.facebook.com/v25.0/me?access_token={front.company.page_token}"
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(f"GET {url} HTTP/1.1\r\nHost: graph.facebook.com\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"name":"Empresa Exemplo"' in answer


def test_tls_without_a_proxy_is_served_by_its_name(front: Front) -> None:
    """As software reaches it that knows of no proxy, when Meta's names lead here."""
    path = f"/v25.0/me?access_token={front.company.page_token}"

    for _ in range(2):
        answer = front.directly("graph.facebook.com", path)
        assert answer.startswith(b"HTTP/1.1 200")
        assert b'"name":"Empresa Exemplo"' in answer


def test_tls_without_a_proxy_is_for_metas_names_only(front: Front) -> None:
    refused = front.directly("graph.facebook.com", "/", named="evil.example")
    nameless = front.directly("graph.facebook.com", "/", named="")

    assert refused.startswith(b"HTTP/1.1 421")
    assert b"evil.example is not emulated" in refused
    assert b"a request without Host is not emulated" in nameless


def test_a_client_that_does_not_trust_the_authority_gets_nothing(front: Front) -> None:
    proxies = {"https": front.proxy}

    with pytest.raises(requests.exceptions.SSLError):
        requests.get("https://graph.facebook.com/me", proxies=proxies, timeout=10)


def test_a_head_without_end_is_refused(front: Front) -> None:
    host, _, port = front.proxy.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(b"CONNECT " + b"x" * 40_000 + b"\r\n\r\n")

        assert line.recv(100).startswith(b"HTTP/1.1 431")
