"""Webhooks: callback, fields, Test, alerts, for each object (meta-contract §2.1, §2.6, §2.8)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.dashboard.pages import FormError, Pages, form, shown_again
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.events import INSTAGRAM_OBJECT, PAGE_OBJECT
from fake_meta.domain.subscription_fields import FIELDS, OFFERED
from fake_meta.journal import EntryOutcome

PRODUCTS = {INSTAGRAM_OBJECT: "Instagram", PAGE_OBJECT: "Page (Messenger)"}
_SCHEMES = ("http://", "https://")


class WebhookPages(Pages):
    """The subscription of each object."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        at, add = "/apps/<app_id>/webhooks/", blueprint.add_url_rule
        add(at, "webhooks", self.show)
        add(at, "subscribe", shown_again(self.show, self.subscribe), methods=["POST"])
        add(f"{at}remove/", "unsubscribe", self.unsubscribe, methods=["POST"])
        add(f"{at}test/", "test_event", shown_again(self.show, self.test), methods=["POST"])

    def show(self, app_id: str) -> ResponseReturnValue:
        """The subscription and what Meta has to say about it."""
        del app_id
        about, world = _object(), self.world
        subscription = next((one for one in world.subscriptions if one.object == about), None)
        known = () if subscription is None else subscription.fields
        installed = world.page_fields
        if about == INSTAGRAM_OBJECT:
            installed = installed or world.account_fields
        return flask.render_template(
            "dashboard/webhooks.html",
            about=about,
            products=PRODUCTS,
            subscription=subscription,
            fields=dict.fromkeys((*OFFERED[about], *known)),
            page_fields=installed,
            alerts=[one for one in reversed(world.alerts) if one.resolved_ms is None],
            verify_token=world.app.verify_token,
        )

    def subscribe(self, app_id: str) -> ResponseReturnValue:
        """Verify the callback, then subscribe to the ticked fields."""
        del app_id
        url, token = form().get("callback_url", "").strip(), form().get("verify_token", "")
        fields = tuple(one for one in form().getlist("fields") if one in FIELDS)
        checks = (
            ("callback_url", url.startswith(_SCHEMES), f"it must be a URL, not {url[:80]!r}"),
            ("verify_token", bool(token), "choose a text that your callback compares"),
            ("fields", bool(fields), "tick at least one; without one nothing is delivered"),
        )
        errors = {name: sentence for name, is_well, sentence in checks if not is_well}
        if errors:
            raise FormError(errors)
        result = self.parts.sender.verify(url, token)
        if not result.verified:
            sentence = f"the callback could not be verified: {result.error}"
            raise FormError({"callback_url": sentence})
        about = _object()
        self.world.subscribe_app(Subscription(about, url, token, fields), by_dashboard=True)
        return self.done("webhooks", "Verified and saved.", object=about)

    def unsubscribe(self, app_id: str) -> ResponseReturnValue:
        """End the subscription of the object."""
        del app_id
        self.world.unsubscribe_app(_object())
        return self.done("webhooks", "The subscription is removed.", object=_object())

    def test(self, app_id: str) -> ResponseReturnValue:
        """Send the sample of the field messages."""
        del app_id
        about = _object()
        entry = self.parts.sender.test_event(form().get("form"), of=about)
        well = entry.outcome is EntryOutcome.DELIVERED
        said = "The app took it." if well else f"The app did not take it: {entry.reason}"
        return self.done("webhooks", said, object=about)


def _object() -> str:
    """Which object the page is about."""
    asked = flask.request.values.get("object", INSTAGRAM_OBJECT)
    return asked if asked in PRODUCTS else INSTAGRAM_OBJECT
