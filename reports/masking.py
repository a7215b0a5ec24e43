"""Secrets do not travel in reports: known values and values in known places become ●●●●."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

MASK = "●●●●"
HIDDEN = (
    "access_token|appsecret_proof|client_secret|app_secret|input_token|password|new_password"
    "|repeat_password|fb_exchange_token|hub\\.verify_token|verify_token"
)
IN_JSON = re.compile(rf'("(?:{HIDDEN})"\s*:\s*)"(?:[^"\\]|\\.)*"', re.IGNORECASE)
IN_QUERY = re.compile(rf"((?:^|[?&\s])(?:{HIDDEN})=)[^&\s\"]+", re.IGNORECASE)
BEARER = re.compile(r"(Bearer\s+)[^\s\"]+", re.IGNORECASE)
META_TOKEN = re.compile(r"\bEAA[A-Za-z0-9]{12,}")
SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "x-csrf-token"})


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text without secrets; `secrets` are values to hide wherever they stand."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, MASK).replace(quote(secret, safe=""), MASK)
    text = IN_JSON.sub(rf'\1"{MASK}"', text)
    text = IN_QUERY.sub(rf"\1{MASK}", text)
    text = BEARER.sub(rf"\1{MASK}", text)
    return META_TOKEN.sub(MASK, text)


def masked_entry(entry: Mapping[str, Any], secrets: Iterable[str] = ()) -> dict[str, Any]:
    """Return a journal entry without secrets in addresses, headers, bodies and texts."""
    hidden = tuple(secrets)
    return {str(key): _masked_value(str(key), value, hidden) for key, value in entry.items()}


def _masked_value(key: str, value: object, secrets: tuple[str, ...]) -> object:
    if isinstance(value, str):
        return MASK if key.lower() in SECRET_HEADERS else masked(value, secrets)
    if isinstance(value, Mapping):
        return {str(name): _masked_value(str(name), one, secrets) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_masked_value(key, one, secrets) for one in value]
    return value
