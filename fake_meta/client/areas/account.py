"""Calls about the company's account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from fake_meta.client.line import Line
from fake_meta.client.shapes import company, people


class Account:
    """What the company does in Instagram itself."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def send_insights(
        self, story_id: str, counts: Mapping[str, int], *, account: str | None = None
    ) -> company.Silence:
        """Let Meta send the insights of a story."""
        return self._line.ask(
            company.Silence,
            "POST",
            "/account/stories/<story_id>/insights",
            counts,
            story_id=story_id,
            account=account,
        )

    def read(self, *, account: str | None = None) -> company.Account:
        """Read the account."""
        return self._line.ask(company.Account, "GET", "/account", account=account)

    def change(
        self, *, account: str | None = None, **wish: Unpack[company.AccountWish]
    ) -> company.Account:
        """Change switches of the account."""
        return self._line.ask(company.Account, "PATCH", "/account", wish, account=account)

    def write(
        self, *, account: str | None = None, **wish: Unpack[company.CompanyMessageWish]
    ) -> people.Message:
        """Write as the company without the app."""
        return self._line.ask(people.Message, "POST", "/account/messages", wish, account=account)

    def unsend(
        self, mid: str, *, account: str | None = None, **wish: Unpack[company.ToWish]
    ) -> people.ThreadMessage:
        """Withdraw a message of the company."""
        return self._line.ask(
            people.ThreadMessage,
            "POST",
            "/account/messages/<mid>/unsend",
            wish,
            mid=mid,
            account=account,
        )

    def write_to_self(
        self, *, account: str | None = None, **wish: Unpack[company.SelfMessageWish]
    ) -> people.Message:
        """Let the account write to itself."""
        return self._line.ask(
            people.Message, "POST", "/account/self-messages", wish, account=account
        )

    def publish_story(
        self, *, account: str | None = None, **wish: Unpack[company.CompanyStoryWish]
    ) -> people.Story:
        """Publish a story of the company."""
        return self._line.ask(people.Story, "POST", "/account/stories", wish, account=account)

    def publish_post(
        self, *, account: str | None = None, **wish: Unpack[company.PostWish]
    ) -> company.Post:
        """Publish a post, reel, advertisement or broadcast."""
        return self._line.ask(company.Post, "POST", "/account/media", wish, account=account)

    def end_broadcast(self, media_id: str, *, account: str | None = None) -> company.Post:
        """End a live broadcast."""
        return self._line.ask(
            company.Post,
            "POST",
            "/account/media/<media_id>/end",
            media_id=media_id,
            account=account,
        )

    def accept_thread(self, username: str, *, account: str | None = None) -> company.InFolder:
        """Move a thread out of the Requests."""
        return self._line.ask(
            company.InFolder,
            "POST",
            "/account/threads/<username>/accept",
            username=username,
            account=account,
        )

    def steer_second_app(
        self, username: str, *, account: str | None = None, **wish: Unpack[company.SecondAppWish]
    ) -> company.Control:
        """Let the second app take, pass or release a thread."""
        return self._line.ask(
            company.Control,
            "POST",
            "/account/threads/<username>/second-app",
            wish,
            username=username,
            account=account,
        )
