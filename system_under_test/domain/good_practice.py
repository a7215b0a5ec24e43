"""How a console is to be set up before Meta's reviewers come (the guide's good practices)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """A service as far as good practice looks at it."""

    name: str
    classification: bool
    post_service: bool
    has_channel: bool


@dataclass(frozen=True, slots=True)
class AgentSeen:
    """An agent as far as good practice looks at it."""

    login: str
    services: frozenset[str]
    has_password: bool
    automatic: bool
    positions: int


@dataclass(frozen=True, slots=True)
class Check:
    """One practice: its key, whether it is kept, and whom it is about."""

    key: str
    kept: bool
    about: str


def check_practices(
    services: Sequence[ServiceSeen], agents: Sequence[AgentSeen], most_positions: int
) -> list[Check]:
    """Every practice, for each service that customers reach; without any such only that."""
    reached = [one for one in services if one.has_channel]
    if not reached:
        return [Check("channel", kept=False, about="")]
    return [check for service in reached for check in _of_service(service, agents, most_positions)]


def _of_service(service: ServiceSeen, agents: Sequence[AgentSeen], most: int) -> list[Check]:
    members = [one for one in agents if service.name in one.services]
    logins = ", ".join(one.login for one in members)
    checks = [
        Check("channel", kept=True, about=service.name),
        Check("no_classification", not service.classification, service.name),
        Check("no_post_service", not service.post_service, service.name),
        Check("one_agent", len(members) == 1, f"{service.name}: {logins or '–'}"),
    ]
    for one in members:
        checks += [
            Check("password", one.has_password, one.login),
            Check("automatic_answer", one.automatic, one.login),
            Check("all_positions", one.positions == most, f"{one.login}: {one.positions}/{most}"),
        ]
    return checks
