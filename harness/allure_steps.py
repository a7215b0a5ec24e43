"""Given, When and Then as Allure steps: allure-pytest knows tests only, so we open the steps."""

from collections.abc import Callable, Iterable
from pathlib import Path

import allure
import allure_commons
import pytest
from allure_commons.types import AttachmentType, LabelType
from allure_commons.utils import uuid4

from harness.catalogue import Case
from harness.errors import NotApplicable
from reports.record import Evidence as Item

TYPES = {
    ".jpg": AttachmentType.JPG,
    ".png": AttachmentType.PNG,
    ".json": AttachmentType.JSON,
    ".txt": AttachmentType.TEXT,
    ".log": AttachmentType.TEXT,
    ".html": AttachmentType.HTML,
}


class AllureSteps:
    """Tells Allure about the case that runs; silent when Allure is not listening."""

    def __init__(self, run_folder: Path) -> None:
        self._run_folder = run_folder
        self._hook = allure_commons.plugin_manager.hook
        self._open_step: str | None = None

    def describe(self, case: Case, function: Callable[..., object]) -> None:
        """Give the test result its title, labels and row of the outline."""
        # A decorator, applied late: after the set-up Allure takes the title from the function.
        allure.title(case.title)(function)  # type: ignore[no-untyped-call]
        cited = f"`{case.id}` · requirements: {', '.join(case.requirements) or 'none'}"
        allure.description(cited)(function)  # type: ignore[no-untyped-call]
        labels = {
            LabelType.EPIC: [case.chapter],
            LabelType.FEATURE: [case.feature],
            LabelType.STORY: [case.rule or case.title],
            LabelType.PARENT_SUITE: [case.chapter],
            LabelType.SUITE: [case.feature],
            LabelType.SUB_SUITE: [case.rule] if case.rule else [],
            LabelType.TAG: list(case.tags),
        }
        for kind, values in labels.items():
            self._hook.add_label(label_type=kind, labels=values)
        for name, value in case.example:
            self._hook.add_parameter(name=name, value=value, excluded=False, mode=None)

    def open(self, title: str) -> None:
        """Start a step."""
        self._open_step = str(uuid4())  # type: ignore[no-untyped-call]
        self._hook.start_step(uuid=self._open_step, title=title, params={})

    def attach(self, items: Iterable[Item]) -> None:
        """Attach evidence to the step that is open, or to the test when none is."""
        for item in items:
            path = self._run_folder / item.path
            self._hook.attach_file(
                source=str(path),
                name=item.label or item.kind,
                attachment_type=TYPES.get(path.suffix),
                extension=path.suffix.removeprefix("."),
            )

    def close(self, error: BaseException | None) -> None:
        """Stop the step that is open; a lacking ability shows as skipped."""
        if self._open_step is None:
            return
        if isinstance(error, NotApplicable):
            error = pytest.skip.Exception(str(error))
        trace = None if error is None else error.__traceback__
        kind = None if error is None else type(error)
        self._hook.stop_step(uuid=self._open_step, exc_type=kind, exc_val=error, exc_tb=trace)
        self._open_step = None
