"""App Review: what is filed, and what becomes of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import flask

from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import boolean, json_object, member, number, parsed, text
from fake_meta.control.review_wishes import ACCESS, DETAILS, FORM
from fake_meta.domain.accounts import Permission
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.review.forms import Decision, Finding, Submission
from fake_meta.domain.review.wording import MEANINGS
from fake_meta.reviewer.reviewer import decisions_by_hand
from fake_meta.world import World

_LONGEST_REVIEW_S = 400 * 24 * 3600
_WAITS = ("takes_s", "grant_after_s")
_TRIES = "try_credentials"


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /app-review."""
    _add_forms(blueprint, parts)
    _add_submissions(blueprint, parts)


def _add_forms(blueprint: flask.Blueprint, parts: Parts) -> None:
    world = parts.world

    @blueprint.get("/app-review")
    def read_review() -> Json:
        return review_json(parts)

    @blueprint.patch("/app-review")
    def configure_review() -> Json:
        _configure(world, dict(json_object({*DETAILS, *_WAITS, _TRIES})))
        return review_json(parts)

    @blueprint.patch("/app-review/access")
    def edit_access() -> Json:
        return submission_json(world.edit_access(parsed(json_object(ACCESS), ACCESS)))

    @blueprint.put("/app-review/permissions/<name>")
    def ask_for(name: str) -> Json:
        permission = member(Permission, "the permission", name)
        return submission_json(world.edit_form(permission, parsed(json_object(FORM), FORM)))

    @blueprint.delete("/app-review/permissions/<name>")
    def ask_no_longer(name: str) -> Json:
        return submission_json(world.drop_form(member(Permission, "the permission", name)))

    @blueprint.delete("/app-review/permissions/<name>/access")
    def give_back(name: str) -> Json:
        world.give_back(member(Permission, "the permission", name))
        return review_json(parts)

    @blueprint.get("/app-review/findings")
    def look_ahead() -> Json:
        return {"decisions": [decision_json(one) for one in parts.reviewer.findings()]}


def _configure(world: World, wishes: dict[str, Any]) -> None:
    waits = {name: _wait_ms(name, wishes.pop(name)) for name in _WAITS if name in wishes}
    tries = boolean(_TRIES, wishes.pop(_TRIES)) if _TRIES in wishes else None
    world.change_details(parsed(wishes, DETAILS))
    if tries is not None:
        world.let_try_credentials(is_on=tries)
    if "takes_s" in waits:
        world.set_review_time(waits["takes_s"])
    if "grant_after_s" in waits:
        world.set_grant_delay(waits["grant_after_s"])


def _wait_ms(name: str, value: Any) -> int:
    seconds = number(name, value)
    if seconds > _LONGEST_REVIEW_S:
        raise InvalidRequestError(f"{name} is at most {_LONGEST_REVIEW_S}")
    return round(seconds * 1000)


def _add_submissions(blueprint: flask.Blueprint, parts: Parts) -> None:
    @blueprint.post("/app-review/submissions")
    def submit() -> tuple[Json, int]:
        json_object(())
        return submission_json(parts.reviewer.submit()), 201

    @blueprint.post("/app-review/submissions/<int:given>/decide")
    def decide(given: int) -> Json:
        wishes = json_object({"approve", "permission", "note"})
        if "approve" not in wishes:
            if wishes:
                raise InvalidRequestError("permission and note go with approve: true or false")
            return submission_json(parts.reviewer.decide(given))
        return submission_json(_decided_by_hand(parts, given, dict(wishes)))

    @blueprint.delete("/app-review/submissions/<int:given>")
    def cancel(given: int) -> Json:
        return submission_json(parts.world.cancel(given))


def _decided_by_hand(parts: Parts, given: int, wishes: dict[str, Any]) -> Submission:
    named = wishes.get("permission")
    decisions = decisions_by_hand(
        parts.world.submission(given),
        None if named is None else member(Permission, "permission", named),
        text("note", wishes["note"]) if "note" in wishes else "",
        approved=boolean("approve", wishes["approve"]),
    )
    return parts.world.conclude(given, decisions)


def review_json(parts: Parts) -> Json:
    """Everything about App Review."""
    world = parts.world
    details = asdict(world.app_details)
    icon = details["icon"]
    details["icon"] = None if icon is None else {"width": icon[0], "height": icon[1]}
    return {
        "details": details,
        "takes_s": world.review_takes_ms / 1000,
        "grant_after_s": world.grant_after_ms / 1000,
        "try_credentials": world.tries_credentials,
        "effective_ms": {str(one): at_ms for one, at_ms in world.waiting_grants().items()},
        "access": {str(permission): level for permission, level in world.app.access.items()},
        "submissions": [submission_json(one) for one in world.submissions()],
    }


def submission_json(one: Submission) -> Json:
    """SUBMISSION; the password of the app is told: whoever asks filed it."""
    return {
        "number": one.number,
        "state": one.state,
        "access": asdict(one.access),
        "permissions": {str(permission): asdict(form) for permission, form in one.forms.items()},
        "submitted_ms": one.submitted_ms,
        "due_ms": one.due_ms,
        "decided_ms": one.decided_ms,
        "decisions": [decision_json(decision) for decision in one.decisions],
    }


def decision_json(one: Decision) -> Json:
    """DECISION."""
    return {
        "permission": one.permission,
        "approved": one.approved,
        "note": one.note,
        "findings": [finding_json(finding) for finding in one.findings],
    }


def finding_json(one: Finding) -> Json:
    """FINDING, with what its reason means."""
    return {
        "reason": one.reason,
        "meaning": MEANINGS[one.reason],
        "whole_submission": one.permission is None,
        "seen": one.seen,
        "cure": one.cure,
        "section": one.section,
    }
