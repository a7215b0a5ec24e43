"""The story composer (review step 11; meta-contract §9.2)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.surfaces.addresses import own_path
from fake_meta.surfaces.mentions import mentions_in
from fake_meta.surfaces.visitors import Visitors
from fake_meta.world import World


class StoryPages:
    """Write a story, share it, see where it went."""

    def __init__(self, world: World, visitors: Visitors) -> None:
        self._world = world
        self._visitors = visitors

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        logged_in = self._visitors.logged_in
        add = blueprint.add_url_rule
        add("/stories/new/", "new_story", logged_in(self.new))
        add("/stories/new/", "share_story", logged_in(self.share), methods=["POST"])
        at = "/stories/<story_id>/shared/"
        add(at, "story_shared", logged_in(self.shared))
        add(at, "delete_story", logged_in(self.delete), methods=["POST"])

    def new(self, username: str) -> ResponseReturnValue:
        """The composer."""
        return flask.render_template("instagram/story_new.html", username=username)

    def share(self, username: str) -> ResponseReturnValue:
        """Publish the story."""
        form = flask.request.form
        caption = form.get("caption", "").replace("\r\n", "\n").strip()
        mentions = mentions_in(form.get("mention", ""), caption)
        named = {name.lower() for name in mentions}
        companies = (one for one in self._world.companies() if one.account.username in named)
        world = next(companies, self._world)  # a story tells one company
        story = world.publish_story(username, mentions, caption)
        return flask.redirect(flask.url_for(".story_shared", story_id=story.id), 303)

    def delete(self, username: str, story_id: str) -> ResponseReturnValue:
        """Delete the story before its 24 hours are over; its media is gone with it (§9.2)."""
        world = self._owner_of(username, story_id)
        if world is None:
            flask.abort(404)
        world.delete_story(username, story_id)
        return flask.redirect(flask.url_for(".profile", name=world.account.username), 303)

    def _owner_of(self, username: str, story_id: str) -> World | None:
        """The world in the inbox that keeps this story of the customer."""
        for one in self._world.companies():
            if any(story.id == story_id for story in one.stories_of(username)):
                return one
        return None

    def shared(self, username: str, story_id: str) -> ResponseReturnValue:
        """Where the story is visible, and what Meta does not tell the company's app, and why."""
        stories = (s for one in self._world.companies() for s in one.stories_of(username))
        story = next((s for s in stories if s.id == story_id), None)
        customer = self._world.find_customer(username)
        if story is None or customer is None:
            flask.abort(404)
        return flask.render_template(
            "instagram/story_shared.html",
            story=story,
            private=customer.private,
            picture=own_path(story.url, self._world.origin),
        )
