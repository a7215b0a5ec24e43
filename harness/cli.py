"""The command `homolog`: builds everything; what a command needs is imported when it runs."""

import contextlib
import errno
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from harness.config import load_config
from harness.errors import ConfigError, HarnessError, TargetError
from harness.version import version

USAGE, HARNESS = 2, 3
LOG_WIDTH = 140
CLOSING_S = 15.0
FULL = (errno.ENOSPC, errno.EDQUOT)
F = TypeVar("F", bound=Callable[..., Any])

EPILOG = (
    "Exit codes: 0 conformant, 1 not conformant, 2 usage or configuration, 3 harness error. "
    "Settings: defaults, homolog.toml, HOMOLOG_* variables, options; later wins."
)


class _Folder(click.Path):
    """A path that is not the empty text, which would mean the current folder."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if value == "":
            self.fail('expected a folder, got ""', param, ctx)
        return super().convert(value, param, ctx)


def _config_option(command: F) -> F:
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Configuration file.  [default: homolog.toml here, if there is one]",
    )(command)


def _seed_option(command: F) -> F:
    return click.option("--seed", type=click.IntRange(min=0), help="Same seed, same run.")(command)


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), prog_name="homolog")
def homolog() -> None:
    """Rehearse Meta's App Review of Instagram messaging: emulated Meta, real browser, evidence."""


@homolog.command(epilog=EPILOG)
@click.argument("selectors", metavar="[SELECT]...", nargs=-1)
@click.option("--driver", type=click.Choice(["browser", "api"]), help="Real browser, or HTTP only.")
@click.option("--journey", type=click.Choice(["mobile", "web"]), help="With a phone, or without.")
@click.option("--target", metavar="NAME", help="The console under review: a table [targets.NAME].")
@click.option("--out", type=_Folder(path_type=Path), help="Folder for the run's folder.")
@click.option("--headed", is_flag=True, default=None, help="Show the browser.")
@_seed_option
@_config_option
@click.option("--quiet", "-q", is_flag=True, help="Only what did not pass, the verdict, the files.")
def run(selectors: tuple[str, ...], config_path: Path | None, *, quiet: bool, **chosen: Any) -> int:
    """Run the review, or the part that SELECT chooses, and write the report.

    SELECT is a step (step-09, walkthrough), a range (step-01..step-05), a chapter (review), a case
    (step-09/…) or a tag (@case-20, @req-…, tag:browser). Without SELECT everything of the journey
    runs.
    """
    config = load_config(config_path, os.environ, chosen)
    from harness.catalogue import load_catalogue
    from harness.selection import of_journey, select

    catalogue = load_catalogue()
    cases = of_journey(select(catalogue, selectors), config.run.journey)
    from harness.progress import Progress
    from harness.review import Order, review
    from reports.summary import run_verdict
    from reports.verdict import EXIT_CODES

    progress = Progress(_terminal(), quiet=quiet)
    progress.opening(config.run, len(cases))
    with _ended_by_signals():
        outcome = review(Order(config, catalogue, cases, dict(os.environ)), progress.case)
    progress.closing(outcome.run, outcome.folder)
    return EXIT_CODES[run_verdict(outcome.run)]


@homolog.command("list")
@click.argument("selectors", metavar="[SELECT]...", nargs=-1)
@click.option("--json", "form", flag_value="json", help="Machine-readable.")
@click.option("--markdown", "form", flag_value="markdown", help="The contents of features/.")
def list_cases(selectors: tuple[str, ...], form: str | None) -> int:
    """List steps, titles, requirements and tags; execute nothing."""
    from harness import listing
    from harness.catalogue import load_catalogue
    from harness.selection import select

    catalogue = load_catalogue()
    cases = select(catalogue, selectors)
    if form == "json":
        click.echo(listing.as_json(cases))
    elif form == "markdown":
        click.echo(listing.as_markdown(catalogue), nl=False)
    else:
        listing.print_table(cases, _terminal())
    return 0


@homolog.command()
@click.argument("what", type=click.Choice(["meta", "interact"]), required=False)
@click.option("--tls", is_flag=True, help="HTTPS under Meta's own host names, by a proxy.")
@click.option("--port", type=click.IntRange(1, 65535), help="[default: 8701, if it is free]")
@_seed_option
@_config_option
def serve(what: str | None, config_path: Path | None, seed: int | None, **chosen: Any) -> int:
    """Start emulator and reference console to try by hand, until Ctrl-C.

    Prints every address, account and password. `meta` starts the emulator alone, `interact` the
    console alone, at an emulator that runs already.
    """
    config = load_config(config_path, os.environ, {"seed": seed})
    from harness import serving
    from harness.clock import SystemClock
    from harness.progress import print_rows

    with (
        _ended_by_signals(),
        contextlib.suppress(KeyboardInterrupt),
        serving.serve(config, what or "", dict(os.environ), **chosen) as served,
    ):
        print_rows(served.rows, _terminal())
        served.wait(SystemClock())
    return 0


@homolog.command()
@click.option("--customer", metavar="USERNAME", help="Whose messages do not arrive.")
@click.option(
    "--url",
    help="The emulator.  [default: [emulator] of the settings, port 8701]",
)
@_config_option
def doctor(customer: str | None, url: str | None, config_path: Path | None) -> int:
    """Say why no webhook arrives: look at every layer of a running emulator, in Meta's order.

    Exits 1 when something is wrong on Meta's side.
    """
    config = load_config(config_path, os.environ)
    from harness import doctor as doctors

    healthy = doctors.tell(doctors.findings(config, url, customer), _terminal())
    return 0 if healthy else 1


@homolog.command()
@click.option("--users", type=click.IntRange(min=1), default=40, show_default=True)
@click.option("--agents", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--duration", type=click.FloatRange(min=1), default=20, show_default=True, help="s")
@click.option("--target", metavar="NAME", help="The console under load.")
@click.option("--out", type=_Folder(path_type=Path), help="Folder for the run's folder.")
@_seed_option
@_config_option
def load(config_path: Path | None, **chosen: Any) -> int:
    """Let many customers write to many agents, then judge the whole history.

    Exits 1 when a message was lost or doubled, an order broken, a slot limit exceeded.
    """
    load_config(config_path, os.environ, {key: chosen[key] for key in ("target", "out", "seed")})
    from harness.subcommand import run_module

    options = [f"--{key}={value}" for key, value in chosen.items() if value is not None]
    if config_path is not None:
        options.append(f"--config={config_path}")
    with _ended_by_signals():
        return run_module("harness.load", options)


@homolog.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgresql"]), help="[default: both]")
@click.option("--kills", type=click.IntRange(min=1), default=55, show_default=True)
@click.option("--short", is_flag=True, help="Kills and a full disk, no other accidents.")
@click.option("--page", type=click.Path(path_type=Path, dir_okay=False), help="Write this page.")
@click.option(
    "--proofs",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Put the figures that the long proofs left in this folder onto the page, too.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
def soak(engine: str | None, **chosen: Any) -> int:
    """Kill the reference console under load, again and again, then audit what is left.

    Exits 1 when an acknowledged message was lost, anything shown or sent twice, an order or the
    slot limit broken. PostgreSQL must be installed for its part.
    """
    from harness.soak.command import soak as attack_all

    with _ended_by_signals():
        return attack_all((engine,) if engine else (), **chosen)


@homolog.command()
@click.argument("run_folder", type=click.Path(path_type=Path, file_okay=False))
def report(run_folder: Path) -> int:
    """Render index.html and junit.xml anew from a run's conformance.json and evidence."""
    from reports import conformance_json, html, junit

    try:
        record = conformance_json.read(run_folder)
    except conformance_json.UnreadableReport as error:
        raise ConfigError(str(error)) from error
    junit.write(record, run_folder)
    click.echo(html.write(record, run_folder))
    return 0


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit; a user sees one line, never a traceback."""
    try:
        code = homolog.main(arguments, prog_name="homolog", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = _complain("interrupted; nothing is left running", HARNESS)
    except click.ClickException as error:
        error.show()
        code = USAGE
    except ConfigError as error:
        code = _complain(error, USAGE)
    except (HarnessError, TargetError) as error:
        code = _complain(error, HARNESS)
    except Exception as error:  # noqa: BLE001 - the outermost frame
        is_full = isinstance(error, OSError) and error.errno in FULL
        code = _complain(_no_room(error), HARNESS) if is_full else _crash(error)
    sys.exit(code if isinstance(code, int) else 0)


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as Ctrl-C does: through every `finally`.

    Once is enough: whoever presses Ctrl-C again while servers stop and the report is written would
    only lose the report. After a while it counts again, should the end itself hang.
    """
    heard_at: list[float] = []

    def interrupt(_number: int, _frame: object) -> None:
        now = time.monotonic()
        if heard_at and now - heard_at[-1] < CLOSING_S:
            return
        heard_at.append(now)
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, interrupt)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminal() -> Any:
    from rich.console import Console

    # Bound to today's stdout: while pytest runs, sys.stdout points into its log.
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else LOG_WIDTH)


def _complain(what: object, code: int) -> int:
    click.echo(f"homolog: {what}", err=True)
    return code


def _no_room(error: Exception) -> str:
    where = getattr(error, "filename", None) or "the folder of the report or of temporary files"
    reason = getattr(error, "strerror", "")
    return f"cannot write to {where}: {reason}; make room, or name another folder with --out"


def _crash(error: Exception) -> int:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="homolog-", suffix=".log", delete=False) as log:
        log.write("".join(traceback.format_exception(error)))
    return _complain(
        f"a defect of homolog: {type(error).__name__}: {error} (details: {log.name})", HARNESS
    )
