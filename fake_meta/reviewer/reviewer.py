"""Gathers what a reviewer looks at, lets the rules decide, writes the outcome down."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from fake_meta.courier import DirectSender, OutboundRequest, Reply
from fake_meta.domain.accounts import Permission
from fake_meta.domain.errors import NotAllowedError
from fake_meta.domain.login import Flavour
from fake_meta.domain.review import rules
from fake_meta.domain.review.case import ReviewCase
from fake_meta.domain.review.forms import AccessPath, Decision, Finding, Submission, SubmissionState
from fake_meta.journal import Entry, EntryKind, EntryOutcome, Journal, Query
from fake_meta.reviewer.log_in import try_credentials
from fake_meta.reviewer.sightings import sightings_of
from fake_meta.world import World

REVIEWER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"
_HEADERS = {"Accept": "text/html,*/*", "User-Agent": REVIEWER_AGENT}
_EVERYTHING = Query(limit=10**9)


class Reviewer:
    """Decides submissions by the rules, when their time has come or at once."""

    def __init__(self, world: World, journal: Journal, sender: DirectSender) -> None:
        self._world = world
        self._journal = journal
        self._sender = sender
        self._at_work = threading.Lock()

    def findings(self) -> tuple[Decision, ...]:
        """What would be said of the draft now; nothing is submitted."""
        return rules.decide(self._case(self._world.draft()))

    def submit(self) -> Submission:
        """Hand the draft in; the button is grey until every permission was used once (§10.1)."""
        untested = list(rules.untested(self._case(self._world.draft(), visits=False)))
        if untested:
            raise NotAllowedError(_sentence(untested))
        return self._world.submit()

    def decide(self, number: int) -> Submission:
        """Decide at once, by the rules."""
        submission = self._world.submission(number)
        return self._world.conclude(number, rules.decide(self._case(submission)))

    def catch_up(self) -> None:
        """Do what the virtual clock has made due: decisions, then approvals that take effect."""
        next_ms = self._world.next_review_ms()
        if next_ms is None or next_ms > self._world.now_ms():
            return
        if not self._at_work.acquire(blocking=False):
            return  # A page that is visited may be the emulator's own: its request comes here too.
        try:
            self._decide_due()
            self._world.grant_due()
        finally:
            self._at_work.release()

    def _decide_due(self) -> None:
        now_ms = self._world.now_ms()
        for one in self._world.submissions():
            waits = one.state is SubmissionState.IN_REVIEW
            if waits and one.due_ms is not None and one.due_ms <= now_ms:
                self.decide(one.number)

    def _case(self, submission: Submission, *, visits: bool = True) -> ReviewCase:
        world, details = self._world, self._world.app_details
        asked = {submission.access.login_url, details.privacy_policy_url} - {""}
        fields = world.page_fields or world.account_fields or ()
        return ReviewCase(
            submission=submission,
            details=details,
            app=world.app,
            account=world.account.username,
            sightings=sightings_of(self._journal.find(_EVERYTHING), world.now_ms()),
            pages={url: self._visit(url) for url in asked} if visits else {},
            has_deletion_callback=any(
                world.client(flavour).data_deletion_url for flavour in Flavour
            ),
            has_role_holder=any(customer.has_role for customer in world.customers),
            message_access=world.message_access,
            is_subscribed=bool(world.subscriptions) and "messages" in fields,
            log_in_refusal=self._log_in(submission.access) if visits else None,
        )

    def _log_in(self, access: AccessPath) -> str | None:
        """Only when a tester asks for it: a log-in may end another session of the same user."""
        is_page = access.login_url.startswith(("http://", "https://"))
        if not self._world.tries_credentials or not is_page:
            return None
        return try_credentials(self._sender, access, _HEADERS)

    def _visit(self, url: str) -> int | None:
        """The status under which a page opens; None when it does not."""
        if not url.startswith(("http://", "https://")):
            return None
        about = Entry(EntryKind.REVIEW_VISIT, EntryOutcome.FAILED, 0, events=("visit",))
        request = OutboundRequest("GET", url, _HEADERS)
        reply, _entry = self._sender.send_judged(request, about, _complaint)
        return reply.status


def _complaint(reply: Reply) -> str | None:
    if reply.status is None:
        return reply.error
    is_page = 200 <= reply.status < 400
    return None if is_page else f"the page answered HTTP {reply.status}"


def _sentence(untested: Sequence[Finding]) -> str:
    names = ", ".join(str(one.permission) for one in untested)
    return (
        f"Request Advanced Access stays grey for {names}: no successful call that needs it was "
        "seen in the last 30 days (meta-contract §10.1); let the app make one"
    )


def decisions_by_hand(
    submission: Submission, permission: Permission | None, note: str, *, approved: bool
) -> tuple[Decision, ...]:
    """The same outcome for all permissions, or for one and the opposite for the others."""
    return tuple(
        Decision(one, approved if permission in (None, one) else not approved, note=note)
        for one in submission.forms
    )
