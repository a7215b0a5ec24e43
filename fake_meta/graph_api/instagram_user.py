"""The professional account at graph.instagram.com (meta-contract §2.1.3, §5.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.login import Flavour
from fake_meta.graph_api import scopes
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.conversations import nested_conversations
from fake_meta.graph_api.fields import selected
from fake_meta.graph_api.subscriptions import subscribed_fields

_SELF = "me"


def read_instagram_user(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /me` and `GET /{ig-id}`: `id` is app-scoped, `user_id` the IGID of webhooks."""
    world = context.world
    scopes.check(call, scopes.ACCOUNT)
    if world.app.access[Permission.BASIC] is AccessLevel.NONE:
        raise GraphCallError(GraphError.PERMISSION_MISSING)
    account = world.account
    available = {
        "id": call.bearer.subject,
        "user_id": world.choices.user_id(account.id),
        "username": account.username,
        "name": account.name,
        "account_type": str(world.account_type),
        "profile_picture_url": world.company_picture_url(),
        "followers_count": lambda _field: world.followers_count,
        "follows_count": lambda _field: world.follows_count,
        "media_count": 0,
        "biography": "",
        "website": ...,
        "conversations": lambda field: nested_conversations(world, call, account.id, field),
    }
    body = selected(call, "IGUserForIGOnlyAPI", available, ("id",))
    if call.path[0] == _SELF and world.answers_in_arrays:
        return Answer({"data": [body]})
    return Answer(body)


def subscribe_account(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /{ig-id}/subscribed_apps`; fields are kept, yet every field of the app arrives."""
    context.world.install_on_account(subscribed_fields(context, call), call.bearer.value)
    return Answer({"success": True}, event="subscribe")


def read_account_subscription(context: GraphContext, _call: GraphCall) -> Answer:
    """`GET /{ig-id}/subscribed_apps`."""
    world = context.world
    fields = world.account_fields
    if fields is None:
        return Answer({"data": []})
    app = {"name": world.app.name, "id": world.client(Flavour.INSTAGRAM).id}
    return Answer({"data": [{**app, "subscribed_fields": list(fields)}]})


def unsubscribe_account(context: GraphContext, _call: GraphCall) -> Answer:
    """`DELETE /{ig-id}/subscribed_apps`: stops all notifications."""
    context.world.uninstall_from_account()
    return Answer({"success": True}, event="unsubscribe")


ACCOUNT_SUBSCRIPTION: Mapping[tuple[str, str], Callable[[GraphContext, GraphCall], Answer]] = {
    ("subscribed_apps", "POST"): subscribe_account,
    ("subscribed_apps", "GET"): read_account_subscription,
    ("subscribed_apps", "DELETE"): unsubscribe_account,
}
"""The edge that subscribes the account."""
