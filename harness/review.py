"""One run of the review from start to report: stage, pytest, records, files."""

import contextlib
import importlib
import os
import platform
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from harness.catalogue import Case, Catalogue
from harness.clock import Clock, SystemClock
from harness.config import Config
from harness.drivers.contract import World
from harness.errors import HarnessError
from harness.recorder import Recorder, Tell
from harness.run_folder import make_run_folder, point_latest_at
from harness.stage import LOGS, Stage, open_stage
from harness.version import version
from reports import allure, conformance_json, junit
from reports.record import Evidence, ReviewStep, RunRecord

SUITE = Path(__file__).with_name("suite")
PYTEST_LOG = "pytest.log"
INTERRUPTED = "The run was interrupted; cases that had not run are recorded as skipped."
NEEDED_SOON = ("harness.plugin", "pytest_bdd.plugin", "allure_pytest.plugin", "reports.html")
PYTEST_VARIABLES = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")


@dataclass(frozen=True)
class Order:
    """What is to be run: the configuration, the chosen cases, and the suite that binds them."""

    config: Config
    catalogue: Catalogue
    cases: Sequence[Case]
    environ: Mapping[str, str]
    suite: Path = SUITE
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True)
class Outcome:
    """What came of it: the record, and the folder with the report."""

    run: RunRecord
    folder: Path


def review(order: Order, tell: Tell) -> Outcome:
    """Run the cases, write the report, leave nothing running; `tell` hears of every case."""
    run_settings = order.config.run
    label = f"{run_settings.driver}-{run_settings.journey}"
    started_at, started = order.clock.now(), order.clock.monotonic()
    folder = make_run_folder(run_settings.out, started_at.astimezone(), label)
    recorder = Recorder(folder, order.clock)
    interrupted = ""
    threading.Thread(target=_import_ahead, daemon=True).start()
    with open_stage(order.config, folder, order.environ, order.clock) as stage:
        if not _play(stage, order, recorder, tell):
            interrupted = INTERRUPTED
            recorder.skip_rest(order.cases, "not run: the run was interrupted")
        environment = _environment(stage)
    chosen = {case.step for case in order.cases}
    run = RunRecord(
        homolog_version=version(),
        target=run_settings.target,
        driver=run_settings.driver,
        journey=run_settings.journey,
        seed=run_settings.seed,
        started_at=started_at.isoformat(timespec="seconds"),
        duration_s=round(order.clock.monotonic() - started, 3),
        review_steps=tuple(
            ReviewStep(step.id, step.title, step.description)
            for step in order.catalogue.steps
            if step.id in chosen
        ),
        cases=tuple(recorder.cases),
        environment=environment,
        logs=_logs(folder),
        interrupted=interrupted,
    )
    write_report(run, folder)
    point_latest_at(folder)
    return Outcome(run, folder)


def write_report(run: RunRecord, folder: Path) -> None:
    """Write every rendering of the record."""
    conformance_json.write(run, folder)
    junit.write(run, folder)
    allure.write(run, folder)
    from reports import html

    html.write(run, folder)


def _play(stage: Stage, order: Order, recorder: Recorder, tell: Tell) -> bool:
    """Let pytest run the cases; return False when somebody interrupted it."""
    import pytest

    from harness.plugin import ReviewPlugin

    plugin = ReviewPlugin(stage, order.cases, recorder, tell)
    log_path = stage.run_folder / LOGS / PYTEST_LOG
    with log_path.open("w", encoding="utf-8") as log, _own_pytest(), _speaking_to(log):
        code = pytest.main(pytest_arguments(stage.run_folder, order.suite), plugins=[plugin])
    if code == pytest.ExitCode.INTERRUPTED and not plugin.collection_errors:
        return False
    if plugin.collection_errors:
        first = plugin.collection_errors[0].strip().splitlines()[-1]
        raise HarnessError(f"the cases cannot be run: {first} (log: {log_path})")
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise HarnessError(f"pytest ended with {code!r} (log: {log_path})")
    return True


def _import_ahead() -> None:
    """Load what is needed soon while the servers start: waiting costs no time then."""
    for name in NEEDED_SOON:
        importlib.import_module(name)


def pytest_arguments(run_folder: Path, suite: Path) -> list[str]:
    """Return pytest's arguments: our plugins and settings only, nobody's pytest.ini."""
    return [
        *("-c", os.devnull, "--rootdir", str(suite.parent), "--confcutdir", str(suite)),
        *("--disable-plugin-autoload", "-p", "pytest_bdd.plugin", "-p", "allure_pytest.plugin"),
        *("-p", "no:cacheprovider", "--import-mode", "importlib", "--assert", "plain"),
        *("--capture", "no", "--color", "no", "--alluredir", str(run_folder / allure.FOLDER_NAME)),
        *("-W", "error::pytest.PytestUnraisableExceptionWarning"),
        *("-W", "error:coroutine .* was never awaited:RuntimeWarning"),
        str(suite),
    ]


@contextlib.contextmanager
def _own_pytest() -> Iterator[None]:
    """Keep options that somebody exported for other test runs out of this one."""
    kept = {name: os.environ.pop(name) for name in PYTEST_VARIABLES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


@contextlib.contextmanager
def _speaking_to(log: TextIO) -> Iterator[None]:
    with contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        yield


def _environment(stage: Stage) -> dict[str, str]:
    facts = {
        "console": stage.target.console_url,
        "webhook": stage.target.webhook_url,
        "emulated Meta": stage.meta.base_url,
        "Python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
    facts["emulator's choices"] = _choices(stage.world)
    if stage.browser_version:
        facts["browser"] = stage.browser_version
    return facts


def _choices(world: World) -> str:
    """Where Meta's sources leave a point open: a verdict may depend on what was chosen."""
    chosen = world.choices.items()
    return ", ".join(f"{name}: {value}" for name, value in chosen) or "all the default"


def _logs(folder: Path) -> tuple[Evidence, ...]:
    paths = sorted((folder / LOGS).glob("*.log"))
    return tuple(Evidence("log", path.relative_to(folder).as_posix(), path.stem) for path in paths)
