"""Downloads that come from the test's hand."""

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.outgoing import Download
from fake_meta.domain.threads import MessageKind

PNG = b"\x89PNG of a test"


class HandFetcher:
    """Every address holds the same picture, unless `fault` says what Meta finds wrong."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.fault: GraphError | None = None

    def fetch(self, kind: MessageKind, url: str) -> Download:
        self.urls.append(url)
        if self.fault is not None:
            raise GraphCallError(self.fault, detail="by hand")
        return Download(kind, url, ("image/png", PNG))
