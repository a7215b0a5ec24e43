"""Calls about customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack, overload

from fake_meta.client.line import Line
from fake_meta.client.shapes import people, words


class Customers:
    """Who they are, what they write, publish and touch."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @overload
    def create(self, *, persona: words.Persona, count: int = 1) -> people.Customers: ...

    @overload
    def create(self, **wish: Unpack[people.Traits]) -> people.Customer: ...

    def create(self, **wish: Unpack[people.CustomerWish]) -> people.Customer | people.Customers:
        """Create a customer; with `persona` and `count` many."""
        made: people.Customer | people.Customers = self._line.fetch("POST", "/customers", wish)
        return made

    @overload
    def write(
        self, username: str, *, texts: Sequence[str], account: str | None = None
    ) -> people.Messages: ...

    @overload
    def write(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.OneMessage]
    ) -> people.Message: ...

    def write(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.MessageWish]
    ) -> people.Message | people.Messages:
        """Write to the company; with `texts` several messages at once."""
        path = "/customers/<username>/messages"
        made: people.Message | people.Messages = self._line.fetch(
            "POST", path, wish, username=username, account=account
        )
        return made

    def read(self, username: str, *, account: str | None = None) -> people.Customer:
        """Read a customer."""
        return self._line.ask(
            people.Customer, "GET", "/customers/<username>", username=username, account=account
        )

    def change(
        self, username: str, /, *, account: str | None = None, **wish: Unpack[people.CustomerWish]
    ) -> people.Customer:
        """Change a customer."""
        return self._line.ask(
            people.Customer,
            "PATCH",
            "/customers/<username>",
            wish,
            username=username,
            account=account,
        )

    def unsend(
        self,
        username: str,
        mid: str,
        *,
        account: str | None = None,
        **wish: Unpack[people.UnsendWish],
    ) -> people.ThreadMessage:
        """Withdraw a message on the phone or the website."""
        return self._line.ask(
            people.ThreadMessage,
            "POST",
            "/customers/<username>/messages/<mid>/unsend",
            wish,
            username=username,
            mid=mid,
            account=account,
        )

    def edit(
        self,
        username: str,
        mid: str,
        *,
        account: str | None = None,
        **wish: Unpack[people.TextWish],
    ) -> people.ThreadMessage:
        """Edit a message."""
        return self._line.ask(
            people.ThreadMessage,
            "POST",
            "/customers/<username>/messages/<mid>/edit",
            wish,
            username=username,
            mid=mid,
            account=account,
        )

    def ghost_edit(self, username: str, mid: str, *, account: str | None = None) -> people.Done:
        """Let Meta tell of an edit that nobody made."""
        return self._line.ask(
            people.Done,
            "POST",
            "/customers/<username>/messages/<mid>/ghost-edit",
            username=username,
            mid=mid,
            account=account,
        )

    def react(
        self,
        username: str,
        mid: str,
        *,
        account: str | None = None,
        **wish: Unpack[people.ReactionWish],
    ) -> people.ThreadMessage:
        """React to a message; by default with love."""
        return self._line.ask(
            people.ThreadMessage,
            "POST",
            "/customers/<username>/messages/<mid>/reaction",
            wish,
            username=username,
            mid=mid,
            account=account,
        )

    def unreact(
        self, username: str, mid: str, *, account: str | None = None
    ) -> people.ThreadMessage:
        """Take a reaction back."""
        return self._line.ask(
            people.ThreadMessage,
            "DELETE",
            "/customers/<username>/messages/<mid>/reaction",
            username=username,
            mid=mid,
            account=account,
        )

    def tap(
        self, username: str, mid: str, *, account: str | None = None, **wish: Unpack[people.TapWish]
    ) -> people.Message:
        """Tap a quick reply or a button of a message."""
        return self._line.ask(
            people.Message,
            "POST",
            "/customers/<username>/messages/<mid>/tap",
            wish,
            username=username,
            mid=mid,
            account=account,
        )

    def tap_entry(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.TitleWish]
    ) -> people.Message:
        """Tap an ice breaker or an entry of the menu."""
        return self._line.ask(
            people.Message,
            "POST",
            "/customers/<username>/postbacks",
            wish,
            username=username,
            account=account,
        )

    def open_link(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.ReferralWish]
    ) -> people.Done:
        """Open an ig.me link."""
        return self._line.ask(
            people.Done,
            "POST",
            "/customers/<username>/referrals",
            wish,
            username=username,
            account=account,
        )

    def thread(self, username: str, *, account: str | None = None) -> people.Thread:
        """Read the thread as the customer sees it."""
        return self._line.ask(
            people.Thread, "GET", "/customers/<username>/thread", username=username, account=account
        )

    def see(self, username: str, *, account: str | None = None) -> people.Seen:
        """Read to the end; `mid` is None when there was nothing new."""
        return self._line.ask(
            people.Seen, "POST", "/customers/<username>/seen", username=username, account=account
        )

    def accept(self, username: str, *, account: str | None = None) -> people.Done:
        """Accept the request of a company that wrote first."""
        return self._line.ask(
            people.Done, "POST", "/customers/<username>/accept", username=username, account=account
        )

    def publish_story(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.StoryWish]
    ) -> people.Story:
        """Publish a story; `mentions` names accounts."""
        return self._line.ask(
            people.Story,
            "POST",
            "/customers/<username>/stories",
            wish,
            username=username,
            account=account,
        )

    def stories(self, username: str, *, account: str | None = None) -> people.Stories:
        """List the stories, oldest first."""
        return self._line.ask(
            people.Stories,
            "GET",
            "/customers/<username>/stories",
            username=username,
            account=account,
        )

    def expire_story(
        self, username: str, story_id: str, *, account: str | None = None
    ) -> people.Done:
        """Let a story's 24 hours pass."""
        return self._line.ask(
            people.Done,
            "POST",
            "/customers/<username>/stories/<story_id>/expire",
            username=username,
            story_id=story_id,
            account=account,
        )

    def delete_story(
        self, username: str, story_id: str, *, account: str | None = None
    ) -> people.Done:
        """Delete a story."""
        return self._line.ask(
            people.Done,
            "DELETE",
            "/customers/<username>/stories/<story_id>",
            username=username,
            story_id=story_id,
            account=account,
        )

    def comment(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.CommentWish]
    ) -> people.Commented:
        """Comment on a post, or answer a comment."""
        return self._line.ask(
            people.Commented,
            "POST",
            "/customers/<username>/comments",
            wish,
            username=username,
            account=account,
        )

    def opt_in(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.OptInWish]
    ) -> people.OptedIn:
        """Tick a checkbox of the Page on Messenger."""
        return self._line.ask(
            people.OptedIn,
            "POST",
            "/customers/<username>/opt-ins",
            wish,
            username=username,
            account=account,
        )

    def mention(
        self, username: str, *, account: str | None = None, **wish: Unpack[people.MentionWish]
    ) -> people.Mentioned:
        """Mention the company in a caption or a comment."""
        return self._line.ask(
            people.Mentioned,
            "POST",
            "/customers/<username>/mentions",
            wish,
            username=username,
            account=account,
        )
