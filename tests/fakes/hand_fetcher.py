"""Downloads that come from the test's hand."""

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.outgoing import Download
from fake_meta.domain.platforms import Platform
from fake_meta.domain.threads import MessageKind

PNG = b"\x89PNG of a test"


class HandFetcher:
    """Every address holds the same file, unless `fault` says what Meta finds wrong."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.fault: GraphError | None = None
        self.content = ("image/png", PNG)

    def fetch(self, kind: MessageKind, url: str, platform: Platform) -> Download:
        self.urls.append(url)
        if self.fault is not None:
            raise GraphCallError(self.fault, detail="by hand")
        return Download(kind, url, self.content)
