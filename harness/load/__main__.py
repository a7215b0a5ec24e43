"""`python -m harness.load`: put load on the console, or judge a history that exists."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import click

from harness.errors import ConfigError, HarnessError, TargetError

NOT_CONFORMANT, MISUSED, BROKEN = 1, 2, 3


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--users", type=click.IntRange(1), default=40, show_default=True, help="Customers.")
@click.option("--agents", type=click.IntRange(1), default=2, show_default=True, help="Agents.")
@click.option(
    "--duration",
    type=click.FloatRange(1, 86400),
    default=20.0,
    show_default=True,
    help="Seconds in which customers write.",
)
@click.option(
    "--drain",
    type=click.FloatRange(1, 3600),
    default=45.0,
    show_default=True,
    help="Most seconds afterwards in which agents work off what is left.",
)
@click.option("--seed", type=click.IntRange(0), help="Same seed, same customers and wishes.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the run's folder.")
@click.option("--target", help="A target of the configuration; of kind interact.")
@click.option("--config", "file", type=click.Path(path_type=Path), help="homolog.toml to use.")
@click.pass_context
def main(context: click.Context, /, **options: object) -> None:
    """Customers write, agents answer, then pure checkers judge what was seen.

    Exit codes: 0 every law holds, 1 one is broken or unknown, 2 usage or configuration,
    3 the harness or the console could not do its part.
    """
    if context.invoked_subcommand is None:
        sys.exit(_guarded(lambda: _load(options)))


@main.command("judge")
@click.argument("history", type=click.Path(path_type=Path))
def judge_history(history: Path) -> None:
    """Judge a history.ndjson once more, without any load."""
    sys.exit(_guarded(lambda: _judge(history)))


def _load(options: dict[str, object]) -> int:
    import locust  # noqa: F401 - first of all: it patches sockets and threads

    from harness.load.command import Wishes, run

    return run(Wishes(**options), os.environ)  # type: ignore[arg-type]  # click checked them


def _judge(path: Path) -> int:
    from rich.console import Console

    from harness.load.terminal import show_findings, worded
    from harness.simulation.checkers import judge
    from harness.simulation.findings import Verdict, worst
    from harness.simulation.history import HistoryError, read_history

    try:
        findings = judge(read_history(path))
    except HistoryError as trouble:
        raise ConfigError(str(trouble)) from trouble
    console = Console()
    show_findings(console, findings)
    verdict = worst(findings)
    console.print(f"Verdict: {worded(verdict.value)}")
    return 0 if verdict is Verdict.PASSED else NOT_CONFORMANT


def _guarded(work: Callable[[], int]) -> int:
    """Run it; turn what went wrong into one line and an exit code."""
    try:
        return work()
    except ConfigError as trouble:
        return _said(trouble, MISUSED)
    except (HarnessError, TargetError) as trouble:
        return _said(trouble, BROKEN)
    except KeyboardInterrupt:
        return _said(f"ended by {signal.SIGINT.name} before it was judged", BROKEN)
    except Exception as trouble:  # the outermost frame: whatever it is, it is ours
        logging.getLogger("harness.load").exception("unexpected")
        return _said(f"{type(trouble).__name__}: {trouble} (a mistake of ours)", BROKEN)


def _said(what: object, code: int) -> int:
    click.echo(f"homolog load: {what}", err=True)
    return code


if __name__ == "__main__":
    main(prog_name="python -m harness.load")
