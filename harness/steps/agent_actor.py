"""The agent: signs in, looks, answers; finds conversations by what was written in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from harness.drivers.contract import SentMessage, Story
from harness.errors import ConformanceFailure, HarnessError, NotApplicable, TargetError
from harness.evidence import Evidence
from harness.matchers import equals
from harness.must import must
from harness.steps.abilities import ability
from harness.steps.front import Front
from harness.steps.watch import Watch
from harness.steps.words import token_of
from harness.targets.contract import (
    ConversationId,
    ConversationView,
    Desk,
    MessageView,
    Outcome,
    ShowsQueue,
    SignIn,
    Target,
)

OPERATING = "Operating"
STORY_MENTION = "story_mention"


@dataclass(frozen=True)
class Sighting:
    """A message as it was found, and the conversation it was found in."""

    conversation: ConversationView
    messages: tuple[MessageView, ...]
    message: MessageView


class Agent:
    """The agent of the submission at the desk."""

    def __init__(self, target: Target, front: Front, watch: Watch, evidence: Evidence) -> None:
        self.credentials = target.staff.agent
        self.front = front
        self.conversation: ConversationId | None = None
        self.previous: ConversationId | None = None
        self.answers: list[str] = []
        self.has_left_waiting = False
        self._watch = watch
        self._evidence = evidence

    def sign_in(self) -> SignIn:
        """Sign in at the front window."""
        return self.front.sign_in(self.credentials)

    def enter(self) -> Desk:
        """Sign in, sit down, end what an earlier case left behind."""
        sign_in = self.sign_in()
        must(sign_in.outcome, equals(Outcome.SIGNED_IN), reason="the agent signs in")
        self._end_leftovers()
        return self.desk

    def take_up_duty(self) -> None:
        """Select Operating, wait until the console says so, end what had waited for it."""
        waiting = self._waiting()
        self.desk.select_status(OPERATING)
        self._watch.eventually(
            self.desk.status, equals(OPERATING), reason="the agent is able to receive"
        )
        if waiting:
            self._watch.settle(self._waiting, lambda seen: not seen)
        self._end_leftovers()

    @property
    def desk(self) -> Desk:
        """The desk of the last successful sign-in."""
        desks = [attempt.desk for attempt in self.front.attempts if attempt.desk is not None]
        if not desks:
            last = self.front.attempts[-1] if self.front.attempts else None
            seen = f"{last.outcome}: {last.message}" if last else "nobody signed in"
            must(seen, equals(str(Outcome.SIGNED_IN)), reason="the agent is signed in")
        return desks[-1]

    def find(self, token: str) -> Sighting | None:
        """Look through the conversations for a text that contains the token."""
        return self._search(self._likely_first(token), lambda message: token in message.text)

    def find_sent(self, sent: SentMessage) -> Sighting | None:
        """Look for a message by its mid; where the console tells none, for the last one received.

        The text of an unsent message is gone, so the text cannot be what it is found by.
        """
        conversations = self.desk.conversations()
        views = [message for one in conversations for message in self.desk.messages(one.id)]
        if any(message.mid for message in views):
            return self._search(conversations, lambda message: message.mid == sent.mid)
        here = [one for one in conversations if one.id == self.conversation]
        received = [message for message in self.messages() if message.direction == "in"]
        return self._search(here, lambda message: message == received[-1]) if received else None

    def finder_of(self, text: str) -> Callable[[], Sighting | None]:
        """Look for a text of ours; the returned call looks once."""
        return partial(self.find, token_of(text))

    def find_story(self, story: Story | None) -> Sighting | None:
        """Look for a story mention by its mid; where the console tells none, by its kind."""
        assert story is not None

        def tells_of_it(message: MessageView) -> bool:
            return message.mid == story.mid if message.mid else message.kind == STORY_MENTION

        return self._search(self.desk.conversations(), tells_of_it)

    def take_up(self, seen: Sighting | None) -> None:
        """Go on in the conversation in which something was found."""
        assert seen is not None
        self.conversation = seen.conversation.id

    def texts_with(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """All texts at the desk that contain one of the tokens, as often as they stand there."""
        views = [self.desk.messages(seen.id) for seen in self.desk.conversations()]
        texts = [message.text for messages in views for message in messages]
        return tuple(text for text in texts if any(token in text for token in tokens))

    def places_of(self, tokens: Sequence[str]) -> frozenset[ConversationId]:
        """The conversations in which the tokens stand."""
        found = [self.find(token) for token in tokens]
        return frozenset(seen.conversation.id for seen in found if seen)

    def messages(self) -> tuple[MessageView, ...]:
        """The messages of the conversation the agent is in."""
        assert self.conversation is not None
        return self.desk.messages(self.conversation)

    def is_open(self, conversation_id: ConversationId) -> bool:
        """Whether a conversation stands in the agent's list."""
        return any(seen.id == conversation_id for seen in self.desk.conversations())

    def name_shown(self) -> str:
        """The name that the conversation carries in the list; empty when it is not listed."""
        names = {seen.id: seen.name for seen in self.desk.conversations()}
        return names.get(self.conversation, "") if self.conversation else ""

    def answer(self, text: str) -> None:
        """Write to the customer."""
        assert self.conversation is not None
        self.desk.reply(self.conversation, text)
        self.answers.append(text)

    def end(self) -> None:
        """End the conversation; it becomes the previous one."""
        assert self.conversation is not None
        self.desk.end(self.conversation)
        self.previous = self.conversation

    def leave(self) -> None:
        """End what is open, so that the next case finds an empty desk."""
        if not any(attempt.desk for attempt in self.front.attempts) or self.front.is_gone:
            return
        try:
            if self.has_left_waiting:
                self.desk.select_status(OPERATING)
                self._watch.settle(self.desk.conversations, bool)
            self._end_leftovers()
        except (ConformanceFailure, HarnessError, NotApplicable, TargetError) as trouble:
            self._evidence.note(f"The desk could not be tidied afterwards: {trouble}")

    def _waiting(self) -> int:
        try:
            return ability(self.desk, ShowsQueue).queue_length()
        except NotApplicable:
            return 0  # a console need not show its queue

    def _end_leftovers(self) -> None:
        leftovers = [conversation.id for conversation in self.desk.conversations()]
        for conversation_id in leftovers:
            self.desk.end(conversation_id)
            is_open = partial(self.is_open, conversation_id)
            self._watch.settle(is_open, lambda seen: not seen)

    def _search(
        self, conversations: Iterable[ConversationView], is_it: Callable[[MessageView], bool]
    ) -> Sighting | None:
        for conversation in conversations:
            messages = self.desk.messages(conversation.id)
            for message in messages:
                if is_it(message):
                    return Sighting(conversation, messages, message)
        return None

    def _likely_first(self, token: str) -> Iterator[ConversationView]:
        seen = self.desk.conversations()
        yield from sorted(seen, key=lambda conversation: token not in conversation.preview)
