"""What the company shows: its posts, to share, and its stories, to answer (§3.3, §9.3)."""

from __future__ import annotations

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.stories import Story
from fake_meta.domain.threads import MessageKind
from fake_meta.surfaces import profile_view
from fake_meta.surfaces.addresses import own_path
from fake_meta.surfaces.company import CompanyPages

QUICK_REACTIONS = ("❤️", "😂", "😮", "😢", "👏", "🔥")
"""A tap on one is a reply whose text is the emoji (meta-contract §9.3)."""


class PostPages(CompanyPages):
    """A post or reel of the company, and its story of the day."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        logged_in, add = self._visitors.logged_in, blueprint.add_url_rule
        add("/<name>/p/<int:number>/", "post", self.post)
        add("/<name>/p/<int:number>/", "share", logged_in(self.share), methods=["POST"])
        at = "/stories/<name>/<story_id>/"
        add(at, "story", logged_in(self.story))
        add(at, "answer_story", logged_in(self.answer), methods=["POST"])

    def post(self, name: str, number: int) -> ResponseReturnValue:
        """One post."""
        self._check(name, number)
        return flask.render_template(
            "instagram/post.html",
            number=number,
            tint=profile_view.tiles()[number - 1],
            is_reel=profile_view.is_reel(number),
        )

    def share(self, username: str, name: str, number: int) -> ResponseReturnValue:
        """Send the post to the company itself, as customers do who ask about it."""
        self._check(name, number)
        kind = MessageKind.IG_REEL if profile_view.is_reel(number) else MessageKind.IG_POST
        self._world.send_media(username, kind)
        return self._to_thread()

    def story(self, username: str, name: str, story_id: str) -> ResponseReturnValue:  # noqa: ARG002 - whoever looks
        """One story while it lives."""
        found = self._story(name, story_id)
        if found is None:
            flask.abort(404)
        picture = own_path(found.url, self._world.origin)
        return flask.render_template(
            "instagram/story.html", story=found, picture=picture, reactions=QUICK_REACTIONS
        )

    def answer(self, username: str, name: str, story_id: str) -> ResponseReturnValue:
        """Reply to the story, or react to it with an emoji."""
        if name.lower() != self._world.account.username:
            flask.abort(404)
        text = flask.request.form.get("text", "").replace("\r\n", "\n")
        if not text.strip():
            return flask.redirect(flask.url_for(".story", name=name, story_id=story_id), 303)
        self._world.reply_to_story(username, story_id, text)
        return self._to_thread()

    def _story(self, name: str, story_id: str) -> Story | None:
        if name.lower() != self._world.account.username:
            return None
        return next((one for one in self._world.company_stories() if one.id == story_id), None)

    def _check(self, name: str, number: int) -> None:
        exists = 1 <= number <= profile_view.POSTS
        if name.lower() != self._world.account.username or not exists:
            flask.abort(404)

    def _to_thread(self) -> ResponseReturnValue:
        return flask.redirect(flask.url_for(".direct", name=self._world.account.username), 303)
