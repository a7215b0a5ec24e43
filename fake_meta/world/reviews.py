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

    @property
    def grant_after_ms(self) -> int:
        """Virtual time from an approval to its effect (meta-contract §12 row 33)."""
        with self._lock:
            return self._state.reviews.grant_after_ms

    def set_grant_delay(self, after_ms: int) -> None:
        """How long the next approvals wait for their effect."""
        with self._lock:
            self._state.reviews.grant_after_ms = after_ms

    @property
    def tries_credentials(self) -> bool:
        """The automatic reviewer logs in to the app."""
        with self._lock:
            return self._state.reviews.tries_credentials

    def let_try_credentials(self, *, is_on: bool) -> None:
        """Let the reviewer log in to the app, or not."""
        with self._lock:
            self._state.reviews.tries_credentials = is_on

    def waiting_grants(self) -> Mapping[Permission, int]:
        """Approved permissions that are not in force yet, with the time when they will be."""
        with self._lock:
            return dict(self._state.reviews.grants)

    def next_review_ms(self) -> int | None:
        """When App Review has something to do next: a decision or a grant."""
        with self._lock:
            desk = self._state.reviews
            last = desk.submissions[-1] if desk.submissions else None
            waits = last is not None and last.state is SubmissionState.IN_REVIEW
            due = [last.due_ms] if last is not None and waits and last.due_ms is not None else []
            return min([*due, *desk.grants.values()], default=None)

    def grant_due(self) -> None:
        """Put into force what was approved long enough ago."""
        with self._lock:
            now_ms, desk = self._clock.now_ms(), self._state.reviews
            due = [one for one, at_ms in desk.grants.items() if at_ms <= now_ms]
            desk.grants = {key: at for key, at in desk.grants.items() if key not in due}
            self._set_access(dict.fromkeys(due, AccessLevel.ADVANCED))

    def give_back(self, permission: Permission) -> None:
        """From Advanced Access, or an approval on its way, back to Standard Access."""
        with self._lock:
            desk = self._state.reviews
            waited = desk.grants.pop(permission, None) is not None
            if not waited and self._state.app.access[permission] is not AccessLevel.ADVANCED:
                raise NotAllowedError(
                    f"the app has no Advanced Access to {permission} that could be removed"
                )
            self._set_access({permission: AccessLevel.STANDARD})

    def _set_access(self, levels: Mapping[Permission, AccessLevel]) -> None:
        app = self._state.app
        self._state.app = replace(app, access={**app.access, **levels})

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
            if permission in self._state.reviews.grants:
                raise NotAllowedError(f"{permission} is approved; its access is on the way")
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
        """Write the decisions down; approval is Advanced Access, at once or after the delay."""
        with self._lock:
            submission = self._open(number)
            if submission.state is SubmissionState.DRAFT:
                raise NotAllowedError(f"submission {number} is a draft; submit it first")
            if {one.permission for one in decisions} != set(submission.forms):
                asked = ", ".join(submission.forms)
                raise InvalidRequestError(f"submission {number} needs a decision for each: {asked}")
            now_ms, desk = self._clock.now_ms(), self._state.reviews
            at_ms = now_ms + desk.grant_after_ms
            desk.grants |= {one.permission: at_ms for one in decisions if one.approved}
            self.grant_due()
            return self._keep(
                replace(
                    submission,
                    state=outcome_of(tuple(decisions)),
                    decisions=tuple(decisions),
                    decided_ms=now_ms,
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
