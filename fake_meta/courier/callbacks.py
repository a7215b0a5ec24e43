"""Deauthorize and data deletion: Meta's calls about a person, not about a message (§11)."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.courier.direct import DirectSender
from fake_meta.courier.transport import DELIVERY_AGENT, OutboundRequest, Reply
from fake_meta.domain import signed_request
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError
from fake_meta.domain.login import Client, Flavour
from fake_meta.domain.signed_request import CallbackKind, Flaw
from fake_meta.journal import Entry, EntryKind, EntryOutcome, Journal
from fake_meta.world import World

_STATUS_PAGE = "deletion_status"
_OK = 200


@dataclass(frozen=True, slots=True)
class CallbackWish:
    """A callback that a tester asks for."""

    kind: CallbackKind
    flavour: Flavour
    flaw: Flaw = Flaw.NONE
    user_id: str | None = None


class CallbackSender:
    """Signs, sends and judges the answer."""

    def __init__(self, world: World, journal: Journal, sender: DirectSender) -> None:
        self._world = world
        self._journal = journal
        self._sender = sender

    def remove_app(self, flavour: Flavour) -> None:
        """The person removes the app; the app hears of it without anybody waiting."""
        wish = CallbackWish(CallbackKind.DEAUTHORIZE, flavour)
        has_callback = _url_of(self._world.client(flavour), wish.kind) is not None
        has_callback = has_callback and self._calls(flavour)
        request = self._request(wish) if has_callback else None
        self._world.remove_app(flavour)
        if request is not None:
            self._sender.send_later(request, _about(wish), lambda reply: _judge(wish, reply))

    def send(self, wish: CallbackWish) -> tuple[Entry, ...]:
        """Call the app once; after a confirmed deletion also look at the page it names."""
        reply, entry = self._sender.send_judged(
            self._request(wish), _about(wish), lambda reply: _judge(wish, reply)
        )
        confirmed = wish.kind is CallbackKind.DATA_DELETION and wish.flaw is Flaw.NONE
        if not confirmed or entry.outcome is EntryOutcome.FAILED:
            return (entry,)
        page = OutboundRequest("GET", signed_request.confirmation(reply.body)["url"], _HEADERS)
        about = Entry(EntryKind.LOGIN_CALLBACK, EntryOutcome.FAILED, 0, events=(_STATUS_PAGE,))
        return (entry, self._sender.send_judged(page, about, _judge_page)[1])

    def replay(self, seq: int) -> Entry:
        """Send a journalled callback once more, byte for byte."""
        entry = self._journal.entry(seq)
        recorded = entry.request
        if entry.kind is not EntryKind.LOGIN_CALLBACK or recorded is None:
            raise InvalidRequestError(f"entry {seq} is a {entry.kind}, not a login_callback")
        request = OutboundRequest(recorded.method, recorded.url, recorded.headers, recorded.body)
        return self._sender.send_judged(request, entry, self._reason_of)[1]

    def _reason_of(self, reply: Reply) -> str | None:
        return reply.reason(self._world.choices)

    def _calls(self, flavour: Flavour) -> bool:
        """Whether Meta calls for this flavour at all is not known (meta-contract §11.1)."""
        called = self._world.choices.deletion_by_flavour_b == "called"
        return called or flavour is Flavour.FACEBOOK

    def _request(self, wish: CallbackWish) -> OutboundRequest:
        if not self._calls(wish.flavour):
            raise NotAllowedError(
                f"Meta makes no {wish.kind} call for {wish.flavour} login, by the choice "
                "deletion_by_flavour_b (meta-contract §11.1)"
            )
        client = self._world.client(wish.flavour)
        url = _url_of(client, wish.kind)
        if url is None:
            raise NotAllowedError(
                f"the app has no {wish.kind} callback for {wish.flavour} login: set it with "
                f"PATCH /_control/login/{wish.flavour}"
            )
        user_id = wish.user_id or self._world.person(wish.flavour).id
        signed = signed_request.signed_body(client.secret, user_id, self._world.now_ms(), wish.flaw)
        headers = {
            **_HEADERS,
            "Content-Type": signed.content_type,
            "Content-Length": str(len(signed.body)),
        }
        return OutboundRequest("POST", url, headers, signed.body)


_HEADERS = {"Accept": "*/*", "Accept-Encoding": "deflate, gzip", "User-Agent": DELIVERY_AGENT}


def _url_of(client: Client, kind: CallbackKind) -> str | None:
    deauthorize = kind is CallbackKind.DEAUTHORIZE
    return client.deauthorize_url if deauthorize else client.data_deletion_url


def _about(wish: CallbackWish) -> Entry:
    return Entry(EntryKind.LOGIN_CALLBACK, EntryOutcome.FAILED, 0, events=(wish.kind,))


def _judge(wish: CallbackWish, reply: Reply) -> str | None:
    if reply.status is None:
        return reply.error
    return signed_request.complaint(wish.kind, wish.flaw, reply.status, reply.body)


def _judge_page(reply: Reply) -> str | None:
    if reply.status is None:
        return f"the page of the deletion's status does not answer: {reply.error}"
    if reply.status != _OK or not reply.body.strip():
        return (
            f"the page of the deletion's status answered {reply.status} with "
            f"{len(reply.body)} bytes; people must be able to read it (meta-contract §11.1)"
        )
    return None
