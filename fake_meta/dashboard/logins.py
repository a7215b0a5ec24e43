"""Log-in settings of both flavours: redirect addresses and callbacks (§6.1, §6.2, §11)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.control.logins import SETTINGS
from fake_meta.control.requests import member
from fake_meta.courier import CallbackWish
from fake_meta.dashboard.pages import Pages, form, read, shown_again
from fake_meta.domain.login import Flavour
from fake_meta.domain.signed_request import CallbackKind
from fake_meta.journal import EntryOutcome

_CALLBACKS = ("deauthorize_url", "data_deletion_url")


class LoginPages(Pages):
    """One form for Facebook Login, one for Instagram Login."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        at, add = "/apps/<app_id>/login/", blueprint.add_url_rule
        add(at, "logins", self.show)
        add(at, "save_login", shown_again(self.show, self.save), methods=["POST"])
        call = shown_again(self.show, self.call)
        add(f"{at}callback/", "call_back", call, methods=["POST"])

    def show(self, app_id: str) -> ResponseReturnValue:
        """What each flavour has."""
        del app_id
        return flask.render_template(
            "dashboard/logins.html",
            clients={flavour: self.world.client(flavour) for flavour in Flavour},
            sent=form().get("flavour"),
        )

    def save(self, app_id: str) -> ResponseReturnValue:
        """Take one flavour's form."""
        del app_id
        given = form()
        flavour = member(Flavour, "flavour", given.get("flavour"))
        wishes: dict[str, object] = {
            name: given.get(name, "").strip() or None for name in _CALLBACKS
        }
        wishes["redirect_uris"] = given.get("redirect_uris", "").split()
        wishes["proof_required"] = "proof_required" in given
        self.world.configure_client(flavour, read(wishes, SETTINGS))
        return self.done("logins", f"Saved what {flavour.title()} Login knows of the app.")

    def call(self, app_id: str) -> ResponseReturnValue:
        """Ask for the deletion of the person's data, as Meta would."""
        del app_id
        flavour = member(Flavour, "flavour", form().get("flavour"))
        entries = self.parts.callbacks.send(CallbackWish(CallbackKind.DATA_DELETION, flavour))
        failed = [one for one in entries if one.outcome is EntryOutcome.FAILED]
        said = f"It did not go well: {failed[0].reason}" if failed else "The app confirmed it."
        return self.done("logins", f"Data deletion request sent. {said}")
