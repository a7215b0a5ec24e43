"""What counts as a fallback for a name that Meta does not tell."""

import pytest

from harness.drivers.contract import Customer
from harness.steps.names import carries_fallback, is_fallback

ANA = Customer(username="ana.silva", name="Ana Silva", igsid="17889900112233", password="x")


@pytest.mark.parametrize(
    "shown",
    [
        "ana.silva",
        "@ana.silva",
        "17889900112233",
        "Instagram user 2233",
        "…112233",
        "Instagram",
        "Unknown customer",
        "Cliente do Instagram",
        "Usuário",
        "VISITANTE",
    ],
)
def test_what_is_known_or_neutral_is_a_fallback(shown: str) -> None:
    assert is_fallback(shown, ANA)


@pytest.mark.parametrize(
    "shown", ["", "   ", "Maria Souza", "Ana", "Instagram Maria", "User 9999", "33", "None", "null"]
)
def test_what_nobody_told_is_invented(shown: str) -> None:
    assert not is_fallback(shown, ANA)


def test_a_mismatch_names_what_would_have_been_honest() -> None:
    mismatch = carries_fallback(ANA)("Maria Souza")

    assert mismatch is not None
    assert "17889900112233" in mismatch.expected
    assert "Maria Souza" in mismatch.actual
