"""The person behind a user token: `me`, and what they granted (meta-contract §5.1, §6.1)."""

from __future__ import annotations

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour, GrantStatus
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import selected
from fake_meta.graph_api.nodes import nested_pages


def read_user(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /me` with a user token."""
    person = context.world.user(call.bearer.subject)
    email = person.login if call.bearer.covers("email") else ...
    first, _, last = person.name.partition(" ")
    available = {
        "id": person.id,
        "name": person.name,
        "first_name": first,
        "last_name": last,
        "email": email,
        "accounts": lambda field: nested_pages(context.world, call, field),
    }
    return Answer(selected(call, "User", available, ("name", "id")))


def read_permissions(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /me/permissions`: every answer that the person gave; 90 days later they lapse."""
    world = context.world
    lapsed = not call.bearer.has_data_access(world.now_ms())
    given = world.grants(Flavour.FACEBOOK)
    if _is_test_user(context, call):
        given = dict.fromkeys(call.bearer.scopes or (), GrantStatus.GRANTED)
    data = [
        {"permission": name, "status": GrantStatus.EXPIRED if lapsed else status}
        for name, status in given.items()
    ]
    return Answer({"data": data})


def revoke_permissions(context: GraphContext, call: GraphCall) -> Answer:
    """`DELETE /me/permissions[/{scope}]`: one permission, or the app as a whole."""
    scope = call.path[2] if len(call.path) > 2 else call.text("permission")
    if _is_test_user(context, call):
        detail = "A test user's permissions are those of its token: create another."
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    if scope is None:
        context.callbacks.remove_app(Flavour.FACEBOOK)
    elif not context.world.revoke_permission(Flavour.FACEBOOK, scope):
        detail = f"Permission {scope} is not granted."
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return Answer({"success": True}, event="revoke")


def _is_test_user(context: GraphContext, call: GraphCall) -> bool:
    return call.bearer.subject != context.world.person(Flavour.FACEBOOK).id
