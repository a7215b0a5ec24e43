"""App Review: permissions with their states, the draft, submissions and decisions (§10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import flask
from flask.typing import ResponseReturnValue

from fake_meta.control.requests import member
from fake_meta.control.review_wishes import ACCESS, FORM
from fake_meta.dashboard.pages import Pages, View, address, form, pixels, read, shown_again
from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.review.forms import Experience, Shown, Submission, SubmissionState
from fake_meta.domain.review.wording import MEANINGS

_SIDES = ("width", "height")
_QUESTIONS = (
    ("story_replies", "How does the app handle replies to stories?"),
    ("story_mentions", "How does the app handle mentions in stories?"),
    ("unsent_messages", "How does the app handle unsent messages?"),
    ("escalation", "How does a customer reach a human being?"),
)


class ReviewPages(Pages):
    """The permissions, a form for each, and the requests."""

    def register(self, blueprint: flask.Blueprint) -> None:
        """Add the routes."""
        base = "/apps/<app_id>/review/"
        blueprint.add_url_rule(base, "review", self.show)
        acts: dict[str, tuple[str, View]] = {
            "save_access": ("access/", self.save_access),
            "submit": ("submit/", self.submit),
            "give_back": ("<name>/access/remove/", self.give_back),
            "decide": ("<int:number>/decide/", self.decide),
            "cancel": ("<int:number>/cancel/", self.cancel),
        }
        for name, (path, act) in acts.items():
            view = shown_again(self.show, act)
            blueprint.add_url_rule(f"{base}{path}", name, view, methods=["POST"])
        blueprint.add_url_rule(f"{base}<name>/", "permission", self.permission)
        save = shown_again(self.permission, self.save_form)
        blueprint.add_url_rule(f"{base}<name>/", "save_form", save, methods=["POST"])

    def show(self, app_id: str, **_act: object) -> ResponseReturnValue:
        """Permissions, draft, submissions."""
        del app_id
        submissions = self.world.submissions()
        draft = submissions[-1] if submissions and submissions[-1].is_open else None
        return flask.render_template(
            "dashboard/review.html",
            rows=[(one, self._state_of(one, submissions)) for one in Permission],
            draft=draft,
            access=draft.access if draft else None,
            submissions=[one for one in reversed(submissions) if one.submitted_ms is not None],
            meanings=MEANINGS,
            written=_written,
            days=self.world.review_takes_ms / 86_400_000,
        )

    def permission(self, app_id: str, name: str) -> ResponseReturnValue:
        """The form of one permission."""
        del app_id
        permission = member(Permission, "the permission", name)
        forms = self.world.draft().forms
        return flask.render_template(
            "dashboard/permission.html",
            permission=permission,
            filed=forms.get(permission),
            experiences=list(Experience),
            shown=list(Shown),
            questions=_QUESTIONS if permission is Permission.MANAGE_MESSAGES else (),
        )

    def save_access(self, app_id: str) -> ResponseReturnValue:
        """How the reviewer gets in."""
        del app_id
        wishes = {name: form().get(name, "").strip() for name in ACCESS}
        self.world.edit_access(read(wishes, {**ACCESS, "login_url": address}))
        return self.done("review", "Saved how the reviewer gets into the app.")

    def save_form(self, app_id: str, name: str) -> ResponseReturnValue:
        """One permission's form, or its removal."""
        del app_id
        permission = member(Permission, "the permission", name)
        if form().get("act") == "remove":
            self.world.drop_form(permission)
            return self.done("review", f"{permission} is not asked for any more.")
        wishes = _wishes()
        facts = _recording()
        wishes["recording"] = facts
        self.world.edit_form(permission, read(wishes, FORM))
        return self.done("review", f"Saved what is said about {permission}.")

    def give_back(self, app_id: str, name: str) -> ResponseReturnValue:
        """From Advanced Access back to Standard."""
        del app_id
        permission = member(Permission, "the permission", name)
        self.world.give_back(permission)
        return self.done("review", f"The app has Standard Access to {permission} again.")

    def submit(self, app_id: str) -> ResponseReturnValue:
        """Hand it in."""
        del app_id
        submission = self.parts.reviewer.submit()
        return self.done("review", f"Submission {submission.number} is in review.")

    def decide(self, app_id: str, number: int) -> ResponseReturnValue:
        """Let the automatic reviewer decide at once."""
        del app_id
        decided = self.parts.reviewer.decide(number)
        return self.done("review", f"Submission {number}: {decided.state.replace('_', ' ')}.")

    def cancel(self, app_id: str, number: int) -> ResponseReturnValue:
        """Take it back."""
        del app_id
        self.world.cancel(number)
        return self.done("review", f"Submission {number} is cancelled.")

    def _state_of(self, permission: Permission, submissions: tuple[Submission, ...]) -> str:
        if self.world.app.access[permission] is AccessLevel.ADVANCED:
            return "Advanced Access"
        if permission in self.world.waiting_grants():
            return "Approved, in force later"
        for one in reversed(submissions):
            if permission in one.forms and one.state is not SubmissionState.CANCELLED:
                return _STATES[one.state]
        return _NOT_REQUESTED[self.world.app.access[permission]]


_STATES = {
    SubmissionState.DRAFT: "In the draft",
    SubmissionState.IN_REVIEW: "In review",
    SubmissionState.APPROVED: "Approved, then taken away",
    SubmissionState.PARTIALLY_APPROVED: "Not approved",
    SubmissionState.REJECTED: "Not approved",
}
_NOT_REQUESTED = {
    AccessLevel.NONE: "No access",
    AccessLevel.STANDARD: "Standard Access",
}


def _wishes() -> dict[str, Any]:
    """The form's fields as the control API would have them."""
    given = form()
    names = ("description", "account", *(name for name, _ in _QUESTIONS))
    wishes: dict[str, Any] = {name: given[name].strip() for name in names if name in given}
    if "experience" in given:
        wishes["experience"] = given["experience"] or None
    if "dependency" in given or "account" in given:
        wishes["dependencies"] = given.getlist("dependency")
    return wishes


def _recording() -> dict[str, Any] | None:
    file = flask.request.files.get("file")
    given = form()
    name = file.filename if file is not None and file.filename else given.get("file_name", "")
    if not name:
        return None
    size = len(file.read()) if file is not None and file.filename else _size(given)
    return {
        "file_name": name,
        "size_bytes": max(size, 1),
        **read({side: given.get(side, "") for side in _SIDES}, dict.fromkeys(_SIDES, pixels)),
        "english": "english" in given,
        "has_audio": "has_audio" in given,
        "shows": given.getlist("shows"),
    }


def _size(given: Mapping[str, str]) -> int:
    """What the page remembered of the file that was chosen before."""
    size = given.get("size_bytes", "")
    return int(size) if size.isdecimal() and len(size) <= len("9999999999") else 1


def _written(time_ms: int | None) -> str:
    if time_ms is None:
        return ""
    return datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%d %b %Y, %H:%M UTC")
