"""App settings: what App Review wants to know of the app, its mode, its secrets."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.control.requests import member, parsed
from fake_meta.control.review_wishes import DETAILS
from fake_meta.dashboard.pages import Pages, form, whole
from fake_meta.domain.accounts import AppMode
from fake_meta.domain.errors import NotAllowedError
from fake_meta.domain.login import Flavour
from fake_meta.domain.review.forms import Purpose

_TEXTS = ("contact_email", "category", "privacy_policy_url", "terms_url", "data_deletion_url")
_FLAGS = ("business_verified", "data_handling_answered")


class SettingsPages(Pages):
    """Basic settings and mode."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        blueprint.add_url_rule("/apps/<app_id>/settings/basic/", "settings", self.show)
        blueprint.add_url_rule(
            "/apps/<app_id>/settings/basic/", "save_settings", self.save, methods=["POST"]
        )
        blueprint.add_url_rule("/apps/<app_id>/mode/", "mode", self.switch, methods=["POST"])

    def show(self, app_id: str) -> ResponseReturnValue:
        """Everything about the app."""
        del app_id
        return flask.render_template(
            "dashboard/settings.html",
            details=self.world.app_details,
            clients={flavour: self.world.client(flavour) for flavour in Flavour},
            purposes=list(Purpose),
            secret=self.world.app.secret if "secret" in flask.request.args else None,
        )

    def save(self, app_id: str) -> ResponseReturnValue:
        """Take the form."""
        del app_id
        given = form()
        wishes: dict[str, object] = {name: given.get(name, "").strip() for name in _TEXTS}
        wishes |= {name: name in given for name in _FLAGS}
        wishes["purpose"] = given.get("purpose", Purpose.OWN_BUSINESS)
        if given.get("icon_width") or given.get("icon_height"):
            wishes["icon"] = {"width": whole("icon_width"), "height": whole("icon_height")}
        else:
            wishes["icon"] = None
        self.world.change_details(parsed(wishes, DETAILS))
        return self.done("settings", "Saved.")

    def switch(self, app_id: str) -> ResponseReturnValue:
        """Live needs a privacy policy and a category (meta-contract §6.4)."""
        del app_id
        mode = member(AppMode, "mode", form().get("mode"))
        details = self.world.app_details
        if mode is AppMode.LIVE and not (details.privacy_policy_url and details.category):
            raise NotAllowedError(
                "the app cannot go live: privacy policy URL and category are needed first"
            )
        self.world.configure_app(mode, {})
        return self.done("settings", f"The app is in {mode} mode.")
