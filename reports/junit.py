"""junit.xml for CI: one suite a review step; control characters that XML forbids are escaped."""

import re
from pathlib import Path
from xml.etree import ElementTree as Xml

from reports.record import CaseRecord, RunRecord
from reports.summary import StepSummary, by_step
from reports.verdict import Verdict

FILE_NAME = "junit.xml"
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHILD_OF = {
    Verdict.FAILED: "failure",
    Verdict.ERROR: "error",
    Verdict.SKIPPED: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
}


def write(run: RunRecord, folder: Path) -> Path:
    """Write junit.xml into a folder."""
    root = Xml.Element("testsuites", name="homolog", time=f"{run.duration_s:.3f}")
    for summary in by_step(run):
        root.append(_suite(summary))
    Xml.indent(root)
    path = folder / FILE_NAME
    path.write_bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return path


def _suite(summary: StepSummary) -> Xml.Element:
    counts = summary.counts
    suite = Xml.Element(
        "testsuite",
        name=_clean(f"{summary.step.id} {summary.step.title}"),
        tests=str(len(summary.cases)),
        failures=str(counts["failed"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"] + counts["not_applicable"]),
        time=f"{summary.duration_s:.3f}",
        timestamp=summary.cases[0].started_at,
    )
    suite.extend(_case(case) for case in summary.cases)
    return suite


def _case(case: CaseRecord) -> Xml.Element:
    element = Xml.Element(
        "testcase",
        classname=_clean(f"{case.step}.{case.feature}"),
        name=_clean(case.id),
        time=f"{case.duration_s:.3f}",
    )
    if case.verdict in CHILD_OF:
        child = Xml.SubElement(element, CHILD_OF[case.verdict])
        child.set("message", _clean(case.message or case.verdict.words))
        child.text = _clean("\n".join(_narrative(case)))
    return element


def _narrative(case: CaseRecord) -> list[str]:
    lines = [f"{step.verdict.words}: {step.keyword} {step.text}" for step in case.steps]
    return [case.title, *lines, *(f"evidence: {item.path}" for item in case.evidence)]


def _clean(text: str) -> str:
    return FORBIDDEN.sub(lambda found: f"\\x{ord(found.group()):02x}", text)
