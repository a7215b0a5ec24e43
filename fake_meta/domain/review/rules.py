"""The automatic reviewer: a table of checks (meta-contract §10.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fake_meta.domain.accounts import AccessLevel, Permission
from fake_meta.domain.review.case import ReviewCase
from fake_meta.domain.review.form_rules import FORM_RULES
from fake_meta.domain.review.forms import Decision, Finding, Reason

WARN_AFTER_S = 5.0
_OK = range(200, 300)
_MESSAGES = Permission.MANAGE_MESSAGES
_CALLS = {
    Permission.BASIC: ("profile",),
    Permission.MANAGE_MESSAGES: ("send", "conversations", "conversation_read"),
    Permission.MANAGE_METADATA: ("subscribe",),
    Permission.PAGES_MESSAGING: ("messenger_send",),
}
"""Calls that need the permission, by the journal's name of what they did."""

_KINDS = {
    "message": "a text message",
    "story_mention": "a mention in a story",
    "unsend": "an unsent message",
}

Rule = Callable[[ReviewCase], Iterable[Finding]]


def decide(case: ReviewCase) -> tuple[Decision, ...]:
    """The outcome for each permission: a finding about the whole counts for all of them."""
    findings = [finding for rule in RULES for finding in rule(case)]
    if any(one.reason is Reason.NO_ACCESS for one in findings):
        findings = [one for one in findings if one.reason is Reason.NO_ACCESS]
    return tuple(
        _decision(permission, [one for one in findings if one.permission in (None, permission)])
        for permission in case.forms
    )


def untested(case: ReviewCase) -> Iterator[Finding]:
    """Permissions that no successful call of the last 30 days needed (meta-contract §10.1)."""
    for permission in case.forms:
        if not case.sightings.calls.intersection(_CALLS[permission]):
            yield Finding(
                Reason.PERMISSION_NOT_TESTED,
                permission,
                f"no successful call that needs {permission} in the last 30 days",
                f"let the app make one: {', '.join(_CALLS[permission])}",
                "10.1",
            )


def _decision(permission: Permission, findings: list[Finding]) -> Decision:
    return Decision(permission, approved=not findings, findings=tuple(findings))


def _access(case: ReviewCase) -> Iterator[Finding]:
    url = case.submission.access.login_url
    status = case.pages.get(url)
    if status is None or status not in _OK:
        seen = f"the app's address {url} {_answered(status)}" if url else "no address is given"
        yield Finding(
            Reason.NO_ACCESS, None, seen,
            "give the public address of the application's own login page", "10.1",
        )  # fmt: skip
    elif case.log_in_refusal is not None:
        yield Finding(
            Reason.NO_ACCESS, None, case.log_in_refusal,
            "give a user of the app whose password works, and keep the user until the decision",
            "10.5",
        )  # fmt: skip


def _answered(status: int | None) -> str:
    return "does not answer" if status is None else f"answers HTTP {status}"


def _policy(case: ReviewCase) -> Iterator[Finding]:
    url = case.details.privacy_policy_url
    status = case.pages.get(url)
    if url and status not in _OK:
        yield Finding(
            Reason.PRIVACY_POLICY, None, f"the privacy policy {url} {_answered(status)}",
            "publish it where everybody can read it", "10.5",
        )  # fmt: skip


def _webhook(case: ReviewCase) -> Iterator[Finding]:
    if _MESSAGES not in case.forms:
        return
    if not case.is_subscribed:
        yield Finding(
            Reason.WEBHOOK, _MESSAGES, "the app is not subscribed to messages of the account",
            "subscribe callback, Page and field; `homolog doctor` says what is missing", "2.1",
        )  # fmt: skip
        return
    for event, words in _KINDS.items():
        yield from _delivery(case, event, words)


def _delivery(case: ReviewCase, event: str, words: str) -> Iterator[Finding]:
    reason = {"unsend": Reason.UNSENT_MESSAGES, "story_mention": Reason.STORIES}.get(
        event, Reason.WEBHOOK
    )
    seen = case.sightings.deliveries.get(event)
    if seen is None:
        yield Finding(
            reason, _MESSAGES, f"Meta never told the app of {words}",
            "walk through the review's steps with a test user before submitting", "10.5",
        )  # fmt: skip
    elif not seen.is_well:
        answer = "did not answer" if seen.status is None else f"answered HTTP {seen.status}"
        yield Finding(
            reason, _MESSAGES, f"the app {answer} when it was told of {words}",
            "answer 200 to every delivery, also to events that the app does not use", "2.5",
        )  # fmt: skip
    elif seen.duration_s > WARN_AFTER_S:
        yield Finding(
            Reason.WEBHOOK, _MESSAGES, f"the app took {seen.duration_s:.1f} s to answer {words}",
            "answer first and work afterwards", "2.5",
        )  # fmt: skip


def _replies(case: ReviewCase) -> Iterator[Finding]:
    if _MESSAGES in case.forms and "send" not in case.sightings.calls:
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, _MESSAGES, "no reply of the app reached a customer",
            "answer a customer from the app; the reviewer looks for it in Instagram Direct", "10.5",
        )  # fmt: skip


def _names(case: ReviewCase) -> Iterator[Finding]:
    if Permission.BASIC in case.forms and "profile" not in case.sightings.calls:
        yield Finding(
            Reason.USE_CASE_NOT_VERIFIED, Permission.BASIC, "the app read nobody's profile",
            "show the sender's name, not an id; it comes from the profile call", "10.5",
        )  # fmt: skip


def _people(case: ReviewCase) -> Iterator[Finding]:
    standard = case.app.access[_MESSAGES] is not AccessLevel.ADVANCED
    if _MESSAGES in case.forms and standard and not case.has_role_holder:
        yield Finding(
            Reason.ROLES, None, "nobody on Instagram has an accepted role on the app",
            "invite the test user as tester, and accept the invitation on Instagram", "6.4",
        )  # fmt: skip
    if _MESSAGES in case.forms and not case.message_access:
        yield Finding(
            Reason.WEBHOOK, _MESSAGES, "the account does not allow access to messages",
            "switch on Allow access to messages in Instagram's settings", "9.4",
        )  # fmt: skip


RULES: tuple[Rule, ...] = (
    _access, _policy, *FORM_RULES, untested, _webhook, _replies, _names, _people,
)  # fmt: skip
