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


def test_a_hurried_clock_runs_faster_from_where_it_stands() -> None:
    wall = Wall()
    clock = VirtualClock(wall)
    clock.move_to(5_000)

    clock.run_at(60)
    wall.ms += 100

    assert clock.now_ms() == 11_000
    assert clock.read().scale == 60


def test_a_hurried_clock_can_be_moved_and_slowed() -> None:
    wall = Wall()
    clock = VirtualClock(wall)
    clock.run_at(60)
    wall.ms += 100
    clock.move_to(10_000)
    wall.ms += 100

    clock.run_at(1)
    wall.ms += 7

    assert clock.now_ms() == 16_007


def test_hurrying_starts_a_frozen_clock_and_real_time_ends_it() -> None:
    wall = Wall()
    clock = VirtualClock(wall)
    clock.freeze()
    clock.run_at(10)
    wall.ms += 10
    hurried = clock.now_ms()

    clock.go_real()

    assert (hurried, clock.now_ms(), clock.read().scale) == (1_100, 1_010, 1.0)


def test_a_hurried_clock_can_be_frozen() -> None:
    wall = Wall()
    clock = VirtualClock(wall)
    clock.run_at(10)
    wall.ms += 10

    clock.freeze()
    wall.ms += 10

    assert clock.now_ms() == 1_100
