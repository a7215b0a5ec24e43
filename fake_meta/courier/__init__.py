"""Delivers webhooks: signs, posts, retries, gives up, and writes all of it into the journal."""

from __future__ import annotations

from fake_meta.courier.callbacks import CallbackSender, CallbackWish
from fake_meta.courier.courier import Courier
from fake_meta.courier.credentials import Credentials
from fake_meta.courier.curl import CurlTransport
from fake_meta.courier.direct import DirectSender, Verification
from fake_meta.courier.transport import OutboundRequest, Reply, Transport

__all__ = [
    "CallbackSender",
    "CallbackWish",
    "Courier",
    "Credentials",
    "CurlTransport",
    "DirectSender",
    "OutboundRequest",
    "Reply",
    "Transport",
    "Verification",
]
