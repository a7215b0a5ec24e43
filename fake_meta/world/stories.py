"""Verbs about stories: publish, mention, expire, delete."""

from __future__ import annotations

from collections.abc import Sequence

from fake_meta.domain import events, identifiers
from fake_meta.domain.errors import UnknownStoryError
from fake_meta.domain.events import EventName
from fake_meta.domain.identifiers import Mid, StoryId
from fake_meta.domain.stories import MentionVariant, Story, is_over, no_mention_because
from fake_meta.domain.threads import Attachment, MessageKind, Sender, ThreadMessage
from fake_meta.journal import Entry, EntryKind, EntryOutcome
from fake_meta.world.state import CustomerRecord, StoryRecord
from fake_meta.world.threads import ThreadVerbs

STORY_KIND = "story"


class StoryVerbs(ThreadVerbs):
    """Stories of customers and of the company."""

    def publish_story(
        self,
        username: str,
        mentions: Sequence[str],
        caption: str = "",
        variant: MentionVariant = MentionVariant.PLAIN,
    ) -> Story:
        """Publish a story; mentioning the company makes a message (meta-contract §9.2)."""
        with self._lock:
            record = self._record(username)
            story_id, story = self._new_story(username, caption)
            record.stories.append(story_id)
            blocked = no_mention_because(
                record.customer, self._inbox.account.username, tuple(mentions)
            )
            if blocked is None:
                self._mention(record, story_id, story, variant)
            else:
                story.not_sent_because = blocked
                self._journal_no_mention(record, blocked)
            return self._view(story_id, story)

    def publish_company_story(self, caption: str = "", mentions: Sequence[str] = ()) -> Story:
        """Publish a story of the company; customers it mentions find it in Direct (§9.2)."""
        with self._lock:
            mentioned = [self._record(username) for username in mentions]
            story_id, story = self._new_story(None, caption)
            for record in mentioned:
                self._mention_customer(record, story_id, story)
            return self._view(story_id, story)

    def company_stories(self) -> tuple[Story, ...]:
        """The company's stories that are still live."""
        with self._lock:
            now_ms = self._clock.now_ms()
            return tuple(
                self._view(story_id, story)
                for story_id, story in self._inbox.stories.items()
                if story.owner is None
                and not story.gone
                and not is_over(story.published_ms, now_ms)
            )

    def stories_of(self, username: str) -> tuple[Story, ...]:
        """Every story of this customer, oldest first, over or not."""
        with self._lock:
            stories = self._inbox.stories
            return tuple(self._view(i, stories[i]) for i in self._record(username).stories)

    def expire_story(self, username: str, story_id: str) -> None:
        """Let the 24 hours of a story pass at once."""
        self._remove(username, story_id)

    def delete_story(self, username: str, story_id: str) -> None:
        """Delete a story."""
        self._remove(username, story_id)

    def _remove(self, username: str, story_id: str) -> None:
        with self._lock:
            record = self._record(username)
            story = self._inbox.stories.get(StoryId(story_id))
            if story is None or story.owner != username:
                raise UnknownStoryError(f"{username} has no story {story_id!r}")
            story.gone = True
            self._touch(record.thread)

    def _new_story(self, owner: str | None, caption: str) -> tuple[StoryId, StoryRecord]:
        story_id = identifiers.new_story_id(self._state.ids)
        url = self._new_asset(STORY_KIND, caption or story_id, story_id=story_id)
        story = StoryRecord(owner, caption, url, self._clock.now_ms())
        self._inbox.stories[story_id] = story
        return story_id, story

    def _mention(
        self, record: CustomerRecord, story_id: StoryId, story: StoryRecord, variant: MentionVariant
    ) -> None:
        now_ms = story.published_ms
        mid = self._new_mid(record)
        message = _mentioning(mid, Sender.CUSTOMER, story, variant)
        record.thread.story_of[mid] = story_id
        self._customer_acted(record, now_ms)
        self._append(record, message)
        item = events.message_item(self._inbox.account.id, record.customer.igsid, message)
        event = self._event(record, EventName.STORY_MENTION, (mid,), item)
        story.mid = mid
        story.not_sent_because = self._emit(record.customer, [event])

    def _mention_customer(
        self, record: CustomerRecord, story_id: StoryId, story: StoryRecord
    ) -> None:
        """The company mentions a customer: an echo with a story mention (meta-contract §3.4)."""
        mid = self._new_mid(record)
        message = _mentioning(mid, Sender.BUSINESS, story, MentionVariant.PLAIN)
        record.thread.story_of[mid] = story_id
        self._append(record, message)
        item = events.echo_item(self._inbox.account.id, record.customer.igsid, message)
        event = self._event(record, EventName.ECHO, (mid,), item)
        story.mid = mid
        story.not_sent_because = self._emit(record.customer, [event])

    def _journal_no_mention(self, record: CustomerRecord, reason: str) -> None:
        self._journal.append(
            Entry(
                kind=EntryKind.WEBHOOK_NOT_SENT,
                outcome=EntryOutcome.NOT_SENT,
                at_ms=self._clock.now_ms(),
                customer=record.customer.username,
                events=(EventName.STORY_MENTION,),
                reason=reason,
            )
        )

    def _view(self, story_id: StoryId, story: StoryRecord) -> Story:
        mid = None if story.mid is None else Mid(story.mid)
        return Story(
            id=story_id,
            mid=mid,
            not_sent_because=story.not_sent_because,
            url=story.url,
            caption=story.caption,
            published_ms=story.published_ms,
        )


def _mentioning(
    mid: Mid, sender: Sender, story: StoryRecord, variant: MentionVariant
) -> ThreadMessage:
    kind, now_ms = MessageKind.STORY_MENTION, story.published_ms
    attachments: tuple[Attachment, ...] = ()
    if variant is MentionVariant.UNSUPPORTED:
        return ThreadMessage(mid, sender, MessageKind.UNSUPPORTED, "", None, now_ms)
    if variant is MentionVariant.NO_URL:
        attachments = (Attachment(str(kind), {}),)
        return ThreadMessage(mid, sender, kind, "", None, now_ms, attachments=attachments)
    if variant is MentionVariant.TWICE:
        attachments = (Attachment(str(kind), {"url": story.url}),) * 2
    return ThreadMessage(mid, sender, kind, "", story.url, now_ms, attachments=attachments)
