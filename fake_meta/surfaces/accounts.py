"""Log in, "Save your login information?", log out (review steps 6 and 7)."""

from __future__ import annotations

import hmac

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.login import Flavour
from fake_meta.domain.platforms import Platform
from fake_meta.surfaces.addresses import safe_next
from fake_meta.surfaces.look import Look
from fake_meta.surfaces.visitors import Visitors
from fake_meta.world import World

REFUSED = "Sorry, your username or password was incorrect. Please check both and try again."


class AccountPages:
    """The pages under accounts/."""

    def __init__(self, world: World, look: Look, visitors: Visitors) -> None:
        self._world = world
        self._look = look
        self._visitors = visitors

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        add = blueprint.add_url_rule
        add("/accounts/login/", "login", self.login)
        add("/accounts/login/", "log_in", self.log_in, methods=["POST"])
        add("/accounts/onetap/", "onetap", self._visitors.logged_in(self.onetap))
        answer = self._visitors.logged_in(self.answer_onetap)
        add("/accounts/onetap/", "answer_onetap", answer, methods=["POST"])
        add("/accounts/logout/", "logout", self.logout)

    def login(self) -> ResponseReturnValue:
        """The log-in form; somebody logged in goes on at once."""
        if self._visitors.username is not None:
            return flask.redirect(self._next(), 303)
        if self._visitors.company is not None:
            return flask.redirect(flask.url_for(".business"), 303)
        return self._form()

    def log_in(self) -> ResponseReturnValue:
        """Check username and password; say neither which of them is wrong nor who exists."""
        form = flask.request.form
        username = form.get("username", "").strip().lower()
        password = form.get("password", "")
        is_company = self._is_company(username, password)
        if not is_company and not self._world.check_password(username, password):
            return self._form(username, REFUSED), 401
        visitors = self._visitors
        session = visitors.remember(visitors.store.log_in(visitors.ensure_session(), username))
        if is_company:
            return flask.redirect(flask.url_for(".business"), 303)
        asks = self._look.platform is Platform.INSTAGRAM
        if session.save_login_answered or not asks:
            return flask.redirect(self._next(), 303)
        return flask.redirect(flask.url_for(".onetap", next=self._next()), 303)

    def _is_company(self, username: str, password: str) -> bool:
        """The account of a company and its password; on Messenger a Page is no person."""
        if self._look.platform is not Platform.INSTAGRAM:
            return False
        people = (one.person(Flavour.INSTAGRAM) for one in self._world.companies())
        known = next((one.password for one in people if one.login == username), None)
        return known is not None and hmac.compare_digest(known.encode(), password.encode())

    def onetap(self, username: str) -> ResponseReturnValue:  # noqa: ARG002 - asks whoever it is
        """Ask once a session whether to save the log-in."""
        if self._visitors.ensure_session().save_login_answered:
            return flask.redirect(self._next(), 303)
        return flask.render_template("instagram/onetap.html", bare=True, next_path=self._next())

    def answer_onetap(self, username: str) -> ResponseReturnValue:  # noqa: ARG002 - either answer
        """Save info or Not now: do not ask again."""
        visitors = self._visitors
        visitors.remember(visitors.store.answer_save_login(visitors.ensure_session()))
        return flask.redirect(self._next(), 303)

    def logout(self) -> ResponseReturnValue:
        """Log out and return to the company's page."""
        session = self._visitors.session
        if session is not None:
            self._visitors.remember(self._visitors.store.log_out(session))
        return flask.redirect(self._home(), 303)

    def _form(self, username: str = "", error: str | None = None) -> str:
        self._visitors.ensure_session()
        return flask.render_template(
            "instagram/login.html", username=username, error=error, next_path=self._next()
        )

    def _next(self) -> str:
        wanted = flask.request.values.get("next")
        return safe_next(wanted, self._look.prefix, self._home())

    def _home(self) -> str:
        return flask.url_for(f".{self._look.home}", name=self._world.account.username)
