"""Downloads of attachments over a real socket: type, size, failure (meta-contract §4.3)."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from fake_meta.domain.attachments import MediaReach, content_type_of, kind_of_file
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind
from fake_meta.graph_api.download import HttpFetcher

PNG = b"\x89PNG\r\n"
PAGES = {
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
        self.send_header("Content-Type", kind)
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
