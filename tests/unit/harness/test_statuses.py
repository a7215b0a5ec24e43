"""Which entries of the STATUS menu are pauses."""

import pytest

from harness.targets.statuses import is_pause


@pytest.mark.parametrize("label", ["Pause: meal", "Lunch break", "Pausa", "Intervalo", "REST"])
def test_a_pause_is_told_by_its_words(label: str) -> None:
    assert is_pause(label)


@pytest.mark.parametrize("label", ["Operating", "Ready", "Not ready", "Em operação"])
def test_duty_is_no_pause(label: str) -> None:
    assert not is_pause(label)
