"""Who may be heard and answered: a table of app mode, access level and role.

Source: meta-contract §6.4 and §6.5 in the strict reading.
"""

from __future__ import annotations

from collections.abc import Iterable

from fake_meta.domain.accounts import (
    AccessLevel,
    AppMode,
    Customer,
    MetaApp,
    Permission,
    Subscription,
)
from fake_meta.domain.choices import Choices
from fake_meta.domain.graph_errors import AnyError
from fake_meta.domain.platforms import PlatformRules

_USUAL = Choices()

_NOBODY = "nobody granted {permission} to the app"
_NEEDS_ROLE = "under {level} access {permission} covers only people with an accepted role"
_NEEDS_LIVE = (
    "{permission} has advanced access, but in development mode only people with an accepted role "
    "are seen"
)

REFUSALS: dict[tuple[AppMode, AccessLevel, bool], str | None] = {
    (AppMode.DEVELOPMENT, AccessLevel.NONE, True): _NOBODY,
    (AppMode.DEVELOPMENT, AccessLevel.NONE, False): _NOBODY,
    (AppMode.DEVELOPMENT, AccessLevel.STANDARD, True): None,
    (AppMode.DEVELOPMENT, AccessLevel.STANDARD, False): _NEEDS_ROLE,
    (AppMode.DEVELOPMENT, AccessLevel.ADVANCED, True): None,
    (AppMode.DEVELOPMENT, AccessLevel.ADVANCED, False): _NEEDS_LIVE,
    (AppMode.LIVE, AccessLevel.NONE, True): _NOBODY,
    (AppMode.LIVE, AccessLevel.NONE, False): _NOBODY,
    (AppMode.LIVE, AccessLevel.STANDARD, True): None,
    (AppMode.LIVE, AccessLevel.STANDARD, False): _NEEDS_ROLE,
    (AppMode.LIVE, AccessLevel.ADVANCED, True): None,
    (AppMode.LIVE, AccessLevel.ADVANCED, False): None,
}
"""Why an app in this mode, at this level, does not reach a person with or without role."""


def refusal(
    app: MetaApp, customer: Customer, permission: Permission, choices: Choices = _USUAL
) -> str | None:
    """Why `permission` does not cover `customer` in one sentence, or None when it does."""
    level = app.access[permission]
    reason = _reason(app, permission, has_role=customer.has_role, choices=choices)
    if reason is None:
        return None
    why = reason.format(permission=permission, level=level)
    return (
        f"{customer.username} has {_role_of(customer)}; the app is in {app.mode} mode with {level} "
        f"access to {permission}: {why} (meta-contract §6.5)"
    )


def hearing_refusal(
    app: MetaApp,
    customer: Customer,
    choices: Choices = _USUAL,
    permission: Permission = Permission.MANAGE_MESSAGES,
) -> str | None:
    """Why the app hears nothing of `customer`, or None; calls may go further (§6.4)."""
    if choices.published_only == "strict" and app.mode is AppMode.DEVELOPMENT:
        return (
            "the app is in development mode and only a published app is heard, by the choice "
            "published_only (meta-contract §6.4)"
        )
    return refusal(app, customer, permission, choices)


def covers_everybody(app: MetaApp, permission: Permission, choices: Choices = _USUAL) -> bool:
    """People without a role on the app are covered, too."""
    return _reason(app, permission, has_role=False, choices=choices) is None


def _reason(
    app: MetaApp, permission: Permission, *, has_role: bool, choices: Choices
) -> str | None:
    reason = REFUSALS[(app.mode, app.access[permission], has_role)]
    is_own = choices.own_account == "relaxed" and app.mode is AppMode.LIVE
    return None if is_own and reason is _NEEDS_ROLE else reason


def subscription_gap(
    subscription: Subscription | None, field: str, *, installed: bool
) -> str | None:
    """Which of the subscription layers of meta-contract §2.1 is missing, or None."""
    if subscription is None:
        return "the app has no webhook subscription for the object instagram (meta-contract §2.1)"
    if not subscription.active:
        return (
            "the webhook subscription is disabled after an hour of failed deliveries: "
            "the app must subscribe again (meta-contract §2.6)"
        )
    if field not in subscription.fields:
        return f"the app is not subscribed to the webhook field {field} (meta-contract §2.1)"
    if not installed:
        return "the app is not subscribed to the Page by subscribed_apps (meta-contract §2.1.2)"
    return None


def page_gap(
    subscription: Subscription | None, field: str, installed: tuple[str, ...] | None
) -> str | None:
    """The same for the object page, whose fields the Page names as well, or None."""
    if subscription is None:
        return (
            "the app is not subscribed to the object page: "
            "POST /{app-id}/subscriptions (meta-contract §2.1.1)"
        )
    if not subscription.active:
        return (
            "the subscription to the object page is disabled after an hour of failed deliveries: "
            "the app must subscribe again (meta-contract §2.6)"
        )
    if field not in subscription.fields:
        return f"the app's subscription to page lacks {field} (meta-contract §2.1.1)"
    if installed is None or field not in installed:
        return (
            f"the app is not installed on the Page for {field}: "
            "POST /{page-id}/subscribed_apps (meta-contract §2.1.2)"
        )
    return None


def send_fault(app: MetaApp, rules: PlatformRules) -> AnyError:
    """What the Send API answers when `refusal` has a reason (meta-contract §6.6, §7.3)."""
    if app.access[rules.permission] is AccessLevel.NONE:
        return rules.needs_permission
    return rules.no_role


def first_refusal(
    app: MetaApp,
    customer: Customer,
    permissions: Iterable[Permission],
    choices: Choices = _USUAL,
) -> str | None:
    """The first sentence of `refusal` over several permissions, or None."""
    mode, access, has_role = app.mode, app.access, customer.has_role
    for permission in permissions:
        if REFUSALS[mode, access[permission], has_role] is not None:
            reason = refusal(app, customer, permission, choices)
            if reason is not None:
                return reason
    return None


def _role_of(customer: Customer) -> str:
    if customer.role is None:
        return "no role on the app"
    if not customer.role_accepted:
        return f"not accepted the invitation as {customer.role}"
    return f"the role {customer.role}"
