"""The same seed gives the same people."""

from harness.load.plan import Person


def draws(seed: int, name: str) -> list[float]:
    person = Person(seed, name)
    return [person.share(), person.seconds((1.0, 2.0)), float(person.count((1, 9)))]


def test_the_same_seed_and_name_behave_the_same() -> None:
    assert draws(7, "customer-1") == draws(7, "customer-1")


def test_another_person_behaves_differently() -> None:
    assert draws(7, "customer-1") != draws(7, "customer-2")


def test_another_seed_behaves_differently() -> None:
    assert draws(7, "customer-1") != draws(8, "customer-1")
