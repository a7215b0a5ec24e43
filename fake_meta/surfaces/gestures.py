"""What a customer does in Direct beside writing: react, tap, accept, block (§3.5, §3.7, §9.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.reactions import reaction_named
from fake_meta.domain.threads import Sender
from fake_meta.surfaces.visitors import Visitors
from fake_meta.world import World


class Thread(Protocol):
    """The page of the thread, where every gesture ends."""

    def check(self, name: str) -> None:
        """Refuse any thread but the company's."""
        ...

    def after_change(self, username: str) -> ResponseReturnValue:
        """Show the thread again."""
        ...


class GesturePages:
    """The forms on messages."""

    def __init__(self, company: Callable[[], World], thread: Thread) -> None:
        self._company = company
        self._thread = thread

    @property
    def _world(self) -> World:
        return self._company()

    def register(self, blueprint: flask.Blueprint, visitors: Visitors, at: str) -> None:
        """Add the routes below the thread's."""
        views = {
            "react": self.react,
            "tap": self.tap,
            "greet": self.greet,
            "accept": self.accept,
            "block": self.block,
        }
        for name, view in views.items():
            guarded = visitors.logged_in(view)
            blueprint.add_url_rule(f"{at}{name}", name, guarded, methods=["POST"])

    def react(self, username: str, name: str) -> ResponseReturnValue:
        """React to a message; the same reaction once more takes it back."""
        self._thread.check(name)
        form = flask.request.form
        reaction = reaction_named(Sender.CUSTOMER, form.get("reaction", "love"))
        if reaction is None:
            raise InvalidRequestError("a reaction is a word of Instagram or an emoji")
        mid = form.get("mid", "")
        if reaction in self._world.message_of(username, mid).reactions:
            self._world.unreact(username, mid)
        else:
            self._world.react(username, mid, reaction)
        return self._thread.after_change(username)

    def tap(self, username: str, name: str) -> ResponseReturnValue:
        """Tap a quick reply or a button of a template."""
        self._thread.check(name)
        form = flask.request.form
        if "quick_reply" in form:
            self._world.tap_quick_reply(username, form.get("mid", ""), form["quick_reply"])
        else:
            self._world.tap_button(username, form.get("mid", ""), form.get("button", ""))
        return self._thread.after_change(username)

    def greet(self, username: str, name: str) -> ResponseReturnValue:
        """Tap an ice breaker."""
        self._thread.check(name)
        self._world.tap_greeting(username, flask.request.form.get("title", ""))
        return self._thread.after_change(username)

    def accept(self, username: str, name: str) -> ResponseReturnValue:
        """Accept the company's message request."""
        self._thread.check(name)
        self._world.accept_company(username)
        return self._thread.after_change(username)

    def block(self, username: str, name: str) -> ResponseReturnValue:
        """Block the company, or unblock it."""
        self._thread.check(name)
        blocks = flask.request.form.get("blocked") == "true"
        self._world.change_customer(username, {"blocks_business": blocks})
        return self._thread.after_change(username)
