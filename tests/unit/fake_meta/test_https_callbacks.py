"""Callbacks over HTTPS: verified, with an authority and a certificate of the tester's own."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
import trustme

from fake_meta.courier import Credentials, CurlTransport
from fake_meta.courier.transport import OutboundRequest, Reply
from fake_meta.settings import Settings, SettingsError

NAME = "client.webhooks.fbclientcerts.example"


class _Callback(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.connection, ssl.SSLSocket)
        certificate = self.connection.getpeercert() or {}
        body = str(certificate.get("subjectAltName", "nobody")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pem")
    authority, client = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    client.cert_pem.write_to_path(folder / "client-ca.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        folder / "server.pem"
    )
    client.issue_cert(NAME).private_key_and_cert_chain_pem.write_to_path(folder / "client.pem")
    return folder


@pytest.fixture(scope="module")
def callback(files: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files / "server.pem")
    context.load_verify_locations(files / "client-ca.pem")
    context.verify_mode = ssl.CERT_OPTIONAL
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Callback)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def fetched(url: str, credentials: Credentials) -> Reply:
    transport, reply = CurlTransport(credentials=credentials), Future[Reply]()
    transport.submit(OutboundRequest("GET", url, {}, timeout_s=5), reply.set_result)
    try:
        return reply.result(timeout=10)
    finally:
        transport.close()


def test_an_unknown_authority_is_refused_with_what_to_do(callback: str) -> None:
    reply = fetched(callback, Credentials())

    assert reply.status is None
    assert "certificate is not trusted" in str(reply.error)
    assert "--callback-ca" in str(reply.error)


def test_ones_own_authority_is_trusted(callback: str, files: Path) -> None:
    reply = fetched(callback, Credentials(callback_ca=str(files / "ca.pem")))

    assert (reply.status, reply.body) == (200, b"nobody")


def test_a_certificate_is_shown_to_who_asks(callback: str, files: Path) -> None:
    pem = str(files / "client.pem")

    reply = fetched(callback, Credentials(str(files / "ca.pem"), pem, pem))

    assert NAME in reply.body.decode()


@pytest.mark.parametrize("name", ["callback_ca", "client_cert", "client_key"])
def test_a_file_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must name a PEM file"):
        Settings(**{name: "nowhere.pem"})  # type: ignore[arg-type]
