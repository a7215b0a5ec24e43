"""When a service is open, in its own time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from system_under_test.domain.business_hours import ALWAYS, HoursError, parse_hours

OFFICE = "America/Sao_Paulo mon-fri 08:00-18:00, sat 9-13"


def at(text: str, zone: str = "America/Sao_Paulo") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 07:59", False),  # a Monday
        ("2026-11-23 08:00", True),
        ("2026-11-23 17:59", True),
        ("2026-11-23 18:00", False),
        ("2026-11-28 12:59", True),  # Saturday
        ("2026-11-28 13:00", False),
        ("2026-11-29 10:00", False),  # Sunday
    ],
)
def test_a_service_is_open_in_its_local_hours(moment: str, *, is_open: bool) -> None:
    assert parse_hours(OFFICE).is_open(at(moment)) is is_open


def test_without_hours_it_is_always_open() -> None:
    assert parse_hours("  ") is ALWAYS
    assert ALWAYS.is_open(0)
    assert ALWAYS.next_opening_ms(0) is None


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 07:00", "2026-11-23 08:00"),
        ("2026-11-23 18:00", "2026-11-24 08:00"),
        ("2026-11-28 13:00", "2026-11-30 08:00"),
    ],
)
def test_it_says_when_it_opens_next(moment: str, opens: str) -> None:
    assert parse_hours(OFFICE).next_opening_ms(at(moment)) == at(opens)


def test_a_week_may_wrap_around() -> None:
    hours = parse_hours("UTC sat-mon 00:00-24:00")

    assert hours.is_open(at("2026-11-29 23:59", "UTC"))
    assert hours.is_open(at("2026-11-23 00:00", "UTC"))
    assert not hours.is_open(at("2026-11-24 12:00", "UTC"))


def test_the_clock_change_moves_the_opening() -> None:
    hours = parse_hours("Europe/Lisbon mon-sun 08:00-09:00")

    summer = hours.next_opening_ms(at("2026-10-24 10:00", "Europe/Lisbon"))

    assert summer == at("2026-10-25 08:00", "Europe/Lisbon")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mon-fri 08:00-18:00", "'mon-fri' is no time zone"),
        ("UTC", "'' is no part of a week"),
        ("UTC mo-fr 08:00-18:00", "'mo-fr 08:00-18:00' is no part of a week"),
        ("UTC mon 18:00-08:00", "must end after it begins"),
        ("UTC mon 08:00-25:00", "must end after it begins"),
        ("UTC mon 08:60-10:00", "'08:60' is no time of day"),
        ("../etc/passwd mon 8-9", "is no time zone"),
    ],
)
def test_wrong_hours_are_told(text: str, told: str) -> None:
    with pytest.raises(HoursError, match=told.replace("..", r"\.\.")):
        parse_hours(text)
