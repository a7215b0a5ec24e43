"""Meta's door: the handshake and the deliveries (meta-contract §2)."""

from __future__ import annotations

import json
import logging

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.signature import Proof
from system_under_test.web.console import console

MOST_BYTES = 3 * 1024 * 1024
_KEPT_HEADERS = ("Content-Type", "User-Agent", "X-Hub-Signature-256", "X-Hub-Signature")
_log = logging.getLogger(__name__)
_SIGNATURES = ("X-Hub-Signature-256", "X-Hub-Signature")

webhook = Blueprint("webhook", __name__)


@webhook.get("/webhooks/meta")
def verify() -> ResponseReturnValue:
    """Meta asks whether the callback is ours."""
    challenge = console().doors.answer_challenge(request.args, console().verify_token)
    if challenge is None:
        return _plain("Forbidden", 403)
    return _plain(challenge, 200)


@webhook.post("/webhooks/meta")
def deliver() -> ResponseReturnValue:
    """Meta delivers events: check the bytes, keep them, say so."""
    if (request.content_length or 0) > MOST_BYTES:
        return _plain("Too large", 413)
    raw = request.stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return _plain("Too large", 413)
    signatures = {name: request.headers.get(name, "") for name in _SIGNATURES}
    proof = _proof_of(signatures, raw)
    if proof is Proof.INVALID:
        _log.warning("a delivery without a valid signature was refused")
        return _plain("Forbidden", 403)
    if proof is Proof.VALID_SHA1_ONLY:
        _log.warning("a delivery carries only the old X-Hub-Signature (SHA-1)")
    kept = {name: request.headers[name] for name in _KEPT_HEADERS if name in request.headers}
    body, status = console().doors.receive(console().intake, raw, json.dumps(kept))
    return _plain(body, status)


@webhook.get("/health")
def health() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


def _proof_of(signatures: dict[str, str], raw: bytes) -> Proof:
    """The best that any of our secrets makes of it: Instagram Login signs with its own (§1.1)."""
    check = console().doors.check_signature
    proofs = [check(secret, signatures, raw) for secret in console().app_secrets]
    order = (Proof.VALID, Proof.VALID_SHA1_ONLY, Proof.INVALID)
    return min(proofs, key=order.index)


def _plain(body: str, status: int) -> Response:
    return Response(body, status, mimetype="text/plain")
