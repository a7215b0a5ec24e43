"""Puts the pages of one surface together."""

from __future__ import annotations

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from fake_meta.domain.errors import EmulatorError
from fake_meta.surfaces import profile_view
from fake_meta.surfaces.accounts import AccountPages
from fake_meta.surfaces.company import company_in_address
from fake_meta.surfaces.direct import DirectPages
from fake_meta.surfaces.look import Look
from fake_meta.surfaces.profile import ProfilePages
from fake_meta.surfaces.sessions import SessionStore
from fake_meta.surfaces.story import StoryPages
from fake_meta.surfaces.visitors import FormExpiredError, Visitors, wants_json
from fake_meta.world import World

_PROBLEMS = {
    404: (
        "Sorry, this page isn't available.",
        "The link you followed may be broken, or the page may have been removed.",
    ),
    403: (
        "This page has expired.",
        "Your session changed since the page was opened. Go back, reload it and try again.",
    ),
}
_OTHER_PROBLEM = ("Something went wrong.", "Instagram could not do that.")


def build_blueprint(world: World, look: Look) -> flask.Blueprint:
    """All pages of the surface `look`."""
    blueprint = flask.Blueprint(
        look.name,
        __name__,
        url_prefix=look.prefix,
        template_folder="templates",
        static_folder="static/instagram",
        static_url_path="/static",
    )
    visitors = Visitors(world, look, SessionStore())
    visitors.register(blueprint)
    AccountPages(world, look, visitors).register(blueprint)
    DirectPages(world, look, visitors).register(blueprint)
    StoryPages(world, visitors).register(blueprint)
    ProfilePages(world, visitors).register(blueprint)
    blueprint.context_processor(lambda: _surroundings(world, look, visitors))
    blueprint.register_error_handler(HTTPException, _show_http_problem)
    blueprint.register_error_handler(EmulatorError, _show_emulator_problem)
    return blueprint


def _surroundings(world: World, look: Look, visitors: Visitors) -> dict[str, Any]:
    account = company_in_address(world).account
    session, username = visitors.session, visitors.username
    return {
        "look": look,
        "company": account,
        "viewer": None if username is None else world.find_customer(username),
        "csrf_token": "" if session is None else session.csrf_token,
        "tint_of": profile_view.tint_of,
        "initials_of": profile_view.initials_of,
    }


def _show_http_problem(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)
    status = 403 if isinstance(error, FormExpiredError) else error.code or 500
    return _problem(status, None)


def _show_emulator_problem(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, EmulatorError)
    return _problem(409, error.sentence)


def _problem(status: int, note: str | None) -> ResponseReturnValue:
    title, advice = _PROBLEMS.get(status, _OTHER_PROBLEM)
    if wants_json():
        return {"error": note or advice}, status
    page = flask.render_template("instagram/problem.html", title=title, advice=advice, note=note)
    return page, status
