"""Verbs about the app: mode, access levels, tokens and the layers of webhook subscription."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fake_meta.domain.accounts import (
    AccessLevel,
    AppMode,
    MetaApp,
    Page,
    Permission,
    Subscription,
)
from fake_meta.domain.alerts import AlertKind
from fake_meta.domain.events import INSTAGRAM_OBJECT, PAGE_OBJECT
from fake_meta.domain.login import Flavour
from fake_meta.world.core import WorldCore


@dataclass(frozen=True, slots=True)
class DeliveryTarget:
    """Where deliveries go and what signs them."""

    url: str
    secret: str
    verify_token: str
    active: bool
    other_secret: str = ""


class MetaAppVerbs(WorldCore):
    """The App Dashboard and the tokens."""

    @property
    def app(self) -> MetaApp:
        """The app under review."""
        with self._lock:
            return self._state.app

    @property
    def page(self) -> Page:
        """The company's Page."""
        with self._lock:
            return self._inbox.page

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """App-level subscriptions."""
        with self._lock:
            return tuple(self._state.subscriptions.values())

    @property
    def page_fields(self) -> tuple[str, ...] | None:
        """The fields for which the app is installed on the Page; None when it is not."""
        with self._lock:
            return self._home.page_fields

    def configure_app(
        self, mode: AppMode | None, access: Mapping[Permission, AccessLevel]
    ) -> MetaApp:
        """Change the app's mode and access levels."""
        with self._lock:
            app = self._state.app
            self._state.app = replace(app, mode=mode or app.mode, access={**app.access, **access})
            return self._state.app

    @property
    def has_human_agent(self) -> bool:
        """The app was granted the feature Human Agent (meta-contract §4.5)."""
        with self._lock:
            granted = self._state.human_agent
            return self.choices.human_agent == "granted" if granted is None else granted

    def grant_human_agent(self, *, is_granted: bool) -> None:
        """Grant the feature Human Agent, or take it away."""
        with self._lock:
            self._state.human_agent = is_granted

    def subscribe_app(self, subscription: Subscription, *, by_dashboard: bool = False) -> None:
        """Store an app-level subscription; its callback has been verified."""
        with self._lock:
            subscriptions = self._state.subscriptions
            before = subscriptions.get(subscription.object)
            stays_disabled = before is not None and not before.active and not by_dashboard
            if stays_disabled and self.choices.resubscribe == "dashboard_only":
                subscription = replace(subscription, active=False)
            subscriptions[subscription.object] = subscription
            if subscription.active:
                self._resolve((AlertKind.DISABLED,))

    def unsubscribe_app(self, object_name: str, fields: Sequence[str] = ()) -> None:
        """Remove fields of an app-level subscription, all of it when none is named or left."""
        with self._lock:
            subscription = self._state.subscriptions.get(object_name)
            if subscription is None:
                return
            left = tuple(field for field in subscription.fields if field not in fields)
            if fields and left:
                self._state.subscriptions[object_name] = replace(subscription, fields=left)
            else:
                del self._state.subscriptions[object_name]

    def install_on_page(self, fields: Sequence[str], token: str | None = None) -> None:
        """Subscribe the app to the Page; this also re-enables a disabled subscription."""
        with self._lock:
            self._home.page_fields = tuple(fields)
            self._installed_with(token)

    def uninstall_from_page(self) -> None:
        """Remove the app from the Page."""
        with self._lock:
            self._home.page_fields = None

    @property
    def account_fields(self) -> tuple[str, ...] | None:
        """The fields for which flavour B subscribed the account; None when it did not."""
        with self._lock:
            return self._home.account_fields

    def install_on_account(self, fields: Sequence[str], token: str | None = None) -> None:
        """Subscribe the account by flavour B; this also re-enables a disabled subscription."""
        with self._lock:
            self._home.account_fields = tuple(fields)
            self._installed_with(token)

    def uninstall_from_account(self) -> None:
        """End the subscription of flavour B."""
        with self._lock:
            self._home.account_fields = None

    def disable_subscription(self, of: str = INSTAGRAM_OBJECT) -> None:
        """Give up after an hour of failures: the app is unsubscribed from this Page and account.

        The subscription itself ends with its last one (meta-contract §2.6).
        """
        with self._lock:
            self._home.page_fields = None
            if of == INSTAGRAM_OBJECT:
                self._home.account_fields = None
            left = self._state.inboxes.values()
            is_page = of == PAGE_OBJECT
            if not any(
                one.page_fields is not None if is_page else one.is_installed for one in left
            ):
                self._set_active((of,), active=False)

    def delivery_target(self, of: str = INSTAGRAM_OBJECT) -> DeliveryTarget | None:
        """Callback and secret of this object's subscription, active or not; None without one."""
        with self._lock:
            subscription = self._state.subscriptions.get(of)
            if subscription is None:
                return None
            if of == PAGE_OBJECT:
                return DeliveryTarget(
                    url=subscription.callback_url,
                    secret=self._state.app.secret,
                    verify_token=subscription.verify_token,
                    active=subscription.active and self._home.page_fields is not None,
                    other_secret=self._state.login.clients[Flavour.INSTAGRAM].secret,
                )
            return DeliveryTarget(
                url=subscription.callback_url,
                secret=self._signing_secret(),
                verify_token=subscription.verify_token,
                active=subscription.active and self._home.is_installed,
                other_secret=self._other_secret(),
            )

    def sends_bare_changes(self) -> bool:
        """Events of posts and comments come without `changes` around them (meta-contract §3.1)."""
        state = self._state
        is_bare = state.choices.changes_envelope == "bare"
        return is_bare and self._home.account_fields is not None

    def _installed_with(self, token: str | None) -> None:
        self._home.installer = token
        if self.choices.resubscribe == "by_edge":
            self._set_active((INSTAGRAM_OBJECT, PAGE_OBJECT), active=True)

    def _set_active(self, objects: Sequence[str], *, active: bool) -> None:
        subscriptions = self._state.subscriptions
        for name in objects:
            if name not in subscriptions:
                continue
            subscriptions[name] = replace(subscriptions[name], active=active)
            if active:
                self._resolve((AlertKind.DISABLED,))

    def _other_secret(self) -> str:
        """What signs for the flavour by which the account is not subscribed."""
        state = self._state
        if self._home.account_fields is None:
            return state.login.clients[Flavour.INSTAGRAM].secret
        return state.app.secret

    def _signing_secret(self) -> str:
        """An account subscribed by flavour B is signed by the Instagram app (§12 row 15)."""
        state = self._state
        if self._home.account_fields is None:
            return state.app.secret
        return state.login.clients[Flavour.INSTAGRAM].secret
