"""index.html: the report as one self-contained page that asks nobody for anything.

Pictures are embedded. Cases that passed and are not the step itself show their last picture of
each window only; all pictures lie in the evidence folder.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.exchanges import Exchange, read_exchanges
from reports.record import SCHEMA, CaseRecord, Evidence, RunRecord, StepRecord
from reports.summary import StepSummary, by_step, counts_of, headline, run_verdict, sentence
from reports.verdict import Verdict

FILE_NAME = "index.html"
MEDIA_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
SHOWN_TEXT = 8_000
OPEN = (Verdict.FAILED, Verdict.ERROR)


@dataclass(frozen=True)
class Picture:
    """One embedded screenshot; `id` is its anchor."""

    id: str
    label: str
    alt: str
    source: str


@dataclass(frozen=True)
class TextFile:
    """One embedded text: a traceback, the last words of a server."""

    label: str
    text: str


@dataclass(frozen=True)
class StepView:
    """One Given, When or Then with what it left behind."""

    record: StepRecord
    pictures: tuple[Picture, ...]
    texts: tuple[TextFile, ...]
    links: tuple[Evidence, ...]


@dataclass(frozen=True)
class CaseView:
    """One case, ready for the template."""

    record: CaseRecord
    anchor: str
    is_open: bool
    steps: tuple[StepView, ...]
    exchanges: tuple[Exchange, ...]
    texts: tuple[TextFile, ...]
    links: tuple[Evidence, ...]

    @property
    def has_failure(self) -> bool:
        """Whether a step says expected and actual, so that the message would repeat it."""
        return any(step.record.failure for step in self.steps)


@dataclass(frozen=True)
class SectionView:
    """One review step with its cases."""

    summary: StepSummary
    cases: tuple[CaseView, ...]


def write(run: RunRecord, folder: Path) -> Path:
    """Write index.html into a run's folder, from the record and the evidence that lies there."""
    path = folder / FILE_NAME
    path.write_text(render(run, folder), encoding="utf-8")
    return path


def render(run: RunRecord, folder: Path) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    verdict = run_verdict(run)
    return environment.get_template("report.html.j2").render(
        run=run,
        schema=SCHEMA,
        verdict=verdict,
        headline=headline(run),
        sentence=sentence(run),
        counts={Verdict(name): count for name, count in counts_of(run.cases).items()},
        started=_spoken(run.started_at),
        sections=[_section(summary, folder) for summary in by_step(run)],
    )


def _section(summary: StepSummary, folder: Path) -> SectionView:
    views = [
        _case(case, folder, principal=number == 0 or summary.step.id == "walkthrough")
        for number, case in enumerate(summary.cases)
    ]
    return SectionView(summary, tuple(views))


def _case(case: CaseRecord, folder: Path, *, principal: bool) -> CaseView:
    wanted = _wanted_pictures(case, everything=principal or case.verdict in OPEN)
    anchor = case.id.replace("/", "--")
    steps = tuple(
        StepView(
            record=step,
            pictures=tuple(
                _picture(item, folder, f"{anchor}-{number}-{index}", step.text)
                for index, item in enumerate(step.evidence)
                if item.path in wanted
            ),
            texts=_texts(step.evidence, folder),
            links=_links(step.evidence),
        )
        for number, step in enumerate(case.steps, start=1)
    )
    return CaseView(
        record=case,
        anchor=anchor,
        is_open=principal or case.verdict in OPEN,
        steps=steps,
        exchanges=tuple(_exchanges(case, folder)),
        texts=_texts(case.evidence, folder),
        links=_links(case.evidence),
    )


def _wanted_pictures(case: CaseRecord, *, everything: bool) -> set[str]:
    pictures = [item for step in case.steps for item in step.evidence if item.kind == "screenshot"]
    if everything:
        return {item.path for item in pictures}
    return set({item.label: item.path for item in pictures}.values())


def _picture(item: Evidence, folder: Path, anchor: str, after: str) -> Picture:
    path = folder / item.path
    data = base64.b64encode(path.read_bytes()).decode() if path.exists() else ""
    kind = MEDIA_TYPES.get(path.suffix, "image/jpeg")
    alt = f"The window “{item.label}” after: {after}"
    return Picture(f"picture-{anchor}", item.label, alt, f"data:{kind};base64,{data}")


def _texts(items: tuple[Evidence, ...], folder: Path) -> tuple[TextFile, ...]:
    found = [item for item in items if item.kind in ("text", "log", "json")]
    return tuple(TextFile(item.label, _tail(folder / item.path)) for item in found)


def _links(items: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(item for item in items if item.kind in ("trace", "html"))


def _tail(path: Path) -> str:
    if not path.exists():
        return f"{path.name} is missing"
    return path.read_text(encoding="utf-8", errors="replace")[-SHOWN_TEXT:]


def _exchanges(case: CaseRecord, folder: Path) -> list[Exchange]:
    items = [*case.evidence, *(item for step in case.steps for item in step.evidence)]
    paths = [folder / item.path for item in items if item.kind == "exchanges"]
    started_ms = datetime.fromisoformat(case.started_at).timestamp() * 1000
    return [
        exchange
        for path in paths
        if path.exists()
        for exchange in read_exchanges(json.loads(path.read_text(encoding="utf-8")), started_ms)
    ]


def _spoken(moment: str) -> str:
    when = datetime.fromisoformat(moment)
    return f"{when.day} {when:%B %Y, %H:%M} UTC"
