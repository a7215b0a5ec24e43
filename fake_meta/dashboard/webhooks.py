"""Webhooks: callback, fields, Test, alerts (meta-contract §2.1, §2.6, §2.8)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.dashboard.pages import Pages, form
from fake_meta.domain.accounts import Subscription
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.events import INSTAGRAM_OBJECT, WebhookField
from fake_meta.journal import EntryOutcome


class WebhookPages(Pages):
    """The subscription of the object instagram."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        blueprint.add_url_rule("/apps/<app_id>/webhooks/", "webhooks", self.show)
        blueprint.add_url_rule(
            "/apps/<app_id>/webhooks/", "subscribe", self.subscribe, methods=["POST"]
        )
        blueprint.add_url_rule(
            "/apps/<app_id>/webhooks/test/", "test_event", self.test, methods=["POST"]
        )

    def show(self, app_id: str) -> ResponseReturnValue:
        """The subscription and what Meta has to say about it."""
        del app_id
        found = [one for one in self.world.subscriptions if one.object == INSTAGRAM_OBJECT]
        return flask.render_template(
            "dashboard/webhooks.html",
            subscription=found[0] if found else None,
            fields=list(WebhookField),
            page_fields=self.world.page_fields or self.world.account_fields,
            alerts=self.world.alerts,
            verify_token=self.world.app.verify_token,
        )

    def subscribe(self, app_id: str) -> ResponseReturnValue:
        """Verify the callback, then subscribe to the ticked fields."""
        del app_id
        url, token = form().get("callback_url", "").strip(), form().get("verify_token", "")
        if not url.startswith(("http://", "https://")):
            raise InvalidRequestError(f"the callback must be a URL, not {url!r}")
        known = set(WebhookField)
        fields = tuple(one for one in form().getlist("fields") if one in known)
        result = self.parts.sender.verify(url, token)
        if not result.verified:
            raise InvalidRequestError(f"the callback could not be verified: {result.error}")
        subscription = Subscription(INSTAGRAM_OBJECT, url, token, fields)
        self.world.subscribe_app(subscription, by_dashboard=True)
        return self.done("webhooks", "Verified and saved.")

    def test(self, app_id: str) -> ResponseReturnValue:
        """Send the sample of the field messages."""
        del app_id
        entry = self.parts.sender.test_event(form().get("form"))
        well = entry.outcome is EntryOutcome.DELIVERED
        said = "The app took it." if well else f"The app did not take it: {entry.reason}"
        return self.done("webhooks", said)
