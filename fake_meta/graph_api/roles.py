"""`/{app-id}/roles`: who has a role on the app (meta-contract §6.4)."""

from __future__ import annotations

from fake_meta.domain.accounts import Customer, Role
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.world import World

_WORDS = {
    "administrators": Role.ADMINISTRATOR,
    "developers": Role.DEVELOPER,
    "testers": Role.TESTER,
}
_NAMES = {role: word for word, role in _WORDS.items()}


def read_roles(context: GraphContext, _call: GraphCall) -> Answer:
    """`GET`: the Page's administrator, and everybody whose invitation was accepted."""
    world = context.world
    people = [one for one in world.customers if one.role_accepted]
    held = [
        (world.person(Flavour.FACEBOOK).id, Role.ADMINISTRATOR),
        *((one.igsid, one.role) for one in people if one.role is not None),
    ]
    app_id = world.app.id
    data = [{"app_id": app_id, "user": user, "role": _NAMES[role]} for user, role in held]
    return Answer({"data": data})


def invite(context: GraphContext, call: GraphCall) -> Answer:
    """`POST`: `user` is an id or a username; the role counts once it is accepted."""
    word = call.required("role")
    if word not in _WORDS:
        detail = f"Param role must be one of {{{', '.join(_WORDS)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    customer = _user(context.world, call)
    changes = {"role": _WORDS[word], "role_accepted": False}
    context.world.change_customer(customer.username, changes)
    return Answer({"success": True}, customer=customer.username, event="subscribe")


def remove(context: GraphContext, call: GraphCall) -> Answer:
    """`DELETE`: `user` has no role any more."""
    customer = _user(context.world, call)
    context.world.change_customer(customer.username, {"role": None})
    return Answer({"success": True}, customer=customer.username, event="unsubscribe")


def _user(world: World, call: GraphCall) -> Customer:
    wanted = call.required("user")
    name = world.username_of(wanted) or wanted.lstrip("@").lower()
    found = next((one for one in world.customers if one.username == name), None)
    if found is None:
        raise GraphCallError(GraphError.PARAMETER, detail="Param user must be a valid user.")
    return found
