"""What an app asks of a login dialog, and why it is refused (meta-contract §1.2, §6.1, §6.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from fake_meta.domain.login import Client, Flavour
from fake_meta.domain.scopes import ALWAYS_GRANTED, RETIRED, SCOPES, USUAL, split
from fake_meta.surfaces.dialog_answers import (
    CODE,
    ResponseTypeError,
    granted_address,
    read_response_type,
    with_parameters,
)

_TRUE = ("1", "true")
_DENIED = {
    Flavour.FACEBOOK: "Permissions error",
    Flavour.INSTAGRAM: "The user denied your request",
}
_NO_APP = {
    Flavour.FACEBOOK: (
        "Invalid App ID",
        "The provided app ID does not look like a valid app ID.",
    ),
    Flavour.INSTAGRAM: ("Invalid platform app", "Invalid Request: Invalid platform app"),
}
_BLOCKED = (
    "This redirect failed because the redirect URI is not whitelisted in the app's Client OAuth "
    "Settings. Make sure Client and Web OAuth Login are on and add all your app domains as Valid "
    "OAuth Redirect URIs."
)
_NO_REDIRECT = {
    Flavour.FACEBOOK: ("URL Blocked", _BLOCKED),
    Flavour.INSTAGRAM: ("Invalid redirect_uri", "Invalid Request: Invalid redirect_uri"),
}
REQUIRED = frozenset({ALWAYS_GRANTED, "instagram_business_basic"})
"""What cannot be declined without cancelling."""


class DialogRefusedError(Exception):
    """A dialog that shows an error instead; `note` tells the tester more than Meta would."""

    def __init__(self, title: str, text: str, note: str) -> None:
        self.title = title
        self.text = text
        self.note = note
        super().__init__(note)


@dataclass(frozen=True, slots=True)
class DialogRequest:
    """A dialog that may be shown."""

    flavour: Flavour
    redirect_uri: str
    state: str | None
    scopes: tuple[str, ...]
    asks_log_in: bool
    asks_again: bool = False
    answers: frozenset[str] = frozenset({CODE})

    def without(self, declined: Collection[str]) -> DialogRequest:
        """What Facebook asks for when the person declined some before (meta-contract §6.1).

        It asks again only for `auth_type=rerequest`; Instagram always does.
        """
        if self.asks_again or self.flavour is Flavour.INSTAGRAM:
            return self
        scopes = tuple(one for one in self.scopes if one in REQUIRED or one not in declined)
        return replace(self, scopes=scopes)

    def granted_address(self, answer: Mapping[str, str]) -> str:
        """Where the browser goes with what was asked for."""
        given = {**answer, **self._state}
        return granted_address(self.flavour, self.redirect_uri, self.answers, given)

    def denied_address(self) -> str:
        """Where the browser goes when the person cancels."""
        denied = {
            "error": "access_denied",
            "error_reason": "user_denied",
            "error_description": _DENIED[self.flavour],
        }
        return with_parameters(self.redirect_uri, {**denied, **self._state})

    @property
    def _state(self) -> Mapping[str, str]:
        return {} if self.state is None else {"state": self.state}


def read_request(flavour: Flavour, parameters: Mapping[str, str], client: Client) -> DialogRequest:
    """The dialog that `parameters` describe, or `DialogRefusedError`."""
    _check_app(flavour, parameters, client)
    redirect_uri = parameters.get("redirect_uri", "")
    if redirect_uri not in client.redirect_uris:
        known = ", ".join(client.redirect_uris) or "none"
        note = f"redirect_uri is {redirect_uri!r}; registered for {flavour} login: {known}"
        raise DialogRefusedError(*_NO_REDIRECT[flavour], note)
    try:
        answers = read_response_type(flavour, parameters.get("response_type", ""))
    except ResponseTypeError as error:
        shown = ("Invalid response_type", "Invalid Request: response_type")
        raise DialogRefusedError(*shown, str(error)) from None
    return DialogRequest(
        flavour=flavour,
        redirect_uri=redirect_uri,
        state=parameters.get("state"),
        scopes=_scopes(flavour, parameters),
        asks_log_in=_asks_log_in(parameters),
        asks_again="rerequest" in split(parameters.get("auth_type", "")),
        answers=answers,
    )


def _check_app(flavour: Flavour, parameters: Mapping[str, str], client: Client) -> None:
    client_id = parameters.get("client_id", "")
    if client_id != client.id:
        note = f"client_id is {client_id!r}; the app's id for {flavour} login is {client.id}"
        raise DialogRefusedError(*_NO_APP[flavour], note)


def _scopes(flavour: Flavour, parameters: Mapping[str, str]) -> tuple[str, ...]:
    asked = split(parameters.get("scope", ""))
    if not asked and flavour is Flavour.FACEBOOK and parameters.get("config_id"):
        asked = USUAL[flavour]
    unknown = [scope for scope in asked if scope not in SCOPES[flavour]]
    if unknown:
        names = ", ".join(unknown)
        raise DialogRefusedError("Invalid Scopes", f"Invalid Scopes: {names}", _reason(unknown[0]))
    if flavour is Flavour.INSTAGRAM and not asked:
        note = "scope is empty; ask at least for instagram_business_basic"
        raise DialogRefusedError("Invalid Scopes", "Invalid Request: scope is required", note)
    always = (ALWAYS_GRANTED,) if flavour is Flavour.FACEBOOK else ()
    return tuple(dict.fromkeys((*always, *asked)))


def _reason(scope: str) -> str:
    if scope in RETIRED:
        return f"{scope} stopped working on 27 January 2025; ask for {RETIRED[scope]}"
    return f"{scope} is no permission of this login (meta-contract §1.1)"


def _asks_log_in(parameters: Mapping[str, str]) -> bool:
    forced = parameters.get("force_reauth", "").lower() in _TRUE
    return forced or parameters.get("auth_type") == "reauthenticate"
