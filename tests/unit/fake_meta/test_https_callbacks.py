"""Callbacks over HTTPS: verified, with an authority and a certificate of the tester's own."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
import trustme

from fake_meta.app import build_emulator
from fake_meta.courier import Credentials, CurlTransport
from fake_meta.courier.client_authority import issue_client_certificate
from fake_meta.courier.transport import OutboundRequest, Reply
from fake_meta.settings import Settings, SettingsError

NAME = "client.webhooks.fbclientcerts.example"


class _Callback(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.connection, ssl.SSLSocket)
        certificate: Any = self.connection.getpeercert() or {}
        names = dict(field for part in certificate.get("subject", ()) for field in part)
        body = str(names.get("commonName", "nobody")).encode()
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
    issued = client.issue_cert(NAME, common_name=NAME)
    issued.private_key_and_cert_chain_pem.write_to_path(folder / "client.pem")
    (folder / "own.pem").write_bytes(issue_client_certificate(folder / "own-ca.pem"))
    return folder


@pytest.fixture(scope="module")
def callback(files: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files / "server.pem")
    context.load_verify_locations(files / "client-ca.pem")
    context.load_verify_locations(files / "own-ca.pem")
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

    assert reply.body.decode() == NAME


def test_the_emulator_shows_metas_name_by_an_authority_of_its_own(
    callback: str, files: Path
) -> None:
    own = Credentials(str(files / "ca.pem"), client_pem=(files / "own.pem").read_bytes())

    assert fetched(callback, own).body == b"client.webhooks.fbclientcerts.com"


def test_an_authority_that_the_callback_does_not_know_is_refused(
    callback: str, files: Path, tmp_path: Path
) -> None:
    strange = issue_client_certificate(tmp_path / "strange.pem")

    reply = fetched(callback, Credentials(str(files / "ca.pem"), client_pem=strange))

    assert reply.status is None


def test_the_authority_is_written_at_the_start(tmp_path: Path) -> None:
    ca_file = tmp_path / "meta-ca.pem"

    build_emulator(Settings(client_ca=str(ca_file))).close()

    assert ca_file.read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_an_authority_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"cannot write client_ca .*No such file"):
        build_emulator(Settings(client_ca=str(tmp_path / "nowhere" / "ca.pem")))


def test_one_certificate_is_enough(files: Path) -> None:
    with pytest.raises(SettingsError, match="choose client_ca or client_cert"):
        Settings(client_ca="ca.pem", client_cert=str(files / "client.pem"))


@pytest.mark.parametrize("name", ["callback_ca", "client_cert", "client_key"])
def test_a_file_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must name a PEM file"):
        Settings(**{name: "nowhere.pem"})  # type: ignore[arg-type]
