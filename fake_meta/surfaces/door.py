"""Puts the pages of one surface together."""

from __future__ import annotations

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from fake_meta.domain.errors import EmulatorError
from fake_meta.domain.platforms import Platform
from fake_meta.surfaces import profile_view
from fake_meta.surfaces.accounts import AccountPages
from fake_meta.surfaces.company import company_in_address
from fake_meta.surfaces.direct import DirectPages
from fake_meta.surfaces.look import Look
from fake_meta.surfaces.owner import OwnerPages
from fake_meta.surfaces.posts import PostPages
from fake_meta.surfaces.profile import ProfilePages
from fake_meta.surfaces.sessions import SessionStore
from fake_meta.surfaces.settings import SettingsPages
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
_OTHER_PROBLEM = ("Something went wrong.", "{name} could not do that.")


def build_blueprint(world: World, look: Look) -> flask.Blueprint:
    """All pages of the surface `look`."""
    blueprint = flask.Blueprint(
        look.name,
        __name__,
        url_prefix=look.prefix,
        template_folder="templates",
        static_folder="static/instagram",  # Messenger's pages use most of it
        static_url_path="/static",
    )
    visitors = Visitors(world, look, SessionStore())
    visitors.register(blueprint)
    AccountPages(world, look, visitors).register(blueprint)
    DirectPages(world, look, visitors).register(blueprint)
    if look.platform is Platform.INSTAGRAM:
        StoryPages(world, visitors).register(blueprint)
        PostPages(world, visitors).register(blueprint)
        SettingsPages(world, visitors).register(blueprint)
        OwnerPages(look, visitors).register(blueprint)
        ProfilePages(world, visitors).register(blueprint)
    else:
        _add_front(blueprint, world)
    blueprint.context_processor(lambda: _surroundings(world, look, visitors))
    problems = _Problems(look)
    blueprint.register_error_handler(HTTPException, problems.show_http)
    blueprint.register_error_handler(EmulatorError, problems.show_refusal)
    return blueprint


def _add_front(blueprint: flask.Blueprint, world: World) -> None:
    """The first page of a surface without profiles, and a 404 for every other address."""

    def front() -> ResponseReturnValue:
        return flask.redirect(flask.url_for(".direct", name=world.account.username))

    def nowhere(anything: str) -> ResponseReturnValue:  # noqa: ARG001 - wherever it is
        flask.abort(404)

    blueprint.add_url_rule("/", "front", front)
    blueprint.add_url_rule("/<path:anything>", "nowhere", nowhere)


def _surroundings(world: World, look: Look, visitors: Visitors) -> dict[str, Any]:
    inbox = company_in_address(world).on(look.platform)
    session, username = visitors.session, visitors.username
    return {
        "look": look,
        "company": inbox.account,
        "viewer": None if username is None else inbox.find_customer(username),
        "owner": None if visitors.company is None else visitors.company.account,
        "csrf_token": "" if session is None else session.csrf_token,
        "tint_of": profile_view.tint_of,
        "initials_of": profile_view.initials_of,
    }


class _Problems:
    """The pages for what went wrong."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def show_http(self, error: Exception) -> ResponseReturnValue:
        """Nothing there, not allowed, or a form of another session."""
        assert isinstance(error, HTTPException)
        return self._page(403 if isinstance(error, FormExpiredError) else error.code or 500, None)

    def show_refusal(self, error: Exception) -> ResponseReturnValue:
        """What the world refuses, with its sentence."""
        assert isinstance(error, EmulatorError)
        return self._page(409, error.sentence)

    def _page(self, status: int, note: str | None) -> ResponseReturnValue:
        title, advice = _PROBLEMS.get(status, _OTHER_PROBLEM)
        advice = advice.format(name=self._look.platform.title())
        if wants_json():
            return {"error": note or advice}, status
        template = f"{self._look.pages}/problem.html"
        return flask.render_template(template, title=title, advice=advice, note=note), status
