"""The two edges that subscribe: the app to an object, the app to the Page (meta-contract §2.1)."""

from __future__ import annotations

from fake_meta.domain.accounts import AccessLevel, Permission, Subscription
from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.subscription_fields import FIELDS
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.versions import CURRENT, written

OBJECTS = ("instagram", "page", "permissions", "user")
_INSTAGRAM = OBJECTS[0]
_SPELLINGS = {
    "messaging_referrals": "messaging_referral",
    "message_edits": "message_edit",
    "messaging_reactions": "message_reactions",
    "messaging_handovers": "messaging_handover",
}


def subscribe_page(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /{page-id}/subscribed_apps`."""
    _check_metadata(context)
    fields = subscribed_fields(context, call)
    context.world.install_on_page(fields, call.bearer.value)
    return Answer({"success": True}, event="subscribe")


def read_page_subscription(context: GraphContext, _call: GraphCall) -> Answer:
    """`GET /{page-id}/subscribed_apps`."""
    world = context.world
    fields = world.page_fields
    if fields is None:
        return Answer({"data": []})
    app = {"category": "Business", "name": world.app.name, "id": world.app.id}
    return Answer({"data": [{**app, "subscribed_fields": list(fields)}]})


def unsubscribe_page(context: GraphContext, _call: GraphCall) -> Answer:
    """`DELETE /{page-id}/subscribed_apps`."""
    _check_metadata(context)
    context.world.uninstall_from_page()
    return Answer({"success": True}, event="unsubscribe")


def subscribe_app(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /{app-id}/subscriptions`: verifies the callback meanwhile (meta-contract §2.2)."""
    name = call.required("object")
    if name not in OBJECTS:
        detail = f"Param object must be one of {{{', '.join(OBJECTS)}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    if name == _INSTAGRAM and context.world.choices.subscriptions_edge == "dashboard_only":
        detail = f"Param object must be one of {{{', '.join(OBJECTS[1:])}}}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    subscription = Subscription(
        object=name,
        callback_url=_callback(call),
        verify_token=call.required("verify_token"),
        fields=_fields(context, call, "fields"),
    )
    result = context.sender.verify(subscription.callback_url, subscription.verify_token)
    if not result.verified:
        raise GraphCallError(GraphError.VERIFICATION_FAILED, detail=str(result.error))
    context.world.subscribe_app(subscription)
    return Answer({"success": True}, event="subscribe")


def read_app_subscriptions(context: GraphContext, _call: GraphCall) -> Answer:
    """`GET /{app-id}/subscriptions`."""
    version = written(CURRENT)
    data = [
        {
            "object": one.object,
            "callback_url": one.callback_url,
            "active": one.active,
            "fields": [{"name": name, "version": version} for name in one.fields],
        }
        for one in context.world.subscriptions
    ]
    return Answer({"data": data})


def unsubscribe_app(context: GraphContext, call: GraphCall) -> Answer:
    """`DELETE /{app-id}/subscriptions`: of one object, or of all."""
    wanted = call.text("object")
    names = OBJECTS if wanted is None else (wanted,)
    for name in names:
        context.world.unsubscribe_app(name, call.names("fields"))
    return Answer({"success": True}, event="unsubscribe")


def subscribed_fields(context: GraphContext, call: GraphCall) -> tuple[str, ...]:
    """The fields of `POST subscribed_apps`, checked and in one spelling."""
    return _fields(context, call, "subscribed_fields")


def _callback(call: GraphCall) -> str:
    url = call.required("callback_url")
    if not url.startswith(("http://", "https://")):
        raise GraphCallError(GraphError.PARAMETER, detail="callback_url must be a valid URL.")
    return url


def _fields(context: GraphContext, call: GraphCall, parameter: str) -> tuple[str, ...]:
    asked = call.names(parameter)
    if not asked:
        raise GraphCallError(GraphError.PARAMETER_REQUIRED, name=parameter)
    known = _SPELLINGS if context.world.choices.field_spellings == "all" else {}
    names = tuple(dict.fromkeys(known.get(name, name) for name in asked))
    for position, name in enumerate(names):
        if name not in FIELDS:
            detail = f"Param {parameter}[{position}] must be one of {{{', '.join(sorted(FIELDS))}}}"
            raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return names


def _check_metadata(context: GraphContext) -> None:
    if context.world.app.access[Permission.MANAGE_METADATA] is AccessLevel.NONE:
        raise GraphCallError(GraphError.NEEDS_METADATA)
