"""Direct: read, write, unsend (review steps 8 and 13; meta-contract §9.1, §9.7)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.threads import MessageKind
from fake_meta.surfaces.cards import quote_of
from fake_meta.surfaces.company import company_in_address
from fake_meta.surfaces.gestures import GesturePages
from fake_meta.surfaces.look import Look
from fake_meta.surfaces.thread_view import Bubble, Viewpoint, bubbles_of
from fake_meta.surfaces.visitors import Visitors, wants_json
from fake_meta.world import World

_ATTACHABLE = frozenset({MessageKind.IMAGE, MessageKind.LIKE_HEART, MessageKind.STICKER})


class DirectPages:
    """The thread of a customer with the company."""

    def __init__(self, world: World, look: Look, visitors: Visitors) -> None:
        self._everything = world
        self._look = look
        self._visitors = visitors

    @property
    def _world(self) -> World:
        return company_in_address(self._everything).on(self._look.platform)

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        logged_in = self._visitors.logged_in
        add, at = blueprint.add_url_rule, f"{self._look.threads}/<name>/"
        add(self._look.threads.replace("/t", "/inbox/"), "inbox", logged_in(self.inbox))
        add(at, "direct", logged_in(self.thread))
        add(at, "send", logged_in(self.send), methods=["POST"])
        add(f"{at}thread", "news", logged_in(self.news))
        GesturePages(lambda: self._world, self).register(blueprint, self._visitors, at)
        add(f"{at}unsend", "ask_unsend", logged_in(self.ask_unsend))
        add(f"{at}unsend", "unsend", logged_in(self.unsend), methods=["POST"])

    def inbox(self, username: str) -> ResponseReturnValue:  # noqa: ARG002 - whoever it is
        """Open the thread with the first company."""
        return self._to_thread()

    def thread(self, username: str, name: str) -> ResponseReturnValue:
        """The page of the thread; who opens it has seen it (meta-contract §3.6)."""
        self.check(name)
        # The revision is read first: a message in between is then fetched again, never missed.
        revision = self._revision(username)
        self._world.see(username)
        messages = self._world.thread_of(username)
        wanted = flask.request.args.get("reply_to")
        answered = next((m for m in messages if m.mid == wanted and not m.unsent), None)
        return flask.render_template(
            f"{self._look.pages}/direct.html",
            revision=revision,
            bubbles=self._bubbles(username),
            state=self._world.thread_state(username),
            greetings=() if messages else self._world.greetings(),
            greeting="" if messages else self._world.greeting_for(username),
            answered=answered,
            quote=quote_of(answered),
        )

    def news(self, username: str, name: str) -> ResponseReturnValue:
        """204 while the thread is at revision `after`, else its messages as HTML in JSON."""
        self.check(name)
        if flask.request.args.get("after") == str(self._revision(username)):
            return "", 204
        self._world.see(username)
        return self._as_json(username)

    def send(self, username: str, name: str) -> ResponseReturnValue:
        """Send the text of the composer, also as a reply, or something to attach, or a file."""
        self.check(name)
        form = flask.request.form
        text = form.get("text", "").replace("\r\n", "\n")
        file = flask.request.files.get("file")
        if file is not None and file.filename:
            self._world.send_file(username, file.content_type or "", file.read())
        elif form.get("attachment") in _ATTACHABLE:
            self._world.send_media(username, form["attachment"])
        elif text.strip() and form.get("reply_to"):
            self._world.send_reply(username, text, form["reply_to"])
        elif text.strip():
            self._world.send_text(username, text)
        return self.after_change(username)

    def ask_unsend(self, username: str, name: str) -> ResponseReturnValue:
        """The question before unsending, for browsers without scripts."""
        self.check(name)
        mid = flask.request.args.get("mid", "")
        asked = [b for b in self._bubbles(username) if b.mid == mid and b.own]
        if not asked:
            return self._to_thread()
        return flask.render_template("instagram/unsend.html", bubble=asked[0])

    def unsend(self, username: str, name: str) -> ResponseReturnValue:
        """Unsend; the world decides by surface whether anybody is told."""
        self.check(name)
        self._world.unsend(username, flask.request.form.get("mid", ""), self._look.surface)
        return self.after_change(username)

    def check(self, name: str) -> None:
        """There is a thread with every company, and with nobody else."""
        if name.lower() != self._world.account.username:
            flask.abort(404)

    def _bubbles(self, username: str) -> tuple[Bubble, ...]:
        world = self._world
        seen = world.thread_state(username).company_seen
        view = Viewpoint(world.account.username, world.origin, world.now_ms(), company_seen=seen)
        return bubbles_of(world.thread_of(username), view)

    def after_change(self, username: str) -> ResponseReturnValue:
        """The new state of the thread for a script, the page itself for everybody else."""
        return self._as_json(username) if wants_json() else self._to_thread()

    def _as_json(self, username: str) -> ResponseReturnValue:
        revision = self._revision(username)
        html = flask.render_template(
            "instagram/messages.html",
            bubbles=self._bubbles(username),
            state=self._world.thread_state(username),
        )
        return {"revision": revision, "html": html}

    def _revision(self, username: str) -> int:
        """Grows with every change; the end of typing is a change that nobody makes."""
        return self._world.revision_of(username) * 2 + self._world.is_typing(username)

    def _to_thread(self) -> ResponseReturnValue:
        name = self._world.account.username
        return flask.redirect(flask.url_for(".direct", name=name), 303)
