"""The virtual clock follows, stands and jumps."""

from fake_meta.clock import VirtualClock


class Wall:
    """A wall clock in the test's hand."""

    def __init__(self) -> None:
        self.ms = 1_000

    def __call__(self) -> int:
        return self.ms


def test_a_real_clock_follows_the_wall() -> None:
    wall = Wall()
    clock = VirtualClock(wall)

    wall.ms = 1_500

    assert clock.now_ms() == 1_500


def test_a_frozen_clock_stands() -> None:
    wall = Wall()
    clock = VirtualClock(wall)

    clock.freeze()
    wall.ms = 9_000

    assert clock.now_ms() == 1_000


def test_a_running_clock_runs_on_from_where_it_was_moved() -> None:
    wall = Wall()
    clock = VirtualClock(wall)

    clock.move_to(5_000)
    wall.ms += 10

    assert clock.now_ms() == 5_010


def test_a_frozen_clock_stands_where_it_was_moved() -> None:
    wall = Wall()
    clock = VirtualClock(wall)
    clock.freeze()

    clock.move_to(5_000)
    wall.ms += 10

    assert clock.now_ms() == 5_000


def test_the_clock_never_goes_backwards_by_moving() -> None:
    clock = VirtualClock(Wall())

    clock.move_to(10)

    assert clock.now_ms() == 1_000


def test_real_ends_both_offset_and_frost() -> None:
    wall = Wall()
    clock = VirtualClock(wall)
    clock.move_to(5_000)
    clock.freeze()

    clock.go_real()

    assert (clock.read().now_ms, clock.read().frozen, clock.read().offset_ms) == (1_000, False, 0)
