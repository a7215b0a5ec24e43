"""`GET /{igsid}`: the profile of a customer, and how it fails (meta-contract §5.3)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.accounts import ProfileFault
from fake_meta.domain.choices import Choices
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.world import Profile

TIMEOUT_S = 10.0
"""How long the profile fault "timeout" keeps the caller waiting before it answers an error."""

DEFAULTS = {"name_id": ("name", "id"), "name_picture_id": ("name", "profile_pic", "id")}
"""What a read without `fields` shows, by the choice profile_defaults."""

_FAULTS = {
    ProfileFault.CONSENT: GraphError.CONSENT,
    ProfileFault.NO_MATCH: GraphError.NO_MATCHING_PROFILE,
    ProfileFault.MISSING_PERMISSION: GraphError.PERMISSION_MISSING,
    ProfileFault.TIMEOUT: GraphError.UNEXPECTED,
}


def read_profile(context: GraphContext, call: GraphCall, profile: Profile) -> Answer:
    """The profile, or what the customer's `profile_fault` makes of it."""
    fault = profile.customer.profile_fault
    if fault is ProfileFault.TIMEOUT:
        context.stopping.wait(TIMEOUT_S)
        if context.world.choices.profile_timeout == "broken":
            body = {"id": profile.customer.igsid}
            return Answer(body, profile.customer.username, event="profile", is_cut=True)
    if fault in _FAULTS:
        raise GraphCallError(_FAULTS[fault])
    choices = context.world.choices
    available = _fields(profile, choices)
    if profile.customer.blocks_business:
        available = {**dict.fromkeys(available, ...), "id": profile.customer.igsid}
    body = selected(call, "IGBusinessScopedID", available, DEFAULTS[choices.profile_defaults])
    return Answer(body, customer=profile.customer.username, event="profile")


def _fields(profile: Profile, choices: Choices) -> dict[str, Any]:
    customer = profile.customer
    is_nameless = customer.profile_fault is ProfileFault.EMPTY_NAME
    nothing = None if choices.empty_profile == "null" else ...
    return {
        "name": nothing if is_nameless else customer.name,
        "username": customer.username,
        "profile_pic": nothing if is_nameless else profile.picture_url,
        "follower_count": int(customer.igsid[-3:]) if customer.igsid[-3:].isdecimal() else 0,
        "is_user_follow_business": customer.follows_business,
        "is_business_follow_user": customer.followed_by_business,
        "is_verified_user": False,
        "id": customer.igsid,
    }
