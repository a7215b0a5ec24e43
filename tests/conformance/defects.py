"""The table of deliberately defective consoles: which step each must fail, and only that one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Defect:
    """A console that differs from the reference in one thing; `module` has its `create_app`."""

    step: str
    module: str
    what: str
    driver: Literal["api", "browser"] = "api"

    @property
    def factory(self) -> str:
        """Where `system_under_test serve --app` finds it."""
        return f"tests.conformance.consoles.{self.module}:create_app"


DEFECTS = (
    Defect("step-01", "portal_first", "the address leads to a portal of products first"),
    Defect(
        "step-02", "telling_refusal", "a refusal says whether the login or the password was wrong"
    ),
    Defect(
        "step-02",
        "unlimited_attempts",
        "nobody is slowed down, however often the password is wrong",
    ),
    Defect("step-03", "two_consoles_at_once", "a second sign-in does not end the first"),
    Defect(
        "step-03", "same_window", "ENTER opens the console in the same window", driver="browser"
    ),
    Defect(
        "step-04",
        "silent_permission",
        "the browser is never asked for notifications",
        driver="browser",
    ),
    Defect("step-05", "ready_is_deaf", "the status Ready does not receive"),
    Defect("step-05", "hearing_pause", "a pause still receives"),
    Defect("step-06", "any_verify_token", "the webhook accepts any verify token"),
    Defect("step-07", "demo_conversation", "an idle console shows a made-up conversation"),
    Defect("step-08", "escaped_twice", "the text is escaped once too often"),
    Defect("step-08", "short_column", "texts are cut after 400 characters"),
    Defect("step-09", "id_instead_of_name", "the conversation carries the customer's id"),
    Defect("step-09", "invented_name", "a missing profile is filled with an invented name"),
    Defect("step-10", "reopens", "after End the next message reopens the old conversation"),
    Defect("step-10", "kept_slot", "End keeps the slot taken"),
    Defect("step-11", "mention_answered_500", "a story mention is stored but answered with 500"),
    Defect("step-12", "bare_mention", "a story mention arrives without the story"),
    Defect("step-12", "copied_story", "the console serves its own copy of the story"),
    Defect("step-13", "ignores_unsend", "an unsent message stays on the screen"),
)
