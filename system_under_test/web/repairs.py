"""What was left over, for supervisors: a page with buttons, and the same as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.windows import WindowClosedError
from system_under_test.service.repairs import NothingToRepairError
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.guard import supervising
from system_under_test.web.supervisor import staff_page, submitted, supervisors_page

repairs = Blueprint("repairs", __name__, url_prefix=ROOT)
_REFUSALS = (NothingToRepairError, WindowClosedError)


@repairs.get("/api/repairs")
@supervising
def listed() -> ResponseReturnValue:
    """REPAIRS."""
    return jsonify(console().repairs.listed())


@repairs.post("/api/repairs/quarantine/<id:delivery_id>/replay")
@supervising
def replay(delivery_id: int) -> ResponseReturnValue:
    """Work a delivery off once more."""
    console().repairs.replay(delivery_id)
    return jsonify(ok=True), 202


@repairs.post("/api/repairs/dead-letters/<id:message_id>/retry")
@supervising
def send_again(message_id: int) -> ResponseReturnValue:
    """Send a reply once more."""
    return jsonify(console().repairs.send_again(message_id)), 202


@repairs.get("/repairs")
@supervisors_page
def page() -> ResponseReturnValue:
    """Everything that was left over."""
    return _page()


@repairs.post("/repairs/quarantine/<id:delivery_id>")
@supervisors_page
def replay_from_page(delivery_id: int) -> ResponseReturnValue:
    """The page's button for a delivery."""
    return _repair(lambda: console().repairs.replay(delivery_id))


@repairs.post("/repairs/dead-letters/<id:message_id>")
@supervisors_page
def send_again_from_page(message_id: int) -> ResponseReturnValue:
    """The page's button for a reply."""
    return _repair(lambda: console().repairs.send_again(message_id))


def _repair(act: Callable[[], object]) -> ResponseReturnValue:
    return submitted(act, (_REFUSALS, 409), _page, f"{ROOT}/repairs?done=1")


def _page(refused: str = "") -> str:
    return staff_page(
        "repairs.html",
        **console().repairs.listed(),
        refused=refused,
        done=request.args.get("done") == "1" and not refused,
        moment=_moment,
    )


def _moment(at_ms: int) -> str:
    return f"{datetime.fromtimestamp(at_ms / 1000, tz=UTC):%Y-%m-%d %H:%M:%S} UTC"
