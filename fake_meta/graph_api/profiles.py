"""`GET /{igsid}`: the profile of a customer, and how it fails (meta-contract §5.3)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.accounts import ProfileFault
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.world import Profile

TIMEOUT_S = 10.0
"""How long the profile fault "timeout" keeps the caller waiting before it answers an error."""

_FAULTS = {
    ProfileFault.CONSENT: GraphError.CONSENT,
    ProfileFault.NO_MATCH: GraphError.NO_MATCHING_PROFILE,
    ProfileFault.MISSING_PERMISSION: GraphError.NO_PERMISSION,
    ProfileFault.TIMEOUT: GraphError.UNEXPECTED,
}


def read_profile(context: GraphContext, call: GraphCall, profile: Profile) -> Answer:
    """The profile, or what the customer's `profile_fault` makes of it."""
    fault = profile.customer.profile_fault
    if fault is ProfileFault.TIMEOUT:
        context.stopping.wait(TIMEOUT_S)
    if fault in _FAULTS:
        raise GraphCallError(_FAULTS[fault])
    available = _fields(profile, nameless=fault is ProfileFault.EMPTY_NAME)
    body = selected(call, "IGBusinessScopedID", available, ("name", "id"))
    return Answer(body, customer=profile.customer.username, event="profile")


def _fields(profile: Profile, *, nameless: bool) -> dict[str, Any]:
    customer = profile.customer
    return {
        "name": None if nameless else customer.name,
        "username": customer.username,
        "profile_pic": None if nameless else profile.picture_url,
        "follower_count": int(customer.igsid[-3:]) if customer.igsid[-3:].isdecimal() else 0,
        "is_user_follow_business": customer.follows_business,
        "is_business_follow_user": customer.followed_by_business,
        "is_verified_user": False,
        "id": customer.igsid,
    }
