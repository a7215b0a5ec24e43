"""The verb behind `GET /{igsid}`: who may be seen, and how a profile looks (meta-contract §5.3)."""

from __future__ import annotations

from typing import NamedTuple

from fake_meta.domain import permissions
from fake_meta.domain.accounts import AccessLevel, Customer, Permission
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid, looks_like_psid
from fake_meta.world.core import WorldCore
from fake_meta.world.state import CustomerRecord

_PROFILE_PERMISSIONS = (Permission.MANAGE_MESSAGES, Permission.BASIC)
PICTURE_PATH = "/scontent.cdninstagram.com/v/t51.2885-19/"


PICTURE_LIFE_S = 3 * 24 * 3600
"""A `profile_pic` expires "in a few days" (meta-contract §5.3)."""


class Profile(NamedTuple):
    """A customer with the address of their picture; `is_shown`: the app has access to it."""

    customer: Customer
    picture_url: str
    is_shown: bool = True


class ProfileVerbs(WorldCore):
    """Profiles of customers."""

    def profile(self, igsid: str) -> Profile | None:
        """The profile behind `igsid`; None when nobody has it; refusals are `GraphCallError`."""
        with self._lock:
            record = self._inbox.by_igsid.get(Igsid(igsid))
            if record is None:
                return None
            if self._is_on_messenger:
                return self._psid_profile(record)
            customer, state = record.customer, self._shared.state
            app, choices = state.app, state.choices
            if permissions.first_refusal(app, customer, _PROFILE_PERMISSIONS, choices):
                is_taken = AccessLevel.NONE in map(app.access.__getitem__, _PROFILE_PERMISSIONS)
                if is_taken:
                    raise GraphCallError(GraphError.PERMISSION_MISSING)
                raise GraphCallError(GraphError.PROFILE_WITHOUT_ROLE, id=igsid)
            if not self._has_message_access:
                raise GraphCallError(GraphError.MESSAGE_ACCESS_OFF)
            if customer.blocks_business and choices.blocked_profile == "100/33":
                raise GraphCallError(GraphError.MISSING_GET, id=igsid)
            if record.thread.last_customer_action_ms is None:
                raise GraphCallError(GraphError.CONSENT)
            picture_url = self._picture_url(customer.igsid)
            return tuple.__new__(Profile, (customer, picture_url, True))  # a quick constructor

    def is_igsid(self, person_id: str) -> bool:
        """The person is one of Instagram's, and this is that inbox."""
        return not self._is_on_messenger and person_id in self._home.by_igsid

    def is_psid(self, person_id: str) -> bool:
        """The person is one of Messenger's; of somebody unknown the shape of the id says it."""
        with self._lock:
            home = self._home
            if Igsid(person_id) in home.by_igsid:
                return False
            known = home.messenger is not None and Igsid(person_id) in home.messenger.by_igsid
            return known or looks_like_psid(person_id)

    def _psid_profile(self, record: CustomerRecord) -> Profile:
        """On Messenger who has not written, blocked the Page or is not covered shows nothing."""
        state, customer = self._state, record.customer
        if state.app.access[Permission.PAGES_MESSAGING] is AccessLevel.NONE:
            raise GraphCallError(GraphError.NEEDS_PAGES_MESSAGING)
        refused = permissions.refusal(
            state.app, customer, Permission.PAGES_MESSAGING, state.choices
        )
        silent = record.thread.last_customer_action_ms is None or customer.blocks_business
        is_shown = refused is None and not silent
        return Profile(customer, self._picture_url(customer.igsid), is_shown)

    def company_picture_url(self) -> str:
        """The picture of the company's account."""
        return self._picture_url(self.account.id)

    def _picture_url(self, of: str) -> str:
        expires_s = self._clock.now_ms() // 1000 + PICTURE_LIFE_S
        return f"{self._origin}{PICTURE_PATH}{of}.png?oe={expires_s:08X}&ext={expires_s}"
