"""Calls about App Review."""

from __future__ import annotations

from typing import Unpack

from fake_meta.client.line import Line
from fake_meta.client.shapes import reviews


class Review:
    """The forms of App Review, what is submitted and decided."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def read(self) -> reviews.Review:
        """Read everything about App Review."""
        return self._line.ask(reviews.Review, "GET", "/app-review")

    def change_details(self, **wish: Unpack[reviews.DetailsWish]) -> reviews.Review:
        """Change the app's details."""
        return self._line.ask(reviews.Review, "PATCH", "/app-review", wish)

    def explain_access(self, **wish: Unpack[reviews.ReviewAccessWish]) -> reviews.Submission:
        """Say how the reviewer gets in."""
        return self._line.ask(reviews.Submission, "PATCH", "/app-review/access", wish)

    def ask_for(self, name: str, **wish: Unpack[reviews.FormWish]) -> reviews.Submission:
        """Ask for a permission."""
        return self._line.ask(
            reviews.Submission, "PUT", "/app-review/permissions/<name>", wish, name=name
        )

    def ask_no_longer(self, name: str) -> reviews.Submission:
        """Ask for a permission no longer."""
        return self._line.ask(
            reviews.Submission, "DELETE", "/app-review/permissions/<name>", name=name
        )

    def give_back(self, name: str) -> reviews.Review:
        """Give Advanced Access back."""
        return self._line.ask(
            reviews.Review, "DELETE", "/app-review/permissions/<name>/access", name=name
        )

    def findings(self) -> reviews.Decisions:
        """Say what a reviewer would find now."""
        return self._line.ask(reviews.Decisions, "GET", "/app-review/findings")

    def submit(self) -> reviews.Submission:
        """Submit for review."""
        return self._line.ask(reviews.Submission, "POST", "/app-review/submissions")

    def decide(self, given: int, **wish: Unpack[reviews.DecideWish]) -> reviews.Submission:
        """Decide, or let the automatic reviewer decide."""
        return self._line.ask(
            reviews.Submission,
            "POST",
            "/app-review/submissions/<int:given>/decide",
            wish,
            given=given,
        )

    def withdraw(self, given: int) -> reviews.Submission:
        """Withdraw a submission."""
        return self._line.ask(
            reviews.Submission, "DELETE", "/app-review/submissions/<int:given>", given=given
        )
