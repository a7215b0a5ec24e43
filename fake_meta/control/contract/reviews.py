"""Calls about App Review: the forms, what is submitted, what is decided."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, create_model

from fake_meta.control.contract.call import Call, Nothing, Told, Wish
from fake_meta.control.contract.fields import Flag, Number, Text, judged_by, word
from fake_meta.control.review_wishes import ACCESS, DETAILS, FORM
from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.review import forms


def _wish(name: str, parsers: Any, said: str, **more: Any) -> type[BaseModel]:
    fields: Any = {key: (judged_by(parser), None) for key, parser in parsers.items()} | more
    made: type[BaseModel] = create_model(name, __base__=Wish, __doc__=said, **fields)
    return made


DetailsWish = _wish(
    "DetailsWish",
    DETAILS,
    "The app's details.",
    takes_s=(Number, None),
    grant_after_s=(Number, None),
    try_credentials=(Flag, None),
)
AccessWish = _wish("ReviewAccessWish", ACCESS, "How the reviewer gets in.")
FormWish = _wish("FormWish", FORM, "What is told about one permission.")


class DecideWish(Wish):
    """Empty: the automatic reviewer decides."""

    approve: Flag = None
    permission: word(Permission) = None  # type: ignore[valid-type]
    note: Text = None


class ReviewFinding(Told):
    """One reason, and what to do."""

    reason: str
    meaning: str
    whole_submission: bool
    seen: str
    cure: str
    section: str


class Decision(Told):
    """DECISION."""

    permission: Permission
    approved: bool
    note: str
    findings: list[ReviewFinding]


class Decisions(Told):
    """DECISIONS."""

    decisions: list[Decision]


class Submission(Told):
    """SUBMISSION."""

    number: int
    state: forms.SubmissionState
    access: forms.AccessPath
    permissions: dict[Permission, forms.PermissionForm]
    submitted_ms: int | None
    due_ms: int | None
    decided_ms: int | None
    decisions: list[Decision]


class Review(Told):
    """Everything about App Review."""

    details: dict[str, Any]
    takes_s: float
    grant_after_s: float
    try_credentials: bool
    effective_ms: dict[Permission, int]
    access: dict[str, AccessLevel]
    submissions: list[Submission]


_ROOT = "/app-review"
_ONE = f"{_ROOT}/submissions/<int:given>"
_PERMISSION = f"{_ROOT}/permissions/<name>"

CALLS = (
    Call("GET", _ROOT, "Read everything about App Review", Review),
    Call("PATCH", _ROOT, "Change the app's details", Review, DetailsWish),
    Call("PATCH", f"{_ROOT}/access", "Say how the reviewer gets in", Submission, AccessWish),
    Call("PUT", _PERMISSION, "Ask for a permission", Submission, FormWish),
    Call("DELETE", _PERMISSION, "Ask for a permission no longer", Submission),
    Call("DELETE", f"{_PERMISSION}/access", "Give Advanced Access back", Review),
    Call("GET", f"{_ROOT}/findings", "Say what a reviewer would find now", Decisions),
    Call("POST", f"{_ROOT}/submissions", "Submit for review", Submission, Nothing, status=201),
    Call("POST", f"{_ONE}/decide", "Decide, or let it be decided", Submission, DecideWish),
    Call("DELETE", _ONE, "Withdraw a submission", Submission),
)
