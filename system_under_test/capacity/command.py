"""`python -m system_under_test simulate`: what a floor can serve, with its assumptions beside."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import click

from system_under_test.capacity.assumptions import AssumptionError, Assumptions
from system_under_test.capacity.figures import FIGURES, Estimate
from system_under_test.capacity.studies import (
    RUNS,
    Goal,
    Study,
    fewest_agents,
    most_arrivals,
    study,
)
from system_under_test.domain.routing import PICKS

_Command = TypeVar("_Command", bound=Callable[..., Any])
_USUAL = Assumptions()
_FORECAST = (0.8, 1.0, 1.2)


def _number(name: str, help_text: str) -> Callable[[_Command], _Command]:
    usual = getattr(_USUAL, name)
    kind = float if usual is None else type(usual)
    return click.option(
        f"--{name.replace('_', '-')}", type=kind, default=usual, show_default=True, help=help_text
    )


@click.command()
@_number("agents", "Who receive, all the time.")
@_number("positions", "Conversations that an agent has at once.")
@_number("arrivals_per_h", "Customers who write, an hour.")
@_number("writing_s", "How long an agent writes at an answer.")
@_number("thinking_s", "How long a customer thinks until the next message.")
@_number("exchanges", "Answers in a conversation.")
@_number("patience_s", "How long a customer waits for a position.  [default: for ever]")
@click.option("--pick", type=click.Choice(PICKS), default=_USUAL.pick, show_default=True)
@_number("backlog", "Customers who wait when the floor opens.")
@_number("burst", "Customers who write at once, as after a story or an outage.")
@_number("burst_at_h", "When they do.")
@_number("hours", "That are measured.")
@_number("warm_up_h", "Before them, not measured.")
@_number("wait_goal_s", "Of the service level.")
@_number("reply_goal_s", "Of the first response.")
@click.option("--service-level", type=click.FloatRange(0, 1), default=0.8, show_default=True)
@click.option("--in-time", type=click.FloatRange(0, 1), default=0.9, show_default=True)
@click.option("--find", is_flag=True, help="Most arrivals within both goals, and agents needed.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--runs", type=click.IntRange(2), default=RUNS, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def simulate(
    service_level: float,
    in_time: float,
    seed: int,
    runs: int,
    *,
    find: bool,
    as_json: bool,
    **assumed: Any,
) -> None:
    """Say what a floor of agents can serve, in virtual time, by this console's own routing.

    Every figure is a mean over independent runs with its 95 % interval. It is a model: put in the
    times of your own conversations.
    """
    try:
        found = study(Assumptions(**assumed), seed, runs)
    except AssumptionError as error:
        raise click.UsageError(str(error)) from error
    goal = Goal(service_level, in_time)
    answers = _answers(found.assumed, goal, seed, runs) if find else {}
    if as_json:
        click.echo(json.dumps(_document(found, answers, seed, runs), indent=2))
    else:
        click.echo("\n".join(_page(found, answers, seed, runs)))


def _answers(assumed: Assumptions, goal: Goal, seed: int, runs: int) -> dict[str, float]:
    most = most_arrivals(assumed, goal, seed, runs)
    told = {"most customers an hour": most}
    if assumed.agents > 1:
        fewer = assumed.but(agents=assumed.agents - 1)
        told["the same while one agent pauses"] = most_arrivals(fewer, goal, seed, runs)
    for share in _FORECAST:
        wanted = assumed.but(arrivals_per_h=assumed.arrivals_per_h * share)
        told[f"agents for {share:.0%} of the arrivals"] = fewest_agents(wanted, goal, seed, runs)
    return told


def _page(found: Study, answers: Mapping[str, float], seed: int, runs: int) -> Iterator[str]:
    yield "Assumed"
    for name, value in found.assumed.told().items():
        yield f"  {name:<28}{'for ever' if value is None else value}"
    yield f"  {'runs':<28}{runs}, seed {seed}"
    yield "Seen"
    for name, (unit, _) in FIGURES.items():
        if name != "backlog gone after" or found.assumed.backlog:
            yield f"  {name:<28}{_told(found.figures[name], unit)}"
    yield "Answers by how many the agent held (p95)"
    for held, reply in found.replies_by_load.items():
        yield f"  {held:<28}{_told(reply, 's')}"
    if answers:
        yield "Within the goals"
        for name, value in answers.items():
            yield f"  {name:<38}{value:.0f}"


def _told(one: Estimate, unit: str) -> str:
    if math.isnan(one.mean):
        return "nothing to measure"
    scale = 100 if unit == "%" else 1
    about = "" if math.isnan(one.half_width) else f" ± {one.half_width * scale:.1f}"
    return f"{one.mean * scale:.1f}{about} {unit}".rstrip()


def _document(
    found: Study, answers: Mapping[str, float], seed: int, runs: int
) -> dict[str, object]:
    return {
        "assumed": {**found.assumed.told(), "seed": seed, "runs": runs},
        "seen": {name: _pair(one) for name, one in found.figures.items()},
        "answers_by_load_p95_s": {
            str(held): _pair(one) for held, one in found.replies_by_load.items()
        },
        "within_the_goals": dict(answers),
    }


def _pair(one: Estimate) -> dict[str, float | None]:
    values = {"mean": one.mean, "half_width": one.half_width}
    return {name: None if math.isnan(value) else value for name, value in values.items()}
