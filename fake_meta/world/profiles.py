"""The verb behind `GET /{igsid}`: who may be seen, and how a profile looks (meta-contract §5.3)."""

from __future__ import annotations

from dataclasses import dataclass

from fake_meta.domain import permissions
from fake_meta.domain.accounts import AccessLevel, Customer, Permission
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.identifiers import Igsid
from fake_meta.world.core import WorldCore

_PROFILE_PERMISSIONS = (Permission.MANAGE_MESSAGES, Permission.BASIC)
PICTURE_PATH = "/scontent.cdninstagram.com/v/t51.2885-19/"


PICTURE_LIFE_S = 3 * 24 * 3600
"""A `profile_pic` expires "in a few days" (meta-contract §5.3)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer with the address of their picture."""

    customer: Customer
    picture_url: str


class ProfileVerbs(WorldCore):
    """Profiles of customers."""

    def profile(self, igsid: str) -> Profile | None:
        """The profile behind `igsid`; None when nobody has it; refusals are `GraphCallError`."""
        with self._lock:
            state = self._state
            access = state.app.access
            record = self._inbox.by_igsid.get(Igsid(igsid))
            if record is None:
                return None
            customer = record.customer
            if AccessLevel.NONE in (access[Permission.MANAGE_MESSAGES], access[Permission.BASIC]):
                raise GraphCallError(GraphError.PERMISSION_MISSING)
            choices = state.choices
            if permissions.first_refusal(state.app, customer, _PROFILE_PERMISSIONS, choices):
                raise GraphCallError(GraphError.PROFILE_WITHOUT_ROLE, id=igsid)
            if not self._has_message_access:
                raise GraphCallError(GraphError.MESSAGE_ACCESS_OFF)
            if customer.blocks_business and choices.blocked_profile == "100/33":
                raise GraphCallError(GraphError.MISSING_GET, id=igsid)
            if record.thread.last_customer_action_ms is None:
                raise GraphCallError(GraphError.CONSENT)
            return Profile(customer, self._picture_url(customer.igsid))

    def company_picture_url(self) -> str:
        """The picture of the company's account."""
        return self._picture_url(self.account.id)

    def _picture_url(self, of: str) -> str:
        expires_s = self._clock.now_ms() // 1000 + PICTURE_LIFE_S
        return f"{self._origin}{PICTURE_PATH}{of}.png?oe={expires_s:08X}&ext={expires_s}"
