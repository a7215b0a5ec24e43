"""The port through which requests leave: what goes out, what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from fake_meta.domain.choices import Choices
from fake_meta.domain.signature import Signing, headers_for
from fake_meta.journal import EntryOutcome, RecordedRequest, RecordedResponse

DELIVERY_AGENT = "facebookexternalua"
VERIFICATION_AGENT = "facebookplatform/1.0 (+http://developers.facebook.com)"
_OK, _REDIRECTS = 200, 300


@dataclass(frozen=True, slots=True)
class OutboundRequest:
    """A request to the app's callback; the transport waits `timeout_s` for the answer."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    timeout_s: float = Choices.answer_limit

    def recorded(self) -> RecordedRequest:
        """The same for the journal."""
        return RecordedRequest(self.method, self.url, self.headers, self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `status` None means that no answer came, and `error` says why."""

    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    duration_s: float = 0.0
    error: str | None = None

    def recorded(self) -> RecordedResponse | None:
        """The same for the journal, None when nothing came."""
        if self.status is None:
            return None
        return RecordedResponse(self.status, self.headers, self.body)

    def outcome(self, choices: Choices) -> EntryOutcome:
        """Whether Meta takes this as received (meta-contract §2.5)."""
        status = self.status or 0
        is_received = status == _OK or (_accepts_all_2xx(choices) and _OK <= status < _REDIRECTS)
        return EntryOutcome.DELIVERED if is_received else EntryOutcome.FAILED

    def reason(self, choices: Choices) -> str | None:
        """Why it failed, or what the app should do better; None when all is well."""
        if self.status is None:
            return self.error
        if self.status != _OK:
            taken = "asks for" if self.outcome(choices) is EntryOutcome.DELIVERED else "takes only"
            return (
                f"the callback answered HTTP {self.status}; Meta {taken} 200 as received "
                "(meta-contract §2.5)"
            )
        if self.is_slow(choices):
            return (
                f"the callback answered 200 after {self.duration_s:.1f} s; Meta asks for "
                f"{choices.answer_remark:g} s (meta-contract §2.5)"
            )
        return None

    def is_slow(self, choices: Choices) -> bool:
        """Meta asked for less time than this took."""
        return self.status is not None and self.duration_s > choices.answer_remark


def _accepts_all_2xx(choices: Choices) -> bool:
    return choices.other_2xx == "accepted"


class Transport(Protocol):
    """Makes requests without blocking the caller."""

    def submit(self, request: OutboundRequest, done: Callable[[Reply], None]) -> None:
        """Make `request`; call `done` once, on another thread or this one."""
        ...

    def close(self) -> None:
        """Stop; what is under way is abandoned."""
        ...


def delivery_request(
    url: str,
    secret: str,
    body: bytes,
    signing: Signing = Signing.VALID,
    timeout_s: float = Choices.answer_limit,
) -> OutboundRequest:
    """A signed webhook POST with Meta's headers (meta-contract §2.3)."""
    headers = {
        "Accept": "*/*",
        "Accept-Encoding": "deflate, gzip",
        "User-Agent": DELIVERY_AGENT,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **headers_for(secret, body, signing),
    }
    return OutboundRequest("POST", url, headers, body, timeout_s)


def timeout_error(waited_s: float) -> str:
    """The sentence for a callback that does not answer."""
    return f"the callback did not answer within {waited_s:g} s (meta-contract §2.5)"
