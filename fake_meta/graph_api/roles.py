"""`/{app-id}/roles`: who has a role on the app (meta-contract §6.4)."""

from __future__ import annotations

from collections.abc import Mapping

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


def read_roles(context: GraphContext, _call: GraphCall) -> Answer:
    """`GET`: the Page's administrator, and everybody whose invitation was accepted."""
    world = context.world
    people = [one for one in world.customers if one.role_accepted]
    held = [
        (world.person(Flavour.FACEBOOK).id, Role.ADMINISTRATOR),
        *((one.igsid, one.role) for one in people if one.role is not None),
    ]
    app_id = world.app.id
    names = {role: word for word, role in _words(world).items()}
    data = [{"app_id": app_id, "user": user, "role": names[role]} for user, role in held]
    return Answer({"data": data})


def invite(context: GraphContext, call: GraphCall) -> Answer:
    """`POST`: `user` is an id or a username; the role counts once it is accepted."""
    word, known = call.required("role"), _words(context.world)
    if word not in known:
        detail = f"Param role must be one of {{{', '.join(known)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    customer = _user(context.world, call)
    changes = {"role": known[word], "role_accepted": False}
    context.world.change_customer(customer.username, changes)
    return Answer({"success": True}, customer=customer.username, event="subscribe")


def remove(context: GraphContext, call: GraphCall) -> Answer:
    """`DELETE`: `user` has no role any more."""
    customer = _user(context.world, call)
    context.world.change_customer(customer.username, {"role": None})
    return Answer({"success": True}, customer=customer.username, event="unsubscribe")


def _words(world: World) -> Mapping[str, Role]:
    """What the edge calls each role (choice role_words)."""
    is_plural = world.choices.role_words == "plural"
    return {word if is_plural else str(role): role for word, role in _WORDS.items()}


def _user(world: World, call: GraphCall) -> Customer:
    wanted = call.required("user")
    name = world.username_of(wanted) or wanted.lstrip("@").lower()
    found = next((one for one in world.customers if one.username == name), None)
    if found is None:
        raise GraphCallError(GraphError.PARAMETER, detail="Param user must be a valid user.")
    return found
