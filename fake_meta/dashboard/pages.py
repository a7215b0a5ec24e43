"""What every page of the dashboard does: a form that is refused is shown again as it was filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import flask
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from fake_meta.control import Parts
from fake_meta.control.requests import Parser
from fake_meta.domain.errors import EmulatorError, InvalidRequestError, NotAllowedError
from fake_meta.domain.graph_errors import GraphCallError

View = Callable[..., ResponseReturnValue]


class FormError(Exception):
    """Fields of a form that cannot be taken, each with its sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(self.errors.values()))


class Pages:
    """Pages about the one app."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.world = parts.world

    def done(self, page: str, said: str, **more: str) -> ResponseReturnValue:
        """Back to the page, with a sentence."""
        at: dict[str, Any] = {"app_id": self.world.app.id, "said": said, **more}
        return flask.redirect(flask.url_for(f"dashboard.{page}", **at), 303)


def shown_again(show: View, act: View) -> View:
    """`act`, and when it refuses the form, the page with every field as it was filled.

    What is wrong with a field stands beside it, anything else above the page.
    """

    @wraps(act)
    def view(**at: Any) -> ResponseReturnValue:
        try:
            return act(**at)
        except FormError as error:
            flask.g.errors, flask.g.given, status = error.errors, form(), 400
        except (EmulatorError, GraphCallError) as error:
            flask.g.problem = str(error)
            flask.g.given = form() if isinstance(error, InvalidRequestError) else None
            status = 409 if isinstance(error, NotAllowedError) else 400
        return flask.make_response(show(**at), status)

    return view


def form() -> ImmutableMultiDict[str, str]:
    """The form that came."""
    return flask.request.form


def read(wishes: Mapping[str, Any], parsers: Mapping[str, Parser]) -> dict[str, Any]:
    """Each wish through its parser; `FormError` names every field that one does not take."""
    found, errors = {}, {}
    for name, value in wishes.items():
        try:
            found[name] = parsers[name](name, value)
        except InvalidRequestError as error:
            errors[name] = str(error)
    if errors:
        raise FormError(errors)
    return found


def address(name: str, value: Any) -> str:
    """The address of a page, or nothing."""
    url = str(value)
    if url and not url.startswith(("http://", "https://")):
        raise InvalidRequestError(f"an address begins with http:// or https://, not {url[:80]!r}")
    del name
    return url


def mailbox(name: str, value: Any) -> str:
    """An e-mail address, or nothing."""
    before, at, behind = str(value).partition("@")
    if value and not (before and at and behind):
        raise InvalidRequestError(f"an e-mail address has a name, @ and a domain, not {value!r}")
    del name
    return str(value)


def pixels(name: str, value: Any) -> int:
    """A width or a height."""
    text = str(value).strip()
    if not text.isdecimal() or not 1 <= int(text[:7]) <= _MOST_PIXELS or len(text) > len("100000"):
        raise InvalidRequestError(f"a whole number of pixels from 1 to {_MOST_PIXELS}")
    del name
    return int(text)


_MOST_PIXELS = 100_000
