"""`GET /{psid}`: the profile of a person on Messenger, and how it fails (meta-contract §5.3)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.accounts import Customer, ProfileFault
from fake_meta.domain.graph_errors import AnyError, GraphCallError, GraphError
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.graph_api.profiles import TIMEOUT_S
from fake_meta.world import Profile

DEFAULTS = ("first_name", "last_name", "profile_pic", "id")
"""What a read without `fields` shows."""

_FAULTS: dict[ProfileFault, AnyError] = {
    ProfileFault.NO_MATCH: MessagingError.NO_MATCHING_USER,
    ProfileFault.MISSING_PERMISSION: MessagingError.PROFILE_FORBIDDEN,
    ProfileFault.PHONE_ACCOUNT: MessagingError.PROFILE_OF_PHONE,
    ProfileFault.TIMEOUT: GraphError.UNEXPECTED,
}


def read_psid(context: GraphContext, call: GraphCall, profile: Profile) -> Answer:
    """The profile; an empty object of whom the app has no access to (meta-contract §5.3)."""
    customer = profile.customer
    if not profile.is_shown or customer.profile_fault is ProfileFault.CONSENT:
        return Answer({}, customer=customer.username, event="profile")
    if customer.profile_fault is ProfileFault.TIMEOUT:
        context.stopping.wait(TIMEOUT_S)
    if customer.profile_fault in _FAULTS:
        raise GraphCallError(_FAULTS[customer.profile_fault])
    body = selected(call, "User", _fields(customer, profile.picture_url), DEFAULTS)
    return Answer(body, customer=customer.username, event="profile")


def _fields(customer: Customer, picture_url: str) -> dict[str, Any]:
    first, _, last = customer.name.partition(" ")
    shown: dict[str, Any] = {
        "first_name": first,
        "last_name": last,
        "name": customer.name,
        "profile_pic": picture_url,
        "locale": "pt_BR",
        "timezone": -3,
        "gender": ...,
        "id": customer.igsid,
    }
    if customer.profile_fault is ProfileFault.EMPTY_NAME:
        shown.update(first_name=..., last_name=..., name=..., profile_pic=...)
    return shown
