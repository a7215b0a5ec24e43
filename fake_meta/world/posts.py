"""Verbs about posts: publish, comment, mention, story insights (meta-contract §3.12, §4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fake_meta.domain import change_events, messenger_threads
from fake_meta.domain.change_events import Comment, MediaType
from fake_meta.domain.errors import (
    InvalidRequestError,
    NotAllowedError,
    UnknownPostError,
    UnknownStoryError,
)
from fake_meta.domain.events import EventName, JsonObject, WebhookEvent, WebhookField
from fake_meta.domain.identifiers import StoryId
from fake_meta.world.core import WorldCore
from fake_meta.world.state import CustomerRecord, MediaRecord


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the company; `is_over`: a broadcast that ended."""

    id: str
    type: MediaType
    caption: str
    url: str
    is_over: bool


class PostVerbs(WorldCore):
    """Posts of the company and what customers write below them."""

    def publish_post(self, media_type: MediaType, caption: str = "") -> Post:
        """Publish a post, reel or advertisement, or start a live broadcast."""
        with self._lock:
            media_id = self._new_extra_id("179")
            if self._is_on_messenger:
                media_id = f"{self._inbox.page.id}_{media_id}"
            url = self._new_extra_asset("image", caption or media_id)
            self._inbox.media[media_id] = MediaRecord(media_type, caption, url)
            return self._post(media_id)

    def end_broadcast(self, media_id: str) -> Post:
        """End a live broadcast; its comments can no longer be answered privately."""
        with self._lock:
            record = self._media(media_id)
            if record.type is not MediaType.LIVE:
                raise NotAllowedError(f"the post {media_id} is no live broadcast")
            record.is_over = True
            return self._post(media_id)

    def posts(self) -> tuple[Post, ...]:
        """Every post, oldest first."""
        with self._lock:
            return tuple(self._post(media_id) for media_id in self._inbox.media)

    def own_post(self, media_id: str) -> Post | None:
        """The company's post with this id, or None."""
        with self._lock:
            return self._post(media_id) if media_id in self._inbox.media else None

    def comment(
        self, username: str, media_id: str | None, text: str, parent_id: str | None = None
    ) -> tuple[Comment, str | None]:
        """Comment on a post; with it comes why the app does not hear of it, or None.

        Without `media_id` it is a post of the visitor's own on the Page.
        """
        if not text.strip():
            raise InvalidRequestError("a comment needs a text that is not blank")
        if self._is_on_messenger:
            return self._comment_on_page(username, media_id, text, parent_id)
        if media_id is None:
            raise InvalidRequestError("media must say which post is commented on")
        with self._lock:
            record, media = self._record(username), self._media(media_id)
            if media.is_over:
                raise NotAllowedError(f"the broadcast {media_id} is over")
            if parent_id is not None and parent_id not in self._inbox.comments:
                raise UnknownPostError(f"there is no comment {parent_id!r}")
            comment = self._new_comment(record, media_id, text, parent_id)
            live = media.type is MediaType.LIVE
            field = WebhookField.LIVE_COMMENTS if live else WebhookField.COMMENTS
            value = change_events.comment_value(
                comment, change_events.ID_KEYS[self.choices.comment_ids]
            )
            return comment, self._tell_change(record, EventName.COMMENT, field, value)

    def mention(self, username: str, *, in_comment: bool) -> tuple[JsonObject, str | None]:
        """Mention the company in the caption of one's own post, or in a comment below it."""
        with self._lock:
            record = self._record(username)
            comment_id = self._new_extra_id("179") if in_comment else None
            value = change_events.mention_value(self._new_extra_id("180"), comment_id)
            field = WebhookField.MENTIONS
            return value, self._tell_change(record, EventName.MENTION, field, value)

    def story_insights(self, story_id: str, counts: Mapping[str, int]) -> str | None:
        """Send the numbers of a story of the company; why the app does not hear them, or None."""
        unknown = sorted(set(counts) - set(change_events.INSIGHT_KEYS))
        if unknown:
            known = ", ".join(change_events.INSIGHT_KEYS)
            raise InvalidRequestError(f"story insights are {known}, not {unknown[0]!r}")
        with self._lock:
            story = self._inbox.stories.get(StoryId(story_id))
            if story is None or story.owner is not None:
                raise UnknownStoryError(f"the company has no story {story_id!r}")
            value = change_events.insights_value(story_id, counts)
            field = WebhookField.STORY_INSIGHTS
            return self._emit_account_event(EventName.STORY_INSIGHTS, field, value)

    def _comment_on_page(
        self, username: str, media_id: str | None, text: str, parent_id: str | None
    ) -> tuple[Comment, str | None]:
        """What Facebook tells of it comes in another field than messages (meta-contract §3.12)."""
        with self._lock:
            record = self._record(username)
            kind = MediaType.FEED if media_id is None else self._media(media_id).type
            page_id, own_id = self._inbox.page.id, self._new_extra_id("12")
            comment = Comment(
                id=f"{page_id if media_id is None else media_id.partition('_')[2]}_{own_id}",
                username=username,
                igsid=record.customer.igsid,
                text=text,
                media_id=media_id or f"{page_id}_{own_id}",
                media_type=kind,
                created_ms=self._clock.now_ms(),
                parent_id=parent_id,
            )
            self._inbox.comments[comment.id] = comment
            return comment, messenger_threads.NO_FEED

    def is_on_page(self, comment_id: str) -> bool:
        """Somebody wrote this comment, or post, on the Page."""
        page = self._home.messenger
        return page is not None and comment_id in page.comments

    def _new_comment(
        self, record: CustomerRecord, media_id: str, text: str, parent_id: str | None
    ) -> Comment:
        comment = Comment(
            id=self._new_extra_id("179"),
            username=record.customer.username,
            igsid=record.customer.igsid,
            text=text,
            media_id=media_id,
            media_type=self._inbox.media[media_id].type,
            created_ms=self._clock.now_ms(),
            parent_id=parent_id,
        )
        self._inbox.comments[comment.id] = comment
        return comment

    def _media(self, media_id: str) -> MediaRecord:
        record = self._inbox.media.get(media_id)
        if record is None:
            raise UnknownPostError(
                f"the company has no post {media_id!r}; POST /_control/account/media makes one"
            )
        return record

    def _post(self, media_id: str) -> Post:
        record = self._inbox.media[media_id]
        return Post(media_id, record.type, record.caption, record.url, record.is_over)

    def _tell_change(
        self, record: CustomerRecord, name: EventName, field: WebhookField, value: JsonObject
    ) -> str | None:
        event = WebhookEvent(
            name=name,
            account_id=self._inbox.account.id,
            lane=record.customer.igsid,
            customer=record.customer.username,
            mids=(),
            item=value,
            field=field,
        )
        return self._emit(record.customer, [event])
