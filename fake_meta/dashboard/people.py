"""App roles: who may be heard before approval (meta-contract §6.4)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.control.requests import member
from fake_meta.dashboard.pages import FormError, Pages, form, shown_again
from fake_meta.domain.accounts import Role


class RolePages(Pages):
    """Invite, accept in the invited one's place, remove."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        at, change = "/apps/<app_id>/roles/", shown_again(self.show, self.change)
        blueprint.add_url_rule(at, "roles", self.show)
        blueprint.add_url_rule(at, "change_role", change, methods=["POST"])

    def show(self, app_id: str) -> ResponseReturnValue:
        """Everybody with a role."""
        del app_id
        people = [one for one in self.world.customers if one.role is not None]
        return flask.render_template("dashboard/roles.html", people=people, roles=list(Role))

    def change(self, app_id: str) -> ResponseReturnValue:
        """Invite by username; an invitation counts once it is accepted on Instagram."""
        del app_id
        username, act = form().get("username", "").strip().lstrip("@").lower(), form().get("act")
        if act == "remove":
            self.world.change_customer(username, {"role": None})
            return self.done("roles", f"{username} has no role any more.")
        if act == "accept":
            self.world.change_customer(username, {"role_accepted": True})
            return self.done("roles", f"{username} accepted the invitation.")
        if self.world.find_customer(username) is None:
            raise FormError({"username": f"nobody on Instagram is called {username!r}"})
        role = member(Role, "role", form().get("role"))
        self.world.change_customer(username, {"role": role, "role_accepted": False})
        return self.done(
            "roles",
            f"{username} is invited, and can accept on Instagram: Settings, Apps and websites, "
            "Tester invites.",
        )
