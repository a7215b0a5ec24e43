"""Secrets stay out of what the journal tells, until somebody asks for them by name.

Kept and sent again is what came and went, byte for byte; only the telling is masked. A webhook's
body is told as it was sent: Meta puts no secret into one, and its signature can be checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fake_meta.journal.entry import Entry, EntryKind, entry_json

HIDDEN = "••••••"
_NAMES = (
    "access_token|input_token|client_secret|appsecret_proof|fb_exchange_token|verify_token"
    r"|hub\.verify_token|code|password"
)
_CREDENTIALS = frozenset({"authorization", "proxy-authorization"})
_COOKIES = frozenset({"cookie", "set-cookie"})
_PATTERNS = (
    # of a query or form, once more percent-encoded inside a batch, …
    (rf"((?:^|[?&\s;]|%3F|%26)(?:{_NAMES})(?:=|%3D))(?:(?!%26|%22)[^&\s\"'])+", rf"\g<1>{HIDDEN}"),
    # … of a form with files, of JSON
    (
        rf"(name=\"(?:{_NAMES})\"(?:\r?\n[^\r\n]+)*\r?\n\r?\n)[^\r\n]+",
        rf"\g<1>{HIDDEN}",
    ),
    (rf"(\"(?:{_NAMES})\"\s*:\s*\")(?:[^\"\\]|\\.)*\"", rf'\g<1>{HIDDEN}"'),
    # and what is a token by its shape, wherever it stands
    (r"((?:(?<![\w-])|(?<=%3D)|(?<=%22))(?:EAA|IGAA|IGQ))[A-Za-z0-9]{20,}", rf"\g<1>{HIDDEN}"),
    (r"((?<!\d)\d{8,20}(?:\||%7C))[\w-]{20,}", rf"\g<1>{HIDDEN}"),
)
_COMPILED = tuple((re.compile(one, re.IGNORECASE), instead) for one, instead in _PATTERNS)


class Secrets(StrEnum):
    """Whether they are told."""

    MASKED = "masked"
    SHOWN = "shown"


def masked(text: str) -> str:
    """The text without secrets."""
    for pattern, instead in _COMPILED:
        text = pattern.sub(instead, text)
    return text


def told(entry: Entry, secrets: str = Secrets.MASKED) -> dict[str, Any]:
    """ENTRY of docs/emulator.md."""
    whole = entry_json(entry)
    if secrets == Secrets.SHOWN:
        return whole
    is_webhook = entry.kind is EntryKind.WEBHOOK_DELIVERY
    request, response, reason = whole["request"], whole["response"], whole["reason"]
    if request is not None:
        whole["request"] = _part(request, is_body_kept=is_webhook)
        whole["request"]["url"] = masked(request["url"])
    if response is not None:
        whole["response"] = _part(response)
    whole["reason"] = None if reason is None else masked(reason)
    return whole


def _part(part: Mapping[str, Any], *, is_body_kept: bool = False) -> dict[str, Any]:
    headers = {name: _header(name, value) for name, value in part["headers"].items()}
    return {
        **part,
        "headers": headers,
        "body": part["body"] if is_body_kept else masked(part["body"]),
    }


def _header(name: str, value: str) -> str:
    if name.lower() in _CREDENTIALS:
        scheme, blank, _ = value.partition(" ")
        return f"{scheme}{blank}{HIDDEN}" if blank else HIDDEN
    return HIDDEN if name.lower() in _COOKIES else masked(value)
