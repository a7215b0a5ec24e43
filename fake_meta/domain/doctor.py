"""Why no webhook arrives: every layer that must be right, in the order in which Meta asks.

The layers are those of meta-contract §2.1; at Meta none of them shows an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fake_meta.domain.accounts import AccessLevel, Customer, MetaApp, Permission, Subscription
from fake_meta.domain.choices import Choices
from fake_meta.domain.permissions import hearing_refusal
from fake_meta.domain.platforms import RULES, Platform

_MESSAGES = "messages"
_USUAL = Choices()


class Health(StrEnum):
    """What a look at one layer says."""

    GOOD = "good"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the newest attempt to reach the callback."""

    delivered: bool
    what: str
    was_answered: bool = True

    @property
    def cure(self) -> str:
        """What to do when it failed."""
        if self.was_answered:
            return "let the callback answer 200 within 5 seconds, whatever the event is"
        return "nobody answers there: start the app, or subscribe again with its present address"


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is to look at; `customer` is somebody whose messages are missed, if asked for."""

    app: MetaApp
    subscription: Subscription | None
    page_fields: Sequence[str] | None
    customers: Sequence[Customer]
    customer: Customer | None = None
    last_delivery: Delivery | None = None
    choices: Choices = _USUAL
    account_gap: str | None = None
    platform: Platform = Platform.INSTAGRAM

    @property
    def object(self) -> str:
        """What the app must be subscribed to."""
        return RULES[self.platform].object

    @property
    def permission(self) -> Permission:
        """What the app must have been granted."""
        return RULES[self.platform].permission

    def refusal(self, customer: Customer) -> str | None:
        """Why the app hears nothing of this customer, or None."""
        return hearing_refusal(self.app, customer, self.choices, self.permission)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen at one layer, and what to do when it is wrong."""

    layer: str
    health: Health
    seen: str
    cure: str = ""
    section: str = "2.1"


def examine(situation: Situation) -> tuple[Finding, ...]:
    """Look at every layer; what cannot be seen because of an earlier one is unknown."""
    return tuple(look(situation) for look in _LOOKS)


def first_wrong(findings: Sequence[Finding]) -> Finding | None:
    """The layer to mend first; None when nothing is wrong."""
    return next((one for one in findings if one.health is Health.WRONG), None)


def _subscription(situation: Situation) -> Finding:
    subscription = situation.subscription
    if subscription is None:
        return Finding(
            "app subscription",
            Health.WRONG,
            f"the app has no webhook subscription for the object {situation.object}",
            "POST /{app-id}/subscriptions with object, callback_url, fields and verify_token",
            "2.1.1",
        )
    seen = f"callback {subscription.callback_url}"
    return Finding("app subscription", Health.GOOD, seen, section="2.1.1")


def _activity(situation: Situation) -> Finding:
    subscription = situation.subscription
    if subscription is None:
        return _unseen("still active", "2.6")
    if subscription.active:
        return Finding("still active", Health.GOOD, "not disabled", section="2.6")
    return Finding(
        "still active",
        Health.WRONG,
        "disabled after an hour without one successful delivery",
        "let the callback answer 200, then POST /{page-id}/subscribed_apps again",
        "2.6",
    )


def _fields(situation: Situation) -> Finding:
    subscription = situation.subscription
    if subscription is None:
        return _unseen("field messages", "2.1.1")
    fields = ", ".join(subscription.fields) or "none"
    if _MESSAGES in subscription.fields:
        return Finding("field messages", Health.GOOD, f"subscribed fields: {fields}", "", "2.1.1")
    return Finding(
        "field messages",
        Health.WRONG,
        f"messages is not among the subscribed fields: {fields}",
        "subscribe again with fields=messages",
        "2.1.1",
    )


def _installation(situation: Situation) -> Finding:
    if situation.page_fields is None:
        return Finding(
            "installed on the Page",
            Health.WRONG,
            "the app is not installed on the Page",
            "POST /{page-id}/subscribed_apps with the Page token",
            "2.1.2",
        )
    fields = ", ".join(situation.page_fields) or "none"
    if situation.platform is Platform.MESSENGER and _MESSAGES not in situation.page_fields:
        return Finding(
            "installed on the Page",
            Health.WRONG,
            f"the app is installed on the Page, but not for messages: {fields}",
            "POST /{page-id}/subscribed_apps with subscribed_fields=messages",
            "2.1.2",
        )
    return Finding("installed on the Page", Health.GOOD, f"fields: {fields}", "", "2.1.2")


def _account(situation: Situation) -> Finding:
    if situation.account_gap is None:
        return Finding("account", Health.GOOD, "the account lets the app hear", "", "9.4")
    cure = "PATCH /_control/account, or make the call that is named"
    return Finding("account", Health.WRONG, situation.account_gap, cure, "9.4")


def _permission(situation: Situation) -> Finding:
    level = situation.app.access[situation.permission]
    seen = f"{situation.permission}: {level} access, app in {situation.app.mode} mode"
    if level is AccessLevel.NONE:
        cure = "grant the permission in the login dialog, or PATCH /_control/app"
        return Finding("permission", Health.WRONG, seen, cure, "6.6")
    return Finding("permission", Health.GOOD, seen, "", "6.5")


def _person(situation: Situation) -> Finding:
    if situation.customer is None:
        return _people(situation)
    reason = situation.refusal(situation.customer)
    if reason is None:
        seen = f"{situation.customer.username} is covered"
        return Finding("customer", Health.GOOD, seen, "", "6.5")
    cure = "give the customer a role that is accepted, or get advanced access and go live"
    return Finding("customer", Health.WRONG, reason, cure, "6.5")


def _people(situation: Situation) -> Finding:
    covered = [one.username for one in situation.customers if situation.refusal(one) is None]
    seen = f"{len(covered)} of {len(situation.customers)} customers are covered"
    if covered or not situation.customers:
        return Finding("customers", Health.GOOD, seen, "", "6.5")
    cure = "give a customer a role that is accepted, or get advanced access and go live"
    return Finding("customers", Health.WRONG, seen, cure, "6.5")


def _callback(situation: Situation) -> Finding:
    last = situation.last_delivery
    if last is None:
        cure = "let a customer write, or send the dashboard's Test event"
        return Finding("callback", Health.UNKNOWN, "nothing was delivered yet", cure, "2.5")
    if last.delivered:
        return Finding("callback", Health.GOOD, f"newest delivery: {last.what}", "", "2.5")
    return Finding(
        "callback",
        Health.WRONG,
        f"newest delivery failed: {last.what}",
        last.cure,
        "2.5",
    )


def _unseen(layer: str, section: str) -> Finding:
    return Finding(layer, Health.UNKNOWN, "there is no subscription to look at", "", section)


_LOOKS: tuple[Callable[[Situation], Finding], ...] = (
    _subscription,
    _activity,
    _fields,
    _installation,
    _permission,
    _account,
    _person,
    _callback,
)
