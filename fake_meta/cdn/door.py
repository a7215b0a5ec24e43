"""The two addresses of the CDN."""

from __future__ import annotations

import threading
from functools import partial

import flask

from fake_meta.domain.errors import AssetGoneError
from fake_meta.drawings import content_of
from fake_meta.faults import FaultBoard
from fake_meta.world import World

_HEADERS = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}


def create_blueprint(
    world: World, faults: FaultBoard, stopping: threading.Event
) -> flask.Blueprint:
    """Message and story media, profile pictures; 404 or 403 without body for what is gone."""
    blueprint = flask.Blueprint("cdn", __name__)

    @blueprint.errorhandler(AssetGoneError)
    def gone(_error: AssetGoneError) -> flask.Response:
        return flask.Response(b"", int(world.choices.gone_media), _HEADERS)

    blueprint.before_request(partial(_disturb, faults, stopping))

    @blueprint.get("/lookaside.fbsbx.com/ig_messaging_cdn/")
    def media() -> flask.Response:
        given = flask.request.args
        view = world.asset(given.get("asset_id", ""), given.get("signature", ""))
        kind, content = content_of(view)
        return flask.Response(content, 200, {**_HEADERS, "Content-Type": kind})

    @blueprint.get("/lookaside.fbsbx.com/<path:other>")
    @blueprint.get("/scontent.cdninstagram.com/<path:other>")
    def nothing(other: str) -> flask.Response:
        raise AssetGoneError(f"the CDN has nothing at {other!r}")

    @blueprint.get("/scontent.cdninstagram.com/v/t51.2885-19/<igsid>.png")
    def profile_picture(igsid: str) -> flask.Response:
        kind, content = content_of(world.profile_picture(igsid))
        return flask.Response(content, 200, {**_HEADERS, "Content-Type": kind})

    return blueprint


def _disturb(faults: FaultBoard, stopping: threading.Event) -> None:
    """What the faults that are on make of a read."""
    if not faults.has_cdn_faults:
        return
    plan = faults.asset_plan(flask.request.full_path)
    if plan.delay_s:
        stopping.wait(plan.delay_s)
    if plan.is_missing:
        raise AssetGoneError("a fault that a tester switched on hides it")
