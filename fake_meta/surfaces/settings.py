"""A customer's own settings: privacy, and invitations as tester (meta-contract §6.4, §9.2)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.errors import NotAllowedError
from fake_meta.surfaces.addresses import SETTINGS
from fake_meta.surfaces.visitors import Visitors
from fake_meta.world import World


class SettingsPages:
    """Settings > Account privacy, and Settings > Apps and websites > Tester invites."""

    def __init__(self, world: World, visitors: Visitors) -> None:
        self._world = world
        self._visitors = visitors

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        logged_in, add = self._visitors.logged_in, blueprint.add_url_rule
        at = SETTINGS
        add(at, "settings", logged_in(self.show))
        add(f"{at}privacy/", "privacy", logged_in(self.privacy), methods=["POST"])
        add(f"{at}invitation/", "invitation", logged_in(self.answer), methods=["POST"])

    def show(self, username: str) -> ResponseReturnValue:
        """The switches as they are."""
        customer = self._world.customer(username)
        return flask.render_template(
            "instagram/settings.html", app_name=self._world.app.name, invited=customer.is_invited
        )

    def privacy(self, username: str) -> ResponseReturnValue:
        """Make the account private, or public again."""
        private = flask.request.form.get("private") == "true"
        self._world.change_customer(username, {"private": private})
        return _back()

    def answer(self, username: str) -> ResponseReturnValue:
        """Accept or decline the invitation: only an accepted role is heard."""
        if not self._world.customer(username).is_invited:
            raise NotAllowedError(f"{username} has no invitation of {self._world.app.name}")
        accepts = flask.request.form.get("act") == "accept"
        self._world.change_customer(
            username, {"role_accepted": True} if accepts else {"role": None}
        )
        return _back()


def _back() -> ResponseReturnValue:
    return flask.redirect(flask.url_for(".settings"), 303)
