"""`/{app-id}/accounts/test-users`: Facebook accounts for tests (meta-contract §6.4).

They have no Page and no account on Instagram, as Meta's have none: who tries messaging needs a
customer of the world. What they are good for is logging in, and asking who one is.
"""

from __future__ import annotations

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Person
from fake_meta.domain.tokens import Token
from fake_meta.graph_api.call import Answer, GraphCall, listed
from fake_meta.graph_api.context import GraphContext

_NO = ("false", "0")


def create(context: GraphContext, call: GraphCall) -> Answer:
    """`POST`: a new one; with `installed` (unless it is false) a token for `permissions`."""
    _check(call)
    is_installed = (call.text("installed") or "true").lower() not in _NO
    named = call.parameters.get("permissions") or ()
    parts = named.split(",") if isinstance(named, str) and "[" not in named else listed(named)
    scopes = tuple(one.strip() for one in parts if one.strip())
    wanted = scopes if is_installed else None
    person, token = context.world.create_test_user(call.text("name"), wanted)
    told = {**_told(context, person, token), "email": person.login, "password": person.password}
    return Answer(told, event="token")


def read(context: GraphContext, call: GraphCall) -> Answer:
    """`GET`: all of them, without their passwords."""
    _check(call)
    users = context.world.test_users()
    return Answer({"data": [_told(context, person, token) for person, token in users]})


def _check(call: GraphCall) -> None:
    """An app has no other accounts."""
    if call.path[2:] != ("test-users",):
        raise GraphCallError(GraphError.UNKNOWN_PATH, path="/" + "/".join(call.path))


def _told(context: GraphContext, person: Person, token: Token | None) -> dict[str, str]:
    told = {"id": person.id}
    if token is not None:
        told["access_token"] = token.value
    place = f"{context.world.origin}/developers.facebook.com/checkpoint/test-user-login"
    return {**told, "login_url": f"{place}/{person.id}/"}
