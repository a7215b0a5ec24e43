"""Meta's own download of what the app wants to attach (meta-contract §4.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

from fake_meta.domain.attachments import LIMITS, MediaReach, content_type_of, fault_of
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.outgoing import Download
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind
from fake_meta.graph_api.reach import Resolver, refusal, resolved

if TYPE_CHECKING:
    import requests

DOWNLOAD_LIMIT_S = 20.0
"""How long a download may take; Meta's 75 s for videos would keep the caller waiting too long."""

MOST_REDIRECTS = 5
_CONNECT_S = 5.0
_CHUNK = 64 * 1024
_OK = 200


class MediaFetcher(Protocol):
    """Gets what lies at an address, or raises the `GraphCallError` that Meta answers."""

    def fetch(self, kind: MessageKind, url: str, platform: Platform) -> Download:
        """The file at `url`, checked as an attachment of `kind` on that platform."""
        ...


@dataclass(frozen=True, slots=True)
class HttpFetcher:
    """Downloads over the network, on the caller's thread and without any lock."""

    reach: MediaReach = MediaReach.ANY
    limit_s: float = DOWNLOAD_LIMIT_S
    clock: Callable[[], float] = monotonic
    resolve: Resolver = resolved

    def fetch(self, kind: MessageKind, url: str, platform: Platform) -> Download:
        """The file at `url`, checked as an attachment of `kind` on that platform."""
        import requests  # takes a tenth of the start, and most worlds download nothing

        if self.reach is MediaReach.OFF:
            return Download(kind, url)
        try:
            declared, body = self._load(kind, url, LIMITS[platform][kind].most_bytes)
        except requests.Timeout:
            raise self._timed_out(kind) from None
        except (requests.RequestException, ValueError) as error:
            raise _unreachable(type(error).__name__) from None
        content_type = content_type_of(declared, body)
        fault = fault_of(kind, content_type, len(body), platform)
        if fault is not None:
            raise GraphCallError(fault)
        return Download(kind, url, (content_type, body))

    def _load(self, kind: MessageKind, url: str, most: int) -> tuple[str, bytes]:
        import requests

        deadline = self.clock() + self.limit_s
        with requests.Session() as session:
            session.trust_env = False
            with self._opened(session, url) as response:
                if response.status_code != _OK:
                    raise _unreachable(f"HTTP status {response.status_code}")
                body = bytearray()
                for chunk in response.iter_content(_CHUNK):
                    body += chunk
                    if len(body) > most:
                        raise GraphCallError(GraphError.ATTACHMENT_TOO_LARGE)
                    if self.clock() > deadline:
                        raise self._timed_out(kind)
                return response.headers.get("Content-Type", ""), bytes(body)

    def _opened(self, session: requests.Session, url: str) -> requests.Response:
        """What answers at the end of the redirects, each of which is looked at first."""
        from fake_meta.graph_api import pinned

        for _ in range(MOST_REDIRECTS + 1):
            addresses = self._looked_at(url)
            response = pinned.ask(session, url, addresses, (_CONNECT_S, self.limit_s))
            following = session.get_redirect_target(response)
            if following is None:
                return response
            response.close()
            url = urljoin(url, following)
            if not url.startswith(("http://", "https://")):
                raise _unreachable("it redirects to no address of the web")
        raise _unreachable(f"more than {MOST_REDIRECTS} redirects")

    def _looked_at(self, url: str) -> list[str]:
        """The addresses of its name now, all of them allowed; the name is not asked again."""
        found: list[str] = []

        def once(host: str, port: int) -> list[str]:
            found.extend(self.resolve(host, port))
            return found

        refused = refusal(self.reach, url, once)
        if refused is not None:
            raise _unreachable(refused)
        return found

    def _timed_out(self, kind: MessageKind) -> GraphCallError:
        if kind is MessageKind.VIDEO:
            return GraphCallError(GraphError.VIDEO_TIMED_OUT)
        return _unreachable("it took too long")


def _unreachable(detail: str) -> GraphCallError:
    return GraphCallError(GraphError.ATTACHMENT_UNREACHABLE, detail=detail)
