"""Settings of the console; the sole reader of INTERACT_*."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

PREFIX = "INTERACT_"
LANGUAGES = ("en", "pt-BR")
ON_DISCONNECT = ("requeue", "stay")
_HIGHEST_PORT = 65_535
_LEAST_THREADS = 4
_MOST_PROCESSES = 16
_SHARED_NEEDS = (
    "PROCESSES={} needs PostgreSQL, on SQLite no process hears what another one writes: "
    f"set {PREFIX}DATABASE_URL to postgresql+psycopg://…, or 1 process"
)
# What may stand in a Content-Security-Policy as one source, and nothing that could end it.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*"
_ORIGIN = re.compile(
    rf"(?:{_HOST}|https?://(?:{_HOST}|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?)", re.IGNORECASE
)

_ABOVE_0 = ("profile_timeout_s", "session_idle_hours", "session_hours")


class SettingsError(Exception):
    """A setting is missing or has a value that means nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside (docs/console.md)."""

    host: str = "127.0.0.1"
    port: int = 8702
    database_url: str = "sqlite:///interact.sqlite3"
    app_secret: str = ""
    verify_token: str = ""
    instagram_app_secret: str = ""
    graph_url: str = "https://graph.facebook.com"
    instagram_graph_url: str = "https://graph.instagram.com"
    graph_version: str = "v25.0"
    cdn_hosts: tuple[str, ...] = ("lookaside.fbsbx.com", "scontent.cdninstagram.com")
    language: str = "en"
    threads: int = 64
    processes: int = 1
    profile_timeout_s: float = 2.0
    most_positions: int = 8
    setup_file: str = ""
    metrics_token: str = ""
    public_url: str = ""
    on_disconnect: str = "requeue"
    disconnect_grace_s: int = 120
    reply_goal_s: int = 120
    file_days: int = 90
    session_idle_hours: float = 12.0
    session_hours: float = 168.0
    lifeline_fd: int | None = None  # set by `serve` for its own worker: closed means stop

    def __post_init__(self) -> None:
        for is_wrong, sentence in (
            (not 1 <= self.port <= _HIGHEST_PORT, f"PORT must be 1 to {_HIGHEST_PORT}"),
            (self.threads < _LEAST_THREADS, f"THREADS must be at least {_LEAST_THREADS}"),
            (
                not 1 <= self.processes <= _MOST_PROCESSES,
                f"PROCESSES must be 1 to {_MOST_PROCESSES}, not {self.processes}",
            ),
            (
                self.processes > 1 and self.database_url.startswith("sqlite"),
                _SHARED_NEEDS.format(self.processes),
            ),
            *(_above_0(name.upper(), getattr(self, name)) for name in _ABOVE_0),
            (self.most_positions < 1, "MOST_POSITIONS must be at least 1"),
            (
                self.on_disconnect not in ON_DISCONNECT,
                f"ON_DISCONNECT must be one of {', '.join(ON_DISCONNECT)}",
            ),
            (self.disconnect_grace_s < 0, "DISCONNECT_GRACE_S must not be below 0"),
            (self.reply_goal_s < 1, "REPLY_GOAL_S must be at least 1"),
            (self.file_days < 0, "FILE_DAYS must not be negative"),
            (self.language not in LANGUAGES, f"LANGUAGE must be one of {', '.join(LANGUAGES)}"),
            (not self.graph_url.startswith(("http://", "https://")), "GRAPH_URL must be a URL"),
            (
                not self.instagram_graph_url.startswith(("http://", "https://")),
                "INSTAGRAM_GRAPH_URL must be a URL",
            ),
            (
                bool(self.public_url) and not self.public_url.startswith(("http://", "https://")),
                "PUBLIC_URL must be a URL",
            ),
        ):
            if is_wrong:
                raise SettingsError(f"{PREFIX}{sentence}")

    @property
    def app_secrets(self) -> tuple[str, ...]:
        """Whatever may have signed what Meta sends: the secret of the app, and of Instagram's."""
        return tuple(one for one in (self.app_secret, self.instagram_app_secret) if one)

    def require_secrets(self) -> Settings:
        """Itself, if it has what a server needs; SettingsError otherwise."""
        for name in ("app_secret", "verify_token"):
            if not getattr(self, name):
                raise SettingsError(
                    f"{PREFIX}{name.upper()} is missing: set it to the value of the Meta app"
                )
        return self


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of INTERACT_*; absent or empty ones take the default."""
    given: dict[str, Any] = {}
    for field in fields(Settings):
        text = environment.get(PREFIX + field.name.upper(), "")
        if text:
            given[field.name] = _read(field.name, text)
    return Settings(**given)


def _above_0(name: str, value: float) -> tuple[bool, str]:
    is_right = math.isfinite(value) and value > 0
    return not is_right, f"{name} must be a number above 0, not {value}"


def _read(name: str, text: str) -> object:
    reader, wanted = _READERS.get(name, (str, "text"))
    try:
        return reader(text)
    except ValueError as error:
        raise SettingsError(f"{PREFIX}{name.upper()} must be {wanted}, not {text!r}") from error


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(text.split())
    if not all(_ORIGIN.fullmatch(one) for one in origins):
        raise ValueError(text)
    return origins


_READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "port": (int, "a whole number"),
    "threads": (int, "a whole number"),
    "processes": (int, "a whole number"),
    "most_positions": (int, "a whole number"),
    "disconnect_grace_s": (int, "a whole number of seconds"),
    "reply_goal_s": (int, "a whole number of seconds"),
    "file_days": (int, "a whole number of days"),
    "session_idle_hours": (float, "a number of hours"),
    "session_hours": (float, "a number of hours"),
    "lifeline_fd": (int, "a file descriptor"),
    "profile_timeout_s": (float, "a number of seconds"),
    "cdn_hosts": (
        _origins,
        "host names or origins http(s)://host[:port], separated by blanks",
    ),
    "public_url": (lambda text: text.rstrip("/"), "a URL"),
    "instagram_graph_url": (lambda text: text.rstrip("/"), "a URL"),
    "graph_url": (lambda text: text.rstrip("/"), "a URL"),
}
