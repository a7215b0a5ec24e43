"""Which addresses a page may send a browser to, or load a picture from."""

from __future__ import annotations

import re

SETTINGS = "/accounts/settings/"
_CONTROL = re.compile(r"[\\\x00-\x20\x7f]")
_DETOUR = re.compile(r"//|/\.{1,2}(/|$)")


def safe_next(wanted: str | None, prefix: str, fallback: str) -> str:
    """`wanted` if it is a path inside `prefix` and no account page but the settings.

    Otherwise `fallback`. Guards the log-in against being used as an open redirect.
    """
    if not wanted or not wanted.startswith(f"{prefix}/") or _CONTROL.search(wanted):
        return fallback
    path = wanted.partition("?")[0]
    is_account_page = path.startswith(f"{prefix}/accounts/") and path != f"{prefix}{SETTINGS}"
    if _DETOUR.search(path) or is_account_page:
        return fallback
    return wanted


def own_path(url: str | None, origin: str) -> str | None:
    """The path of `url` when it lies on the emulator itself, else None.

    Pages load nothing from elsewhere; a path also works when the browser knows the emulator by
    another name than `origin`.
    """
    if url is None or not url.startswith(f"{origin}/"):
        return None
    return url.removeprefix(origin)
