"""The company's own side of Instagram: its folders, its threads, its switch (§9.4, §9.5)."""

from __future__ import annotations

from typing import Any

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.threads import Folder, MessageKind, Origin
from fake_meta.surfaces.look import Look
from fake_meta.surfaces.thread_view import Viewpoint, bubbles_of
from fake_meta.surfaces.visitors import Visitors
from fake_meta.world import World

NOTICES = {
    MessageKind.STORY_MENTION: "Mentioned you in their story",
    MessageKind.STORY_REPLY: "Replied to your story",
}


class OwnerPages:
    """What the people of the company see who log in with its account."""

    def __init__(self, look: Look, visitors: Visitors) -> None:
        self._look = look
        self._visitors = visitors

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        add, owner = blueprint.add_url_rule, self._visitors.company_only
        at = "/business/t/<username>/"
        add("/business/", "business", owner(self.inbox))
        add(at, "business_thread", owner(self.thread))
        add(f"{at}news", "business_news", owner(self.news))
        add(at, "business_send", owner(self.send), methods=["POST"])
        add(f"{at}accept", "business_accept", owner(self.accept), methods=["POST"])
        add(f"{at}unsend", "business_unsend", owner(self.unsend), methods=["POST"])
        add("/business/settings/", "business_settings", owner(self.settings))
        add("/business/settings/", "business_access", owner(self.access), methods=["POST"])

    def inbox(self, world: World) -> ResponseReturnValue:
        """One folder of the inbox."""
        wanted = flask.request.args.get("folder", Folder.PRIMARY)
        folder = Folder(wanted) if wanted in set(Folder) else Folder.PRIMARY
        return flask.render_template(
            "instagram/owner_inbox.html",
            company=world.account,
            folder=folder,
            folders=[(one, len(world.inbox_in(one))) for one in Folder],
            rows=world.inbox_in(folder),
        )

    def thread(self, world: World, username: str) -> ResponseReturnValue:
        """A thread; a request is not marked seen until it is accepted (meta-contract §9.5)."""
        shown = _shown(world, username)
        return flask.render_template(
            "instagram/owner_thread.html",
            company=world.account,
            state=world.thread_state(username),
            **shown,
        )

    def news(self, world: World, username: str) -> ResponseReturnValue:
        """204 while the thread is at revision `after`, else its messages as HTML in JSON."""
        if world.find_customer(username) is None:
            flask.abort(404)
        if flask.request.args.get("after") == str(world.revision_of(username)):
            return "", 204
        shown = _shown(world, username)
        html = flask.render_template("instagram/owner_messages.html", **shown)
        return {"revision": shown["revision"], "html": html}

    def send(self, world: World, username: str) -> ResponseReturnValue:
        """Answer in Instagram itself: the app hears an echo (meta-contract §3.4)."""
        text = flask.request.form.get("text", "").replace("\r\n", "\n")
        if text.strip():
            world.write_as_company(username, text, MessageKind.TEXT, Origin.INSTAGRAM)
        return _to_thread(username)

    def accept(self, world: World, username: str) -> ResponseReturnValue:
        """Move the thread out of Requests."""
        world.accept_request(username)
        return _to_thread(username)

    def unsend(self, world: World, username: str) -> ResponseReturnValue:
        """Unsend a message of the company."""
        mid = flask.request.form.get("mid", "")
        world.unsend_as_company(username, mid, self._look.surface)
        return _to_thread(username)

    def settings(self, world: World) -> ResponseReturnValue:
        """Message controls, Connected tools."""
        return flask.render_template(
            "instagram/owner_settings.html", company=world.account, is_on=world.message_access
        )

    def access(self, world: World) -> ResponseReturnValue:
        """Switch Allow access to messages."""
        world.set_message_access(is_on=flask.request.form.get("allowed") == "true")
        return flask.redirect(flask.url_for(".business_settings"), 303)


def _shown(world: World, username: str) -> dict[str, Any]:
    """What the messages of a thread are drawn from; to look at them is to read them."""
    customer = world.find_customer(username)
    if customer is None:
        flask.abort(404)
    world.read_as_company(username)
    view = Viewpoint(world.account.username, world.origin, world.now_ms())
    return {
        "customer": customer,
        "revision": world.revision_of(username),
        "bubbles": bubbles_of(world.thread_of(username), view),
        "notices": NOTICES,
    }


def _to_thread(username: str) -> ResponseReturnValue:
    return flask.redirect(flask.url_for(".business_thread", username=username), 303)
