"""Who is heard: the table of meta-contract §6.5 in the strict reading."""

import itertools

import pytest

from fake_meta.domain import permissions
from fake_meta.domain.accounts import (
    AccessLevel,
    AppMode,
    Customer,
    MetaApp,
    Permission,
    Role,
    Subscription,
)
from fake_meta.domain.graph_errors import GraphError
from fake_meta.domain.identifiers import Igsid
from fake_meta.domain.messaging_errors import MessagingError
from fake_meta.domain.platforms import RULES, Platform

SUBSCRIBED = Subscription("instagram", "https://app.example", "token", ("messages",))


def app(mode: AppMode, level: AccessLevel) -> MetaApp:
    access = dict.fromkeys(Permission, level)
    return MetaApp("1", "Interact", "secret", "token", mode, access)


def person(role: Role | None, *, accepted: bool = True) -> Customer:
    return Customer("ana", "Ana", Igsid("3"), "pw", role=role, role_accepted=accepted)


def test_the_table_has_every_combination() -> None:
    combinations = itertools.product(AppMode, AccessLevel, (True, False))

    assert set(permissions.REFUSALS) == set(combinations)


@pytest.mark.parametrize(
    ("mode", "level", "role", "is_heard"),
    [
        (AppMode.LIVE, AccessLevel.STANDARD, Role.TESTER, True),
        (AppMode.LIVE, AccessLevel.STANDARD, None, False),
        (AppMode.LIVE, AccessLevel.ADVANCED, None, True),
        (AppMode.DEVELOPMENT, AccessLevel.ADVANCED, None, False),
        (AppMode.DEVELOPMENT, AccessLevel.STANDARD, Role.DEVELOPER, True),
        (AppMode.LIVE, AccessLevel.NONE, Role.ADMINISTRATOR, False),
    ],
)
def test_mode_level_and_role_decide(
    mode: AppMode, level: AccessLevel, role: Role | None, is_heard: bool
) -> None:
    reason = permissions.refusal(app(mode, level), person(role), Permission.MANAGE_MESSAGES)

    assert (reason is None) == is_heard


def test_a_role_counts_only_once_accepted() -> None:
    live = app(AppMode.LIVE, AccessLevel.STANDARD)

    reason = permissions.refusal(
        live, person(Role.TESTER, accepted=False), Permission.MANAGE_MESSAGES
    )

    assert reason is not None
    assert "not accepted the invitation as tester" in reason


def test_the_sentence_names_customer_role_permission_level_and_section() -> None:
    live = app(AppMode.LIVE, AccessLevel.STANDARD)

    reason = permissions.refusal(live, person(None), Permission.MANAGE_MESSAGES) or ""

    named = ("ana", "no role", "instagram_manage_messages", "standard", "live", "§6.5")
    assert [word for word in named if word not in reason] == []


@pytest.mark.parametrize(
    ("subscription", "installed", "words"),
    [
        (None, True, "no webhook subscription"),
        (SUBSCRIBED, False, "subscribed_apps"),
        (Subscription("instagram", "u", "t", ("messaging_seen",)), True, "field messages"),
        (Subscription("instagram", "u", "t", ("messages",), active=False), True, "disabled"),
    ],
)
def test_a_missing_layer_is_named(
    subscription: Subscription | None, installed: bool, words: str
) -> None:
    gap = permissions.subscription_gap(subscription, "messages", installed=installed)

    assert words in (gap or "")


def test_all_layers_leave_no_gap() -> None:
    assert permissions.subscription_gap(SUBSCRIBED, "messages", installed=True) is None


def test_sending_without_the_permission_is_another_error_than_without_role() -> None:
    faults = [
        permissions.send_fault(app(AppMode.LIVE, level), RULES[platform])
        for platform in Platform
        for level in (AccessLevel.NONE, AccessLevel.STANDARD)
    ]

    assert faults == [
        GraphError.NEEDS_MANAGE_MESSAGES,
        GraphError.NO_ROLE,
        GraphError.NEEDS_PAGES_MESSAGING,
        MessagingError.NOT_REVIEWED,
    ]
