"""What every page of the dashboard does."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from fake_meta.control import Parts
from fake_meta.domain.errors import InvalidRequestError


class Pages:
    """Pages about the one app."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.world = parts.world

    def done(self, page: str, said: str) -> ResponseReturnValue:
        """Back to the page, with a sentence."""
        address = flask.url_for(f"dashboard.{page}", app_id=self.world.app.id, said=said)
        return flask.redirect(address, 303)


def form() -> ImmutableMultiDict[str, str]:
    """The form that came."""
    return flask.request.form


def whole(name: str) -> int:
    """A whole number of the form."""
    value = form().get(name, "").strip()
    if not value.isdecimal() or len(value) > len("999999999"):
        raise InvalidRequestError(f"{name} must be a whole number, not {value!r}")
    return int(value)
