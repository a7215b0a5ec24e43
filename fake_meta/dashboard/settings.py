"""App settings: what App Review wants to know of the app, its mode, its secrets."""

from __future__ import annotations

from collections.abc import Mapping

import flask
from flask.typing import ResponseReturnValue

from fake_meta.control.requests import Parser, member
from fake_meta.control.review_wishes import DETAILS
from fake_meta.dashboard.pages import Pages, address, form, mailbox, pixels, read, shown_again
from fake_meta.domain.accounts import AppMode
from fake_meta.domain.errors import NotAllowedError
from fake_meta.domain.login import Flavour
from fake_meta.domain.review.forms import AppDetails, Purpose

_TEXTS = ("contact_email", "category", "privacy_policy_url", "terms_url", "data_deletion_url")
_FLAGS = ("business_verified", "data_handling_answered", "data_use_checked", "access_verified")
_SIDES = ("icon_width", "icon_height")
_PARSERS: Mapping[str, Parser] = {
    **DETAILS,
    "contact_email": mailbox,
    "privacy_policy_url": address,
    "terms_url": address,
    "data_deletion_url": address,
    **dict.fromkeys(_SIDES, pixels),
}


class SettingsPages(Pages):
    """Basic settings and mode."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        at, add = "/apps/<app_id>/settings/basic/", blueprint.add_url_rule
        add(at, "settings", self.show)
        add(at, "save_settings", shown_again(self.show, self.save), methods=["POST"])
        switch = shown_again(self.show, self.switch)
        add("/apps/<app_id>/mode/", "mode", switch, methods=["POST"])

    def show(self, app_id: str) -> ResponseReturnValue:
        """Everything about the app."""
        del app_id
        return flask.render_template(
            "dashboard/settings.html",
            details=self.world.app_details,
            instagram_id=self.world.client(Flavour.INSTAGRAM).id,
            purposes=list(Purpose),
            secret=self.world.app.secret if "secret" in flask.request.args else None,
            missing=missing_for_live(self.world.app_details),
        )

    def save(self, app_id: str) -> ResponseReturnValue:
        """Take the form."""
        del app_id
        given = form()
        wishes: dict[str, object] = {name: given.get(name, "").strip() for name in _TEXTS}
        wishes |= {name: name in given for name in _FLAGS}
        wishes["purpose"] = given.get("purpose", Purpose.OWN_BUSINESS)
        if any(given.get(side, "").strip() for side in _SIDES):
            wishes |= {side: given.get(side, "") for side in _SIDES}
        found = read(wishes, _PARSERS)
        sides = [found.pop(side) for side in _SIDES if side in found]
        self.world.change_details({**found, "icon": tuple(sides) or None})
        return self.done("settings", "Saved.")

    def switch(self, app_id: str) -> ResponseReturnValue:
        """Development and back; live only when everything is there (meta-contract §6.4)."""
        del app_id
        mode = member(AppMode, "mode", form().get("mode"))
        missing = missing_for_live(self.world.app_details)
        if mode is AppMode.LIVE and missing:
            raise NotAllowedError(f"the app cannot go live yet; it needs {', '.join(missing)}")
        self.world.configure_app(mode, {})
        return self.done("settings", f"The app is in {mode} mode.")


def missing_for_live(details: AppDetails) -> tuple[str, ...]:
    """What a live app has and this one has not (meta-contract §6.4)."""
    needed = {
        "the privacy policy URL": details.privacy_policy_url,
        "the terms of service URL": details.terms_url,
        "an icon": details.icon,
        "a category": details.category,
        "the Data Use Checkup": details.data_use_checked,
    }
    return tuple(name for name, value in needed.items() if not value)
