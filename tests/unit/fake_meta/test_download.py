"""Downloads of attachments over a real socket: type, size, failure (meta-contract §4.3)."""

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
import trustme

from fake_meta.domain.attachments import MediaReach, content_type_of, kind_of_file
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind
from fake_meta.graph_api import pinned
from fake_meta.graph_api.download import HttpFetcher
from fake_meta.graph_api.reach import refusal

PNG = b"\x89PNG\r\n"
PAGES: dict[str, tuple[int, str, bytes]] = {
    "/to-metadata": (302, "http://169.254.169.254/latest/meta-data/", b""),
    "/to-picture": (302, "/a.png", b""),
    "/to-itself": (302, "/to-itself", b""),
    "/to-file": (302, "file:///etc/hostname", b""),
    "/a.png": (200, "image/png", PNG),
    "/vague": (200, "application/octet-stream", PNG),
    "/text": (200, "text/html; charset=utf-8", b"<html>"),
    "/large": (200, "image/png", b"x" * (8 * 1024 * 1024 + 1)),
    "/missing": (404, "text/plain", b""),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, kind, body = PAGES[self.path]
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("page", ["/a.png", "/vague"])
def test_a_picture_is_fetched_with_its_type(site: str, page: str) -> None:
    download = HttpFetcher().fetch(MessageKind.IMAGE, site + page, Platform.INSTAGRAM)

    assert download.content == ("image/png", PNG)


@pytest.mark.parametrize(
    ("kind", "page", "error"),
    [
        (MessageKind.IMAGE, "/missing", GraphError.ATTACHMENT_UNREACHABLE),
        (MessageKind.IMAGE, "/text", GraphError.ATTACHMENT_MISMATCH),
        (MessageKind.AUDIO, "/a.png", GraphError.ATTACHMENT_MISMATCH),
        (MessageKind.IMAGE, "/large", GraphError.ATTACHMENT_TOO_LARGE),
    ],
)
def test_what_cannot_be_attached_is_refused(
    site: str, kind: MessageKind, page: str, error: GraphError
) -> None:
    with pytest.raises(GraphCallError) as refused:
        HttpFetcher().fetch(kind, site + page, Platform.INSTAGRAM)

    assert refused.value.error is error


def test_a_connection_that_fails_is_unreachable() -> None:
    with pytest.raises(GraphCallError) as refused:
        HttpFetcher().fetch(MessageKind.IMAGE, "http://127.0.0.1:9/a.png", Platform.INSTAGRAM)

    assert refused.value.error is GraphError.ATTACHMENT_UNREACHABLE


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (MessageKind.VIDEO, GraphError.VIDEO_TIMED_OUT),
        (MessageKind.IMAGE, GraphError.ATTACHMENT_UNREACHABLE),
    ],
)
def test_a_slow_download_has_an_end(site: str, kind: MessageKind, error: GraphError) -> None:
    moments = iter(range(0, 100_000, 100))

    with pytest.raises(GraphCallError) as refused:
        HttpFetcher(clock=lambda: float(next(moments))).fetch(
            kind, f"{site}/a.png", Platform.INSTAGRAM
        )

    assert refused.value.error is error


def test_loopback_reaches_this_machine_only(site: str) -> None:
    fetcher = HttpFetcher(MediaReach.LOOPBACK)

    with pytest.raises(GraphCallError) as refused:
        fetcher.fetch(MessageKind.IMAGE, "http://192.0.2.1/a.png", Platform.INSTAGRAM)

    assert refused.value.error is GraphError.ATTACHMENT_UNREACHABLE
    assert fetcher.fetch(MessageKind.IMAGE, f"{site}/a.png", Platform.INSTAGRAM).content is not None


class Rebinding:
    """A name that leads to this machine while it is looked at, and elsewhere ever after."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        return [self.answers.pop(0) if self.answers else "169.254.169.254"]


def test_what_was_looked_at_is_what_is_connected_to(site: str) -> None:
    rebinding = Rebinding("127.0.0.1")
    url = site.replace("127.0.0.1", "pictures.example") + "/a.png"

    download = HttpFetcher(MediaReach.LOOPBACK, resolve=rebinding).fetch(
        MessageKind.IMAGE, url, Platform.INSTAGRAM
    )

    assert download.content == ("image/png", PNG)
    assert rebinding.asked == ["pictures.example"]


def test_a_name_is_looked_at_anew_at_every_redirect(site: str) -> None:
    rebinding = Rebinding("127.0.0.1", "10.0.0.1")
    url = site.replace("127.0.0.1", "pictures.example") + "/to-picture"

    with pytest.raises(GraphCallError) as refused:
        HttpFetcher(MediaReach.LOOPBACK, resolve=rebinding).fetch(
            MessageKind.IMAGE, url, Platform.INSTAGRAM
        )

    assert "10.0.0.1 is no address of this machine" in refused.value.message
    assert rebinding.asked == ["pictures.example"] * 2


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "0.0.0.0",
        "100.100.100.200",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "::ffff:10.0.0.1",
    ],
)
def test_a_name_of_the_inside_is_never_asked_by_public_media(address: str) -> None:
    fetcher = HttpFetcher(MediaReach.PUBLIC, resolve=lambda _host, _port: ["8.8.8.8", address])

    with pytest.raises(GraphCallError) as refused:
        fetcher.fetch(MessageKind.IMAGE, "http://pictures.example/a.png", Platform.INSTAGRAM)

    assert "no public address" in refused.value.message


def test_a_second_address_is_asked_when_the_first_is_closed(site: str) -> None:
    url = site.replace("127.0.0.1", "pictures.example") + "/a.png"
    fetcher = HttpFetcher(resolve=lambda _host, _port: ["::1", "127.0.0.1"])

    assert fetcher.fetch(MessageKind.IMAGE, url, Platform.INSTAGRAM).content is not None


@pytest.fixture(scope="module")
def secure_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The port of the same site over TLS as pictures.example, and its authority."""
    authority, ca = trustme.CA(), str(tmp_path_factory.mktemp("tls") / "ca.pem")
    authority.cert_pem.write_to_path(ca)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("pictures.example").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), Site)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield str(server.server_port), ca
    server.shutdown()
    server.server_close()


def test_the_certificate_is_the_names_not_the_addresses(secure_site: tuple[str, str]) -> None:
    port, ca = secure_site
    with requests.Session() as session:
        session.verify, session.trust_env = ca, False
        own = f"https://pictures.example:{port}/a.png"
        other = f"https://other.example:{port}/a.png"

        answer = pinned.ask(session, own, ["127.0.0.1"], (5, 5))

        assert answer.content == PNG
        with pytest.raises(requests.exceptions.SSLError):
            pinned.ask(session, other, ["127.0.0.1"], (5, 5))


def test_switched_off_passes_the_address_on() -> None:
    download = HttpFetcher(MediaReach.OFF).fetch(
        MessageKind.IMAGE, "http://192.0.2.1/a.png", Platform.INSTAGRAM
    )

    assert (download.url, download.content) == ("http://192.0.2.1/a.png", None)


@pytest.mark.parametrize(
    ("declared", "body", "kind"),
    [
        ("image/png; x=1", b"", "image/png"),
        ("", b"%PDF-1.4", "application/pdf"),
        ("application/octet-stream", b"RIFF....WAVE", "audio/wav"),
        ("application/octet-stream", b"....ftypM4A ", "audio/m4a"),
        ("application/octet-stream", b"....ftypisom", "video/mp4"),
        ("application/octet-stream", b"?", "application/octet-stream"),
    ],
)
def test_a_vague_type_is_read_from_the_bytes(declared: str, body: bytes, kind: str) -> None:
    assert content_type_of(declared, body) == kind


@pytest.mark.parametrize(
    ("content_type", "on_instagram", "on_messenger"),
    [
        ("video/mp4", MessageKind.VIDEO, MessageKind.VIDEO),
        ("audio/mp4", MessageKind.AUDIO, MessageKind.AUDIO),
        ("image/webp", None, MessageKind.IMAGE),
        ("application/zip", None, MessageKind.FILE),
    ],
)
def test_a_file_of_a_person_is_what_its_type_says(
    content_type: str, on_instagram: MessageKind | None, on_messenger: MessageKind | None
) -> None:
    kinds = [kind_of_file(content_type, 9, one) for one in (Platform.INSTAGRAM, Platform.MESSENGER)]

    assert kinds == [on_instagram, on_messenger]


@pytest.mark.parametrize("reach", [MediaReach.ANY, MediaReach.LOOPBACK])
def test_a_redirect_is_followed_where_it_may_go(site: str, reach: MediaReach) -> None:
    download = HttpFetcher(reach).fetch(MessageKind.IMAGE, f"{site}/to-picture", Platform.INSTAGRAM)

    assert download.content == ("image/png", PNG)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/to-metadata", "169.254.169.254 is an address of the network itself"),
        ("/to-itself", "more than 5 redirects"),
        ("/to-file", "no address of the web"),
    ],
)
def test_a_redirect_is_looked_at_too(site: str, page: str, words: str) -> None:
    with pytest.raises(GraphCallError) as refused:
        HttpFetcher().fetch(MessageKind.IMAGE, site + page, Platform.INSTAGRAM)

    assert refused.value.error is GraphError.ATTACHMENT_UNREACHABLE
    assert words in refused.value.message


@pytest.mark.parametrize(
    ("reach", "address", "is_reached"),
    [
        (MediaReach.ANY, "127.0.0.1", True),
        (MediaReach.ANY, "10.0.0.7", True),
        (MediaReach.ANY, "93.184.215.14", True),
        (MediaReach.ANY, "169.254.169.254", False),
        (MediaReach.ANY, "::ffff:169.254.169.254", False),
        (MediaReach.ANY, "fe80::1", False),
        (MediaReach.ANY, "fd00:ec2::254", False),
        (MediaReach.ANY, "224.0.0.1", False),
        (MediaReach.PUBLIC, "93.184.215.14", True),
        (MediaReach.PUBLIC, "2606:4700::1111", True),
        (MediaReach.PUBLIC, "127.0.0.1", False),
        (MediaReach.PUBLIC, "10.0.0.7", False),
        (MediaReach.PUBLIC, "::1", False),
        (MediaReach.LOOPBACK, "127.0.0.9", True),
        (MediaReach.LOOPBACK, "::1", True),
        (MediaReach.LOOPBACK, "10.0.0.7", False),
        (MediaReach.OFF, "127.0.0.1", False),
    ],
)
def test_an_address_is_refused_where_the_reach_ends(
    reach: MediaReach, address: str, is_reached: bool
) -> None:
    beside_a_good_one = {MediaReach.LOOPBACK: "127.0.0.1"}.get(reach, "93.184.215.14")

    refused = refusal(reach, "https://files.example/a", lambda *_: [beside_a_good_one, address])

    assert (refused is None) is is_reached


@pytest.mark.parametrize("url", ["http://:80/", "http://a:99999/", "http://[1/", "http://x\ud800/"])
def test_an_address_that_is_none_is_not_known(url: str) -> None:
    with pytest.raises(GraphCallError) as refused:
        HttpFetcher().fetch(MessageKind.IMAGE, url, Platform.INSTAGRAM)

    assert refused.value.error is GraphError.ATTACHMENT_UNREACHABLE
