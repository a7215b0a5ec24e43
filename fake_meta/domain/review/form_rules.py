"""Checks of what was filed (meta-contract §10.1, §10.2, §10.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from fake_meta.domain.accounts import Permission
from fake_meta.domain.review.case import ReviewCase
from fake_meta.domain.review.forms import (
    Experience,
    Finding,
    PermissionForm,
    Purpose,
    Reason,
    Shown,
)

ICON = (1024, 1024)
LEAST_DESCRIPTION = 100
WIDEST_RECORDING = 1440
LEAST_STEPS = 3
_BRANDS = ("instagram", "facebook", "meta", "whatsapp", "messenger")
_STEP = re.compile(r"(?m)^\s*(?:step\s*)?\d{1,2}\s*[.):-]", re.IGNORECASE)
_LOG_IN = re.compile(r"\b(?:log(?:s|ged|ging)?|sign(?:s|ed|ing)?)[ -]?in\b|\bcredentials\b", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORDS = (
    "the and on in to of with then open click press choose answer enter fill select page"
)
_FOREIGN_WORDS = (
    "o os as e em no na do da com para um uma clique abra entre acesse senha página usuário "
    "el la los las y en con haga clic contraseña usuario"
)
_ENGLISH, _FOREIGN = frozenset(_ENGLISH_WORDS.split()), frozenset(_FOREIGN_WORDS.split())
"""Words that tell English from the languages in which instructions come otherwise."""
_USES = {
    Permission.MANAGE_MESSAGES: ("message", "conversation", "inbox", "customer"),
    Permission.BASIC: ("name", "profile", "username", "account"),
    Permission.MANAGE_METADATA: ("webhook", "subscri", "page"),
    Permission.PAGES_MESSAGING: ("message", "conversation", "messenger", "customer"),
}
"""Words without which a description is of another use than the allowed one (§10.2)."""

_MUST_SHOW = {
    Permission.MANAGE_MESSAGES: (
        Shown.LOGIN, Shown.GRANT, Shown.MESSAGE, Shown.REPLY, Shown.UNSEND, Shown.DIRECT,
    ),
    Permission.BASIC: (Shown.LOGIN, Shown.GRANT, Shown.PROFILE),
    Permission.MANAGE_METADATA: (Shown.LOGIN, Shown.GRANT),
    Permission.PAGES_MESSAGING: (Shown.LOGIN, Shown.GRANT, Shown.MESSAGE, Shown.REPLY),
}  # fmt: skip
_DEPENDENCY = "business_management"

FormRule = Callable[[Permission, PermissionForm, ReviewCase], Iterable[Finding]]


def _settings(case: ReviewCase) -> Iterator[Finding]:
    details = case.details
    given = {
        "contact e-mail": details.contact_email,
        "category": details.category,
        "privacy policy URL": details.privacy_policy_url,
        "data deletion callback or URL": details.data_deletion_url or case.has_deletion_callback,
    }
    for name in (name for name, value in given.items() if not value):
        yield Finding(
            Reason.SETTINGS, None, f"the {name} is missing", "fill it in under Basic settings",
            "10.1",
        )  # fmt: skip


def _brand(case: ReviewCase) -> Iterator[Finding]:
    if case.details.icon != ICON:
        seen = "none" if case.details.icon is None else "{} x {}".format(*case.details.icon)
        yield Finding(
            Reason.BRAND, None, f"the icon must be 1024 x 1024 pixels; there is {seen}",
            "upload one without Meta's brands", "10.1",
        )  # fmt: skip
    words = re.findall(r"[a-z]+", case.app.name.lower())
    for brand in (brand for brand in _BRANDS if brand in words):
        yield Finding(
            Reason.BRAND, None, f"the app's name {case.app.name!r} uses the brand {brand}",
            "choose a name without it", "10.4",
        )  # fmt: skip


def _verification(case: ReviewCase) -> Iterator[Finding]:
    if not case.details.business_verified:
        yield Finding(
            Reason.VERIFICATION, None, "the business is not verified",
            "finish Business Verification first", "10.1",
        )  # fmt: skip
    if not case.details.data_handling_answered:
        yield Finding(
            Reason.VERIFICATION, None, "the data handling questions are not answered",
            "answer them under App Review", "10.1",
        )  # fmt: skip
    if case.details.purpose is Purpose.CLIENTS and not case.details.access_verified:
        yield Finding(
            Reason.VERIFICATION, None,
            "the app works for clients, and its business is not verified as a Tech Provider",
            "finish Access Verification first", "10.1",
        )  # fmt: skip


def _credentials(case: ReviewCase) -> Iterator[Finding]:
    access = case.submission.access
    if len(_STEP.findall(access.steps)) < LEAST_STEPS:
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, None,
            f"the instructions have fewer than {LEAST_STEPS} numbered steps",
            "write every click, from the log-in to the result, one numbered step each", "10.1",
        )  # fmt: skip
    words = [word.lower() for word in _WORD.findall(access.steps)]
    if sum(word in _FOREIGN for word in words) > sum(word in _ENGLISH for word in words):
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, None, "the instructions are not in English",
            "write every step in English; the reviewers read nothing else", "10.5",
        )  # fmt: skip
    elif access.steps.strip() and not _LOG_IN.search(access.steps):
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, None, "the instructions do not say how to log in",
            "begin with the log-in, and name the fields and the button to press", "10.1",
        )  # fmt: skip
    if not access.username or not access.password:
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, None, "credentials of the app are missing",
            "give a user of the app itself, never one of Meta's", "10.1",
        )  # fmt: skip


def _description(
    permission: Permission, form: PermissionForm, case: ReviewCase
) -> Iterator[Finding]:
    text = form.description.strip()
    if len(text) <= LEAST_DESCRIPTION:
        yield Finding(
            Reason.DESCRIPTION, permission,
            f"the description has {len(text)} characters, more than {LEAST_DESCRIPTION} are asked",
            "say how it helps, why it is needed and how the data are used", "10.5",
        )  # fmt: skip
    others = [one.description.strip() for key, one in case.forms.items() if key is not permission]
    if text and text in others:
        yield Finding(
            Reason.DESCRIPTION, permission, "another permission has the same description",
            "write each one on its own", "10.1",
        )  # fmt: skip
    if text and not any(word in text.lower() for word in _USES[permission]):
        yield Finding(
            Reason.DISALLOWED_USE, permission,
            f"the description names no use of {permission}",
            f"say what happens with {', '.join(_USES[permission])}", "10.2",
        )  # fmt: skip


def _recording(
    permission: Permission, form: PermissionForm, _case: ReviewCase
) -> Iterator[Finding]:
    recording = form.recording
    if recording is None:
        yield Finding(
            Reason.RECORDING, permission, "there is no screen recording",
            "record the permission in use", "10.1",
        )  # fmt: skip
        return
    missing = [str(part) for part in _MUST_SHOW[permission] if part not in recording.shows]
    if missing:
        yield Finding(
            Reason.RECORDING, permission, f"the recording does not show: {', '.join(missing)}",
            "show the whole way, from the log-in and the grant to the result", "10.2",
        )  # fmt: skip
    if recording.width > WIDEST_RECORDING:
        yield Finding(
            Reason.RECORDING, permission,
            f"the recording is {recording.width} pixels wide, more than {WIDEST_RECORDING}",
            "make the screen smaller before recording", "10.3",
        )  # fmt: skip
    if not recording.english:
        yield Finding(
            Reason.RECORDING, permission, "the recording is neither in English nor captioned",
            "switch the app to English, or add captions", "10.3",
        )  # fmt: skip


def _messaging(permission: Permission, form: PermissionForm, case: ReviewCase) -> Iterator[Finding]:
    if permission is not Permission.MANAGE_MESSAGES:
        return
    if form.account.removeprefix("@") != case.account:
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, permission,
            f"the form names the account {form.account!r}, the app is linked to {case.account!r}",
            "give the handle of the professional account that reviewers write to", "10.2",
        )  # fmt: skip
    if form.experience is None:
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, permission, "the primary experience is not chosen",
            f"choose one of {', '.join(Experience)}", "10.2",
        )  # fmt: skip
    answers = {
        "what happens with replies to stories": (form.story_replies, Reason.STORIES),
        "what happens with mentions in stories": (form.story_mentions, Reason.STORIES),
        "what happens with unsent messages": (form.unsent_messages, Reason.UNSENT_MESSAGES),
        "how a customer reaches a human being": (form.escalation, Reason.ESCALATION),
    }
    for question, (answer, reason) in answers.items():
        if not answer.strip():
            yield Finding(
                reason, permission, f"the form does not say {question}", "answer it in a sentence",
                "10.2",
            )  # fmt: skip
    if _DEPENDENCY not in form.dependencies:
        yield Finding(
            Reason.RECORDING, permission, f"{_DEPENDENCY} is not declared as a dependency",
            "declare it, and show how the Page is chosen at log-in", "10.2",
        )  # fmt: skip


def _each(case: ReviewCase) -> Iterator[Finding]:
    for permission, form in case.forms.items():
        for rule in (_description, _recording, _messaging):
            yield from rule(permission, form, case)


FORM_RULES = (_settings, _brand, _verification, _credentials, _each)
