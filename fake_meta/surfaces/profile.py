"""The company's page (review steps 6 to 8)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.surfaces import profile_view
from fake_meta.surfaces.company import CompanyPages

LABELS = {"guide": "Send Message", "today": "Message"}
"""What leads to Direct, by the choice labels."""


class ProfilePages(CompanyPages):
    """The company's page, and a 404 for every other name."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        add = blueprint.add_url_rule
        add("/", "front", self.front)
        add("/<name>/", "profile", self.profile)
        follow = self._visitors.logged_in(self.follow)
        add("/<name>/follow", "follow", follow, methods=["POST"])
        add("/<path:anything>", "nowhere", self.nowhere)

    def front(self) -> ResponseReturnValue:
        """The surface opens on the company's page."""
        return flask.redirect(flask.url_for(".profile", name=self._world.account.username))

    def profile(self, name: str) -> ResponseReturnValue:
        """The company's page, signed out or in."""
        account = self._world.account
        if name.lower() != account.username:
            flask.abort(404)
        username = self._visitors.username
        viewer = None if username is None else self._world.find_customer(username)
        followed = viewer is not None and viewer.follows_business
        stories = self._world.company_stories()
        return flask.render_template(
            "instagram/profile.html",
            story=stories[-1] if stories else None,
            is_reel=profile_view.is_reel,
            followed=followed,
            message_label=LABELS[self._world.choices.labels],
            counters=profile_view.counters_of(account.id, followed=followed),
            tiles=profile_view.tiles(),
        )

    def follow(self, username: str, name: str) -> ResponseReturnValue:
        """Follow the company, or stop following it."""
        customer = self._world.find_customer(username)
        if customer is None or name.lower() != self._world.account.username:
            flask.abort(404)
        self._world.set_follow(username, not customer.follows_business)
        return flask.redirect(flask.url_for(".profile", name=name), 303)

    def nowhere(self, anything: str) -> ResponseReturnValue:
        """Any other address below the surface; a missing last slash is forgiven."""
        if anything.lower() not in {one.account.username for one in self._world.companies()}:
            flask.abort(404)
        return flask.redirect(flask.url_for(".profile", name=anything), 308)
