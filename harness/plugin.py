"""Glue to pytest and pytest-bdd: chooses and orders the cases, lends fixtures, listens, judges.

Fixtures for steps: `stage`, `evidence`, `case`, `patience`, `faker_for_case`. A case that fails
while a server is dead becomes an error, and what is left is skipped: dead is not the same as wrong.
"""

from collections.abc import Generator, Sequence
from typing import Any

import pytest
from faker import Faker

from harness.allure_steps import AllureSteps
from harness.case_exchanges import CaseExchanges
from harness.case_limit import CaseLimit, OverdueError
from harness.catalogue import Case
from harness.config import PatienceSettings
from harness.errors import HarnessError, NotApplicable, TargetError
from harness.evidence import Evidence
from harness.recorder import PlannedStep, Recorder, Tell
from harness.stage import Stage
from reports.verdict import Verdict


class ReviewPlugin:
    """One run of the review; created by the command line and given to pytest."""

    def __init__(self, stage: Stage, cases: Sequence[Case], recorder: Recorder, tell: Tell) -> None:
        self._stage = stage
        self._wanted = {case.key: (number, case) for number, case in enumerate(cases)}
        self._recorder = recorder
        self._tell = tell
        self._allure = AllureSteps(stage.run_folder)
        self._exchanges = CaseExchanges(stage)
        self._limit = CaseLimit(stage.config.patience.case_s, stage.end_browser)
        self._cases: dict[str, Case] = {}
        self._death = ""
        self._ran = False
        self.collection_errors: list[str] = []

    # -- fixtures ------------------------------------------------------------------------------

    @pytest.fixture
    def stage(self) -> Stage:
        """Emulator, console, hands."""
        return self._stage

    @pytest.fixture
    def patience(self) -> PatienceSettings:
        """How long to wait before judging."""
        return self._stage.config.patience

    @pytest.fixture
    def evidence(self) -> Evidence:
        """Where the case that runs leaves what it saw."""
        return self._recorder.evidence

    @pytest.fixture
    def case(self, request: pytest.FixtureRequest) -> Case:
        """The case that runs, as the catalogue has it."""
        return self._cases[request.node.nodeid]

    @pytest.fixture
    def faker_for_case(self, case: Case) -> Faker:
        """Names and texts that depend on seed and case only, not on what else is run."""
        faker = Faker()
        faker.seed_instance(f"{self._stage.config.run.seed}:{case.id}")
        return faker

    # -- collection ----------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_apply_tag(self) -> bool:
        """Keep tags out of pytest's marks; the catalogue knows them."""
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember what could not be collected: nothing is green because nothing ran."""
        if report.failed:
            self.collection_errors.append(str(report.longrepr))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep the chosen cases, in the catalogue's order."""
        found = {key: item for item in items if (key := _key_of(item)) in self._wanted}
        missing = [case.id for key, (_, case) in self._wanted.items() if key not in found]
        if missing:
            self.collection_errors.append(f"the suite does not bind {', '.join(missing)}")
        chosen = sorted(found, key=lambda key: self._wanted[key][0])
        kept = [found[key] for key in chosen]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
        self._cases = {item.nodeid: self._wanted[_key_of(item)][1] for item in kept}

    # -- a case --------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Open the record of a case before everything, close it after everything."""
        self._recorder.begin(self._cases[item.nodeid])
        self._ran = False
        with self._limit.watching():
            result = yield
            if self._ran:
                self._stage.put_away()
        self._tell(self._recorder.finish())
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Set aside what need not or cannot be run."""
        case = self._cases[item.nodeid]
        self._allure.describe(case, getattr(item, "obj", _key_of))
        misfit = unfit(case, self._stage.config.run.driver)
        if misfit:
            self._recorder.set_aside(Verdict.NOT_APPLICABLE, misfit)
            pytest.skip(misfit)
        if self._death:
            self._recorder.set_aside(Verdict.SKIPPED, self._death)
            pytest.skip(self._death)
        self._ran = True
        self._exchanges.begin()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge what went wrong, before anybody else words it."""
        if call.excinfo is not None and self._ran:
            call.excinfo = pytest.ExceptionInfo.from_exception(self._judged(call.excinfo.value))
        if call.when == "teardown" and self._ran and not self._death:
            self._allure.attach(self._exchanges.keep(self._recorder.evidence))
        return (yield)

    # -- its steps -----------------------------------------------------------------------------

    def pytest_bdd_before_scenario(self, scenario: Any) -> None:
        """Note which steps are ahead."""
        self._recorder.plan([_planned(step) for step in scenario.steps])

    def pytest_bdd_before_step(self, step: Any) -> None:
        """Open a step."""
        self._recorder.open_step()
        self._allure.open(f"{step.keyword} {step.name}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_after_step(self) -> None:
        """Close a step that went well."""
        self._close_step(None)

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_step_error(self, exception: BaseException) -> None:
        """Close a step that did not."""
        self._close_step(exception)

    def pytest_bdd_step_func_lookup_error(self, step: Any, exception: BaseException) -> None:
        """Record a step that nobody defined."""
        self._recorder.open_step()
        self._allure.open(f"{step.keyword} {step.name}")
        self._close_step(exception)

    def _close_step(self, error: BaseException | None) -> None:
        self._allure.attach(self._recorder.close_step(error))
        self._allure.close(error)

    def _judged(self, error: BaseException) -> BaseException:
        """Return what the case ended with: its error, a dead server instead, or a skip."""
        if isinstance(error, pytest.skip.Exception):
            self._recorder.set_aside(Verdict.SKIPPED, str(error))
            return error
        if isinstance(error, NotApplicable):
            self._recorder.judge(error)
            return pytest.skip.Exception(str(error)).with_traceback(error.__traceback__)
        try:
            self._limit.check()
            self._stage.check_alive()
        except OverdueError as overdue:
            self._recorder.revise_last_step(overdue)
            error = _instead_of(error, overdue)
        except (HarnessError, TargetError) as death:
            self._mourn(death)
            error = _instead_of(error, death)
        self._recorder.judge(error)
        self._keep_traces()
        return error

    def _mourn(self, death: BaseException) -> None:
        """Keep the last words of whoever died; the rest of the run is skipped."""
        self._recorder.revise_last_step(death)
        for server in self._stage.dead_servers():
            tail = server.log_tail(40)
            self._recorder.evidence.attach("log", f"last words of {server.name}", tail)
        self._death = f"not run: {death}"

    def _keep_traces(self) -> None:
        if self._stage.browser is None:
            return
        evidence = self._recorder.evidence
        evidence.folder.mkdir(parents=True, exist_ok=True)
        for path in self._stage.browser.close_windows(keep_traces_in=evidence.folder):
            evidence.adopt("trace", path, path.stem)


def _instead_of(error: BaseException, reason: BaseException) -> BaseException:
    reason.__cause__ = error
    return reason


def unfit(case: Case, driver: str) -> str:
    """Say why a case does not apply to a driver; "" when it does."""
    if "browser" in case.tags and driver != "browser":
        return f'needs a browser, which the driver "{driver}" has not'
    return ""


def _key_of(item: pytest.Item) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return which case of the catalogue a collected item is."""
    from pytest_bdd.scenario import scenario_wrapper_template_registry

    function = getattr(item, "function", None)
    template = scenario_wrapper_template_registry.get(function) if function else None
    if template is None:
        return ("", item.nodeid, ())
    row = getattr(item, "callspec", None)
    example = row.params.get("_pytest_bdd_example", {}) if row else {}
    return (template.feature.filename, template.name, tuple(example.items()))


def _planned(step: Any) -> PlannedStep:
    purpose = "expected" if step.type == "then" else "done"
    return PlannedStep(keyword=step.keyword.strip(), text=step.name, purpose=purpose)
