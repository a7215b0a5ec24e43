"""What a login dialog returns to the app, and where in the address (meta-contract §6.1, §6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from fake_meta.domain.login import Flavour

CODE, TOKEN, GRANTED_SCOPES = "code", "token", "granted_scopes"
_OFFERED = {
    Flavour.FACEBOOK: (CODE, TOKEN, GRANTED_SCOPES),
    Flavour.INSTAGRAM: (CODE,),
}
_END = {Flavour.FACEBOOK: "", Flavour.INSTAGRAM: "#_"}
"""Instagram appends #_ to the address with the code; apps strip it (meta-contract §6.2)."""


class ResponseTypeError(Exception):
    """A `response_type` that this login does not know."""


def read_response_type(flavour: Flavour, text: str) -> frozenset[str]:
    """The parts of a `response_type`, separated by blanks or commas; empty means a code."""
    asked = text.replace(",", " ").split() or [CODE]
    unknown = [one for one in asked if one not in _OFFERED[flavour]]
    if unknown:
        known = ", ".join(_OFFERED[flavour])
        raise ResponseTypeError(
            f"response_type has {unknown[0]!r}; {flavour} login takes of {known} one or several"
        )
    return frozenset(asked)


def granted_address(
    flavour: Flavour, redirect_uri: str, asked: frozenset[str], answer: Mapping[str, str]
) -> str:
    """Where the browser goes after consent.

    A token stands in the fragment with everything else, so that no server on the way reads it; all
    other answers are parameters.
    """
    if TOKEN in asked:
        return f"{redirect_uri}#{urlencode(answer)}"
    return with_parameters(redirect_uri, answer) + _END[flavour]


def with_parameters(redirect_uri: str, answer: Mapping[str, str]) -> str:
    """The address with more parameters."""
    joint = "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{joint}{urlencode(answer)}"
