"""The command itself: configuration, the run, the verdict, the files."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from harness.config import load_config
from harness.load.outcome import make_record
from harness.load.plan import Plan
from harness.load.play import play
from harness.load.terminal import show_findings, show_measures, worded
from harness.load.watchdog import hard_stop
from harness.run_folder import make_run_folder
from harness.simulation.checkers import judge
from harness.simulation.findings import counted
from harness.simulation.history import read_history
from reports.load_html import write_load_html
from reports.load_record import write_load_json


@dataclass(frozen=True)
class Wishes:
    """The options of the command line; None where nothing was said."""

    users: int
    agents: int
    duration: float
    drain: float
    seed: int | None
    out: Path | None
    target: str | None
    file: Path | None


def run(wishes: Wishes, environ: Mapping[str, str]) -> int:
    """Do it; return 0 when every law holds, else 1. Raises what else goes wrong."""
    config = load_config(
        wishes.file,
        environ,
        {"seed": wishes.seed, "out": wishes.out, "target": wishes.target, "driver": "api"},
    )
    plan = Plan(
        customers=wishes.users,
        agents=wishes.agents,
        duration_s=wishes.duration,
        drain_s=wishes.drain,
        seed=config.run.seed,
    )
    console = Console()
    folder = make_run_folder(config.run.out, datetime.now(UTC), "load")
    _log_to(folder / "load.log")
    console.print(
        f"Load: {counted(plan.customers, 'customer')}, {counted(plan.agents, 'agent')} with "
        f"{plan.positions} positions each, {plan.duration_s:g} s, seed {plan.seed}, "
        f"target {config.run.target}",
        soft_wrap=True,
    )
    with hard_stop(plan.longest_s):
        played = play(config, plan, folder, environ, lambda what: console.print(f"  {what}"))
    history = read_history(folder / "history.ndjson")
    record = make_record(history, plan, played)
    write_load_json(record, folder / "load.json")
    write_load_html(record, folder / "load.html")
    show_findings(console, judge(history))
    show_measures(console, record)
    console.print(f"Verdict: {worded(record.verdict)}")
    for name in ("load.html", "load.json", "history.ndjson"):
        console.print(f"{folder / name}", soft_wrap=True, highlight=False)
    return 0 if record.verdict == "passed" else 1


def _log_to(path: Path) -> None:
    """What Locust has to say goes to a file, not between the tables."""
    logging.basicConfig(
        filename=path, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
