"""The control API: what testers wish Meta had. JSON in, JSON out."""

from __future__ import annotations

import flask

from fake_meta.control import (
    account,
    alerts,
    choices,
    clock,
    customers,
    description,
    doctor,
    faults,
    gestures,
    journal,
    limits,
    logins,
    messenger,
    methods,
    reviews,
    snapshots,
    webhook,
    world,
)
from fake_meta.control.guard import keep_strangers_out
from fake_meta.control.parts import Parts
from fake_meta.control.requests import answer_errors

__all__ = ["Parts", "create_blueprint"]


def create_blueprint(parts: Parts, token: str = "") -> flask.Blueprint:
    """Everything under /_control; with a `token` only for those who show it."""
    blueprint = flask.Blueprint(
        "control", __name__, url_prefix="/_control", template_folder="templates"
    )
    answer_errors(blueprint)
    keep_strangers_out(blueprint, token)
    blueprint.before_request(_keep_contract)
    for module in (
        world,
        choices,
        alerts,
        account,
        customers,
        gestures,
        journal,
        limits,
        clock,
        messenger,
        webhook,
        doctor,
        faults,
        logins,
        reviews,
        snapshots,
        description,
    ):
        module.add_routes(blueprint, parts)
    methods.add_routes(blueprint)
    return blueprint


def _keep_contract() -> None:
    """Judge what a call brings; the models are loaded when the first one brings something."""
    rule, query = flask.request.url_rule, flask.request.query_string
    if rule is None or (flask.request.method == "GET" and not query):
        return
    from fake_meta.control.contract import judge_call

    judge_call(rule.rule)
