"""Two small line charts of a load run, as numbers for inline SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.load_record import MomentRow

WIDTH, HEIGHT = 480, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 474, 10, 166
LINES_Y, MOST_LABELS_X = 4, 7
STEPS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200)


@dataclass(frozen=True)
class Tick:
    """A label at a place of an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Series:
    """One line; `points` as SVG wants them."""

    name: str
    style: str
    points: str
    end_x: float


@dataclass(frozen=True)
class Chart:
    """One chart; `summary` says it in words, for those who do not see it."""

    title: str
    summary: str
    series: tuple[Series, ...]
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]
    closing_x: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def charts(moments: Sequence[MomentRow], open_s: float) -> tuple[Chart, ...]:
    """Conversations, and traffic; none for a run too short for a line."""
    if len(moments) < 2:
        return ()
    return (
        _chart(
            "Conversations",
            {
                "with an agent": [one.open for one in moments],
                "waiting in the queue": [one.waiting for one in moments],
            },
            open_s,
        ),
        _chart(
            "Per second",
            {
                "messages": [one.messages for one in moments],
                "answers": [one.answers for one in moments],
            },
            open_s,
        ),
    )


def nice_top(highest: int) -> int:
    """The smallest round number, divisible by four, that is not below the highest value."""
    size = 4
    while True:
        for factor in (1, 2, 5):
            if size * factor >= highest:
                return size * factor
        size *= 10


def _chart(title: str, lines: dict[str, list[int]], open_s: float) -> Chart:
    seconds = max(len(values) for values in lines.values())
    top = nice_top(max(max(values) for values in lines.values()))

    def across(second: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * second / (seconds - 1), 1)

    def up(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    series = tuple(
        Series(
            name,
            style,
            " ".join(f"{across(second)},{up(value)}" for second, value in enumerate(values)),
            across(len(values) - 1),
        )
        for (name, values), style in zip(lines.items(), ("one", "other"), strict=True)
    )
    step = next((one for one in STEPS_S if seconds / one <= MOST_LABELS_X), STEPS_S[-1])
    peaks = ", ".join(f"{name} at most {max(values)}" for name, values in lines.items())
    return Chart(
        title=title,
        summary=f"{title} over {seconds} seconds: {peaks}",
        series=series,
        ticks_x=tuple(Tick(across(at), f"{at} s") for at in range(0, seconds, step)),
        ticks_y=tuple(
            Tick(up(top * line / LINES_Y), f"{top * line // LINES_Y}")
            for line in range(LINES_Y + 1)
        ),
        closing_x=across(open_s) if open_s < seconds - 1 else None,
    )
