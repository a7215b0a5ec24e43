"""The administrator's page: services, agents, channels, and whether a review may begin."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.agents import FACEBOOK_LOGIN
from system_under_test.service.setup import (
    AgentSetup,
    ChannelSetup,
    QuickReplySetup,
    ServiceSetup,
    SetupError,
)
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.supervisor import staff_page, submitted, supervisors_page

administration = Blueprint("administration", __name__, url_prefix=f"{ROOT}/administration")


@administration.get("")
@supervisors_page
def page() -> ResponseReturnValue:
    """Everything that is set up, each in a form of its own."""
    return _page()


@administration.post("/services")
@supervisors_page
def save_service() -> ResponseReturnValue:
    """Add or change a service."""
    form = request.form
    categories = (line.strip() for line in form.get("categories", "").splitlines())
    return _save(
        lambda: console().administration.save_service(
            ServiceSetup(
                name=form.get("name", "").strip(),
                classification="classification" in form,
                post_service="post_service" in form,
                prefer_last="prefer_last" in form,
                priority=_number("priority"),
                pick=form.get("pick", ""),
                offer_s=_number("offer_s"),
                wrap_up_s=_number("wrap_up_s"),
                idle_end_minutes=_number("idle_end_minutes"),
                hours=form.get("hours", "").strip(),
                closed_text=form.get("closed_text", "").strip(),
                categories=tuple(one for one in categories if one),
            )
        )
    )


@administration.post("/agents")
@supervisors_page
def save_agent() -> ResponseReturnValue:
    """Add or change an agent."""
    form = request.form

    def save() -> None:
        agent = AgentSetup(
            login=form.get("login", "").strip(),
            name=form.get("name", "").strip(),
            services=tuple(form.getlist("services")),
            positions=tuple(int(one) for one in form.getlist("positions") if one.isdecimal()),
            role=form.get("role", ""),
            chat_answer=form.get("chat_answer", ""),
        )
        console().administration.save_agent(agent, form.get("password", ""))

    return _save(save)


@administration.post("/channels")
@supervisors_page
def save_channel() -> ResponseReturnValue:
    """Add or change a channel."""
    form = request.form
    return _save(
        lambda: console().administration.save_channel(
            ChannelSetup(
                page_id=form.get("page_id", "").strip(),
                account_id=form.get("account_id", "").strip(),
                username=form.get("username", "").strip().lstrip("@"),
                token=form.get("token", "").strip(),
                service=form.get("service") or None,
                flavour=form.get("flavour", FACEBOOK_LOGIN),
            )
        )
    )


@administration.post("/quick-replies")
@supervisors_page
def save_quick_reply() -> ResponseReturnValue:
    """Add, change or remove a quick reply."""
    form = request.form
    return _save(
        lambda: console().administration.save_quick_reply(
            QuickReplySetup(
                name=form.get("name", "").strip().lstrip("/"),
                text=form.get("text", "").strip(),
                service=form.get("service") or None,
            )
        )
    )


def _save(save: Callable[[], None]) -> ResponseReturnValue:
    return submitted(save, (SetupError, 422), _page, f"{ROOT}/administration?saved=1")


def _number(name: str) -> int:
    text = request.form.get(name, "").strip() or "0"
    try:
        return int(text)
    except ValueError as error:
        raise SetupError(f"{name} must be a whole number, not {text!r}") from error


def _page(refused: str = "") -> str:
    return staff_page(
        "administration.html",
        overview=console().administration.overview(),
        most_positions=console().administration.most_positions,
        refused=refused,
        saved=request.args.get("saved") == "1" and not refused,
    )
