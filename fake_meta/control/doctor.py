"""The doctor: why no webhook arrives."""

from __future__ import annotations

import flask

from fake_meta.control.company import company_of
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import ACCOUNT, PLATFORM
from fake_meta.domain import doctor
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.platforms import RULES, Platform
from fake_meta.journal import Entry, EntryKind, EntryOutcome

_KNOWN = frozenset({"customer", ACCOUNT, PLATFORM})


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The route /doctor."""

    @blueprint.get("/doctor")
    def examine() -> Json:
        given = flask.request.args
        unknown = sorted(set(given) - _KNOWN)
        if unknown:
            raise InvalidRequestError(
                f"unknown parameter {unknown[0]!r}; doctor takes customer, account and platform"
            )
        findings = doctor.examine(_situation(parts, given.get("customer")))
        wrong = doctor.first_wrong(findings)
        return {
            "healthy": wrong is None,
            "first_wrong": None if wrong is None else _finding_json(wrong),
            "findings": [_finding_json(one) for one in findings],
        }


def _situation(parts: Parts, username: str | None) -> doctor.Situation:
    world = company_of(parts.world)()
    subscriptions = {one.object: one for one in world.subscriptions}
    last = parts.journal.newest(EntryKind.WEBHOOK_DELIVERY)
    by_flavour_b = world.page_fields is None and world.platform is Platform.INSTAGRAM
    return doctor.Situation(
        app=world.app,
        subscription=subscriptions.get(RULES[world.platform].object),
        page_fields=world.account_fields if by_flavour_b else world.page_fields,
        platform=world.platform,
        customers=world.on(Platform.INSTAGRAM).customers,
        customer=None if username is None else world.customer(username),
        choices=world.choices,
        account_gap=world.account_gap,
        last_delivery=None if last is None else _delivery(last),
    )


def _delivery(entry: Entry) -> doctor.Delivery:
    status = "no answer" if entry.response is None else f"status {entry.response.status}"
    what = f"{', '.join(entry.events)}, {status} after {entry.duration_ms:.0f} ms"
    reason = "" if entry.reason is None else f": {entry.reason}"
    delivered = entry.outcome is EntryOutcome.DELIVERED
    return doctor.Delivery(delivered, f"{what}{reason}", was_answered=entry.response is not None)


def _finding_json(finding: doctor.Finding) -> Json:
    return {
        "layer": finding.layer,
        "health": finding.health,
        "seen": finding.seen,
        "cure": finding.cure,
        "section": finding.section,
    }
