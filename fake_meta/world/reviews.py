"""Verbs of App Review: drafts, submissions, decisions that change the access level (§10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.errors import InvalidRequestError, NotAllowedError, UnknownSubmissionError
from fake_meta.domain.review.forms import (
    AppDetails,
    Decision,
    PermissionForm,
    Submission,
    SubmissionState,
    outcome_of,
)
from fake_meta.world.core import WorldCore


class ReviewVerbs(WorldCore):
    """What the App Dashboard does about App Review."""

    @property
    def app_details(self) -> AppDetails:
        """Basic settings that App Review asks for."""
        with self._lock:
            return self._state.reviews.details

    def change_details(self, changes: Mapping[str, Any]) -> AppDetails:
        """Change fields of `AppDetails`."""
        with self._lock:
            desk = self._state.reviews
            desk.details = replace(desk.details, **changes)
            return desk.details

    @property
    def review_takes_ms(self) -> int:
        """Virtual time from submission to decision (meta-contract §10.1)."""
        with self._lock:
            return self._state.reviews.takes_ms

    def set_review_time(self, takes_ms: int) -> None:
        """How long the next submissions wait."""
        with self._lock:
            self._state.reviews.takes_ms = takes_ms

    def submissions(self) -> tuple[Submission, ...]:
        """All submissions, oldest first."""
        with self._lock:
            return tuple(self._state.reviews.submissions)

    def submission(self, number: int) -> Submission:
        """One submission."""
        with self._lock:
            return self._submission(number)

    def draft(self) -> Submission:
        """The draft, a new one when there is none; it begins with what was not approved before."""
        with self._lock:
            desk = self._state.reviews
            last = desk.submissions[-1] if desk.submissions else None
            if last is not None and last.state is SubmissionState.IN_REVIEW:
                raise NotAllowedError(
                    f"submission {last.number} is in review; wait for its decision or cancel it"
                )
            if last is not None and last.state is SubmissionState.DRAFT:
                return last
            fresh = Submission(len(desk.submissions) + 1, SubmissionState.DRAFT)
            if last is not None:
                fresh = replace(fresh, access=last.access, forms=_refused_forms(last))
            desk.submissions.append(fresh)
            return fresh

    def edit_access(self, changes: Mapping[str, Any]) -> Submission:
        """Change how a reviewer gets in."""
        with self._lock:
            draft = self.draft()
            return self._keep(replace(draft, access=replace(draft.access, **changes)))

    def edit_form(self, permission: Permission, changes: Mapping[str, Any]) -> Submission:
        """Ask for a permission, or change what is said about it."""
        with self._lock:
            if self._state.app.access[permission] is AccessLevel.ADVANCED:
                raise NotAllowedError(f"the app has Advanced Access to {permission} already")
            draft = self.draft()
            form = replace(draft.forms.get(permission, PermissionForm()), **changes)
            return self._keep(replace(draft, forms={**draft.forms, permission: form}))

    def drop_form(self, permission: Permission) -> Submission:
        """Ask for it no longer."""
        with self._lock:
            draft = self.draft()
            left = {key: form for key, form in draft.forms.items() if key is not permission}
            return self._keep(replace(draft, forms=left))

    def submit(self) -> Submission:
        """Hand the draft in; the virtual clock brings the decision."""
        with self._lock:
            draft = self.draft()
            if not draft.forms:
                raise NotAllowedError("the submission asks for no permission yet")
            now_ms = self._clock.now_ms()
            due_ms = now_ms + self._state.reviews.takes_ms
            return self._keep(
                replace(
                    draft,
                    state=SubmissionState.IN_REVIEW,
                    submitted_ms=now_ms,
                    due_ms=due_ms,
                )
            )

    def cancel(self, number: int) -> Submission:
        """Take a draft or a submission back."""
        with self._lock:
            submission = self._open(number)
            return self._keep(replace(submission, state=SubmissionState.CANCELLED))

    def conclude(self, number: int, decisions: Sequence[Decision]) -> Submission:
        """Write the decisions down; approval is Advanced Access at once."""
        with self._lock:
            submission = self._open(number)
            if submission.state is SubmissionState.DRAFT:
                raise NotAllowedError(f"submission {number} is a draft; submit it first")
            if {one.permission for one in decisions} != set(submission.forms):
                asked = ", ".join(submission.forms)
                raise InvalidRequestError(f"submission {number} needs a decision for each: {asked}")
            granted = {one.permission: AccessLevel.ADVANCED for one in decisions if one.approved}
            app = self._state.app
            self._state.app = replace(app, access={**app.access, **granted})
            return self._keep(
                replace(
                    submission,
                    state=outcome_of(tuple(decisions)),
                    decisions=tuple(decisions),
                    decided_ms=self._clock.now_ms(),
                )
            )

    def _submission(self, number: int) -> Submission:
        submissions = self._state.reviews.submissions
        if not 1 <= number <= len(submissions):
            raise UnknownSubmissionError(f"there is no submission {number}")
        return submissions[number - 1]

    def _open(self, number: int) -> Submission:
        submission = self._submission(number)
        if not submission.is_open:
            raise NotAllowedError(f"submission {number} is {submission.state} already")
        return submission

    def _keep(self, submission: Submission) -> Submission:
        self._state.reviews.submissions[submission.number - 1] = submission
        return submission


def _refused_forms(last: Submission) -> dict[Permission, PermissionForm]:
    approved = {one.permission for one in last.decisions if one.approved}
    return {key: form for key, form in last.forms.items() if key not in approved}
