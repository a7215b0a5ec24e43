"""What the routes work with; built by the composition root, found on the Flask app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import current_app

from system_under_test.domain.signature import Proof, answer_challenge, check_signature
from system_under_test.service.administration import Administration
from system_under_test.service.attaching import Attaching
from system_under_test.service.desk import Desk
from system_under_test.service.feed import Feed
from system_under_test.service.intake import Intake
from system_under_test.service.metrics import Metrics
from system_under_test.service.my_day import MyDay
from system_under_test.service.noting import Noting
from system_under_test.service.privacy import Privacy
from system_under_test.service.repairs import Repairs
from system_under_test.service.signin import SignIn
from system_under_test.service.supervision import Supervision
from system_under_test.service.tallies import Tallies
from system_under_test.service.transfers import Transfers

EXTENSION = "interact"


def receive(intake: Intake, raw: bytes, headers: str) -> tuple[str, int]:
    """Store the delivery, then say so."""
    intake.accept(raw, headers)
    return "EVENT_RECEIVED", 200


def refusal_key(_cause: str) -> str:
    """Catalogue key of the sentence for a refused sign-in: the same whatever the cause."""
    return "login.invalid_credentials"


@dataclass(frozen=True, slots=True)
class Doors:
    """How the console behaves towards Meta and at its own entrance."""

    answer_challenge: Callable[[Mapping[str, str], str], str | None] = answer_challenge
    check_signature: Callable[[str, Mapping[str, str], bytes], Proof] = check_signature
    receive: Callable[[Intake, bytes, str], tuple[str, int]] = receive
    refusal_key: Callable[[str], str] = refusal_key


@dataclass(frozen=True, slots=True)
class Console:
    """Use cases and the few settings that the web needs."""

    sign_in: SignIn
    desk: Desk
    attaching: Attaching
    noting: Noting
    my_day: MyDay
    transfers: Transfers
    supervision: Supervision
    administration: Administration
    repairs: Repairs
    privacy: Privacy
    metrics: Metrics
    tallies: Tallies
    feed: Feed
    intake: Intake
    language: str
    reply_goal_s: int
    app_secrets: tuple[str, ...]
    verify_token: str
    cdn_hosts: tuple[str, ...]
    metrics_token: str
    public_url: str
    csrf_key: bytes
    new_token: Callable[[], str]
    doors: Doors = field(default_factory=Doors)


def console() -> Console:
    """The console of the running app."""
    found: Console = current_app.extensions[EXTENSION]
    return found
