"""The supervisor's page, and who may see pages of supervisors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, g, redirect, render_template
from flask.typing import ResponseReturnValue

from system_under_test.domain.agents import SESSION_CONSOLE
from system_under_test.web import guard
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.i18n import catalogue
from system_under_test.web.refusals import sentence_of

supervisor = Blueprint("supervisor", __name__, url_prefix=ROOT)
_Given = ParamSpec("_Given")


def supervisors_page(
    view: Callable[_Given, ResponseReturnValue],
) -> Callable[_Given, ResponseReturnValue]:
    """To the login page whoever is not signed in; 403 for who is no supervisor."""

    @wraps(view)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> ResponseReturnValue:
        session = guard.living_session(SESSION_CONSOLE)
        if session is None:
            return redirect(ROOT)
        g.agent = console().sign_in.agent_of(session)
        if not g.agent.is_supervisor:
            sentence = guard.text("supervisor.only")
            return render_template("refused.html", sentence=sentence, **_page()), 403
        console().feed.presence.touch(session)
        return view(*args, **kwargs)

    return guarded


def staff_page(template: str, **context: object) -> str:
    """A page of supervisors, with the token that its forms and scripts send back."""
    token = guard.csrf_token(guard.cookie_of(guard.SESSION_COOKIE))
    troubled = ", ".join(console().administration.troubled())
    return render_template(template, csrf_token=token, troubled=troubled, **context, **_page())


def submitted(
    act: Callable[[], object],
    refusals: tuple[type[Exception] | tuple[type[Exception], ...], int],
    again: Callable[[str], str],
    done: str,
) -> ResponseReturnValue:
    """Do what a form asks and go to `done`; what is refused so is told on the page `again`."""
    kind, status = refusals
    if not guard.is_from_form(guard.SESSION_COOKIE):
        return again(guard.text("login.csrf")), 403
    try:
        act()
    except kind as error:
        return again(sentence_of(error)), status
    return redirect(done, 303)


@supervisor.get("/supervisor")
@supervisors_page
def page() -> ResponseReturnValue:
    """The floor."""
    return staff_page(
        "supervisor.html", agent_name=g.agent.name, catalogue=catalogue(console().language)
    )


def _page() -> dict[str, object]:
    return {"language": console().language, "t": guard.text}
