"""The administrator's page: what is set up, in a form each, and whether a review may begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.agents import FACEBOOK_LOGIN
from system_under_test.domain.statuses import STATUSES
from system_under_test.service.setup import (
    AgentSetup,
    ChannelSetup,
    QuickReplySetup,
    ServiceSetup,
    SetupError,
    StatusSetup,
)
from system_under_test.web import guard
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.supervisor import staff_page, supervisors_page

administration = Blueprint("administration", __name__, url_prefix=f"{ROOT}/administration")
_NUMBERS = ("priority", "offer_s", "wrap_up_s", "idle_end_minutes", "queue_limit_minutes")
_FLAGS = ("classification", "post_service", "prefer_last", "routable")


@administration.get("")
@supervisors_page
def page() -> ResponseReturnValue:
    """Everything that is set up, each in a form of its own."""
    return _page()


@administration.post("/services")
@supervisors_page
def save_service() -> ResponseReturnValue:
    """Add or change a service."""

    def save(given: Mapping[str, Any], was: str) -> None:
        numbers: Any = {name: _number(name, given[name]) for name in _NUMBERS}
        flags: Any = {
            name: given[name] for name in ("classification", "post_service", "prefer_last")
        }
        texts: Any = {
            name: given[name] for name in ("name", "pick", "hours", "closed_text", "queue_text")
        }
        service = ServiceSetup(**texts, **numbers, **flags, categories=given["categories"])
        console().administration.save_service(service, was)

    return _save("services", save)


@administration.post("/agents")
@supervisors_page
def save_agent() -> ResponseReturnValue:
    """Add or change an agent."""

    def save(given: Mapping[str, Any], was: str) -> None:
        agent = AgentSetup(
            login=given["login"],
            name=given["name"],
            services=given["services"],
            positions=given["active_positions"],
            role=given["role"],
            chat_answer=given["chat_answer"],
            messenger_answer=given["messenger_answer"],
        )
        console().administration.save_agent(agent, request.form.get("password", ""), was)

    return _save("agents", save)


@administration.post("/channels")
@supervisors_page
def save_channel() -> ResponseReturnValue:
    """Add or change a channel."""

    def save(given: Mapping[str, Any], was: str) -> None:
        channel = ChannelSetup(
            page_id=given["page_id"],
            account_id=given["account_id"],
            username=given["username"].lstrip("@"),
            token=request.form.get("token", "").strip(),
            service=given["service"] or None,
            flavour=given["flavour"] or FACEBOOK_LOGIN,
        )
        console().administration.save_channel(channel, was)

    return _save("channels", save)


@administration.post("/quick-replies")
@supervisors_page
def save_quick_reply() -> ResponseReturnValue:
    """Add, change or remove a quick reply."""

    def save(given: Mapping[str, Any], was: str) -> None:
        name = given["name"].lstrip("/")
        quick_reply = QuickReplySetup(name, given["text"], given["service"] or None)
        console().administration.save_quick_reply(quick_reply, was)

    return _save("quick_replies", save)


@administration.post("/statuses")
@supervisors_page
def save_status() -> ResponseReturnValue:
    """Add or change a status, or remove it from the menu."""

    def save(given: Mapping[str, Any], was: str) -> None:
        if "remove" in request.form:
            console().administration.remove_status(was)
            return
        status = StatusSetup(given["id"], given["label"], given["routable"])
        console().administration.save_status(status, was)

    return _save("statuses", save)


def _save(kind: str, save: Callable[[Mapping[str, Any], str], None]) -> ResponseReturnValue:
    if not guard.is_from_form(guard.SESSION_COOKIE):
        return _page({"kind": "", "field": "", "sentence": guard.text("login.csrf")}), 403
    given, was = _given(), request.form.get("was", "")
    try:
        save(given, was)
    except SetupError as error:
        sentence = guard.text(f"refused.{error.why}", **error.values) if error.why else str(error)
        refused = {"kind": kind, "was": was, "field": error.field, "sentence": sentence}
        return _page({**refused, "given": given}), 422
    return redirect(f"{ROOT}/administration?saved=1", 303)


def _given() -> Mapping[str, Any]:
    """What a form gives, under the names of what is set up, so that it can be drawn once more."""
    form = request.form
    lines = (line.strip() for line in form.get("categories", "").splitlines())
    positions = (int(one) for one in form.getlist("positions") if one.isdecimal())
    return {
        **{name: value.strip() for name, value in form.items() if name != "password"},
        **{name: name in form for name in _FLAGS},
        **{name: form.get(name, "").strip() for name in _TEXTS},
        "categories": tuple(line for line in lines if line),
        "services": tuple(form.getlist("services")),
        "active_positions": tuple(positions),
    }


_TEXTS = (
    "name", "pick", "hours", "closed_text", "queue_text", "login", "role", "chat_answer",
    "messenger_answer", "page_id", "account_id", "username", "service", "flavour", "text", "id",
    "label", *_NUMBERS,
)  # fmt: skip


def _number(name: str, text: str) -> int:
    try:
        return int(text or "0")
    except ValueError as error:
        sentence = f"{name} must be a whole number, not {text!r}"
        raise SetupError(sentence, name, "whole", given=text) from error


def _page(refused: Mapping[str, Any] | None = None) -> str:
    return staff_page(
        "administration.html",
        overview=console().administration.overview(),
        own_statuses=[one for one in STATUSES if one.selectable],
        most_positions=console().administration.most_positions,
        refused=refused,
        saved=request.args.get("saved") == "1" and not refused,
    )
