"""Settings of the emulator; the sole reader of FAKE_META_*."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path

from fake_meta.archive import DEFAULT_IN_MEMORY
from fake_meta.domain.attachments import MediaReach
from fake_meta.domain.choices import Choices, parse_wishes
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.hosts import REAL_ORIGIN
from fake_meta.journal import DEFAULT_BYTES, DEFAULT_SPILLED, MEGABYTE, Secrets

PREFIX = "FAKE_META_"
_HIGHEST_PORT = 65535
_LEAST = {
    "journal_megabytes": 1,
    "journal_spill_megabytes": 0,
    "messages_in_memory": 0,
    "threads": 1,
}
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class SettingsError(Exception):
    """A setting has a value that means nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, which world to make, how much to serve at once, what to download."""

    host: str = "127.0.0.1"
    port: int = 8701
    seed: int = 1
    threads: int = 64
    media: str = MediaReach.ANY
    real_hosts: bool = False
    journal_file: str = ""
    journal_file_secrets: str = Secrets.MASKED
    journal_megabytes: int = DEFAULT_BYTES // MEGABYTE
    journal_spill_megabytes: int = DEFAULT_SPILLED // MEGABYTE
    messages_in_memory: int = DEFAULT_IN_MEMORY
    snapshot: str = ""
    world: str = ""
    choices: Choices = field(default_factory=Choices)
    control_token: str = field(default="", repr=False)
    callback_ca: str = ""
    client_cert: str = ""
    client_key: str = ""
    client_ca: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.port <= _HIGHEST_PORT:
            raise SettingsError(f"port must be 1 to {_HIGHEST_PORT}, not {self.port}")
        if self.world and self.snapshot:
            raise SettingsError("choose world or snapshot: each is a whole world")
        for name, least in _LEAST.items():
            if getattr(self, name) < least:
                raise SettingsError(f"{name} must be at least {least}, not {getattr(self, name)}")
        self._check_word("media", MediaReach)
        self._check_word("journal_file_secrets", Secrets)
        self._check_token()
        self._check_files()

    def _check_word(self, name: str, words: type[StrEnum]) -> None:
        given = getattr(self, name)
        if given not in list(words):
            raise SettingsError(f"{name} must be one of {', '.join(words)}, not {given!r}")

    def _check_files(self) -> None:
        for name in ("callback_ca", "client_cert", "client_key"):
            path = getattr(self, name)
            if path and not Path(path).is_file():
                raise SettingsError(f"{name} must name a PEM file that is there, not {path!r}")
        if self.client_key and not self.client_cert:
            raise SettingsError("client_key goes with client_cert; name both")
        if self.client_ca and self.client_cert:
            raise SettingsError(
                "choose client_ca or client_cert: an authority of the emulator's own, or a "
                "certificate of yours"
            )

    def _check_token(self) -> None:
        if any(not "!" <= letter <= "~" for letter in self.control_token):
            raise SettingsError("the control token must be visible ASCII without blanks")
        if not self.control_token and not _is_loopback(self.host):
            raise SettingsError(
                f"host {self.host} can be reached from other machines, and the control API tells "
                "secrets: choose a token with --control-token or FAKE_META_CONTROL_TOKEN, or "
                "stay on 127.0.0.1"
            )

    @property
    def origin(self) -> str:
        """Scheme, host and port under which others reach this process."""
        if self.real_hosts:
            return REAL_ORIGIN
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{host}:{self.port}"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings of FAKE_META_HOST, _PORT, _SEED and so on, each the default when it is absent."""
    given = {
        one.name: environment[PREFIX + one.name.upper()]
        for one in fields(Settings)
        if PREFIX + one.name.upper() in environment
    }
    default = Settings()
    return Settings(
        host=given.get("host", default.host),
        port=_number(given, "port", default.port),
        seed=_number(given, "seed", default.seed),
        threads=_number(given, "threads", default.threads),
        media=given.get("media", default.media),
        real_hosts=_flag(given, "real_hosts"),
        world=given.get("world", default.world),
        snapshot=given.get("snapshot", default.snapshot),
        journal_megabytes=_number(given, "journal_megabytes", default.journal_megabytes),
        journal_spill_megabytes=_number(
            given, "journal_spill_megabytes", default.journal_spill_megabytes
        ),
        messages_in_memory=_number(given, "messages_in_memory", default.messages_in_memory),
        journal_file=given.get("journal_file", default.journal_file),
        journal_file_secrets=given.get("journal_file_secrets", default.journal_file_secrets),
        choices=_choices(given.get("choices", "")),
        control_token=given.get("control_token", ""),
        callback_ca=given.get("callback_ca", ""),
        client_cert=given.get("client_cert", ""),
        client_key=given.get("client_key", ""),
        client_ca=given.get("client_ca", ""),
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError as error:
        raise SettingsError(f"{name} must be a whole number, not {text!r}") from error


def _choices(text: str) -> Choices:
    try:
        return Choices().with_wishes(parse_wishes(text))
    except InvalidRequestError as error:
        raise SettingsError(error.sentence) from error


def _flag(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "no").lower()
    if text not in _FLAGS:
        raise SettingsError(f"{name} must be one of {', '.join(_FLAGS)}, not {text!r}")
    return _FLAGS[text]
