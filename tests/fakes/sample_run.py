"""A run record with every verdict, and the evidence files that belong to it."""

import json
from dataclasses import replace
from pathlib import Path

from reports.record import (
    CaseRecord,
    Evidence,
    Failure,
    ReviewStep,
    RunRecord,
    Seen,
    StepRecord,
)
from reports.verdict import Verdict

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff030000060005"
    "57bfabd40000000049454e44ae426082"
)
ENTRY = {
    "seq": 12,
    "kind": "webhook_delivery",
    "at_ms": 1_795_435_200_500,
    "duration_ms": 3.1,
    "customer": "ana.silva",
    "mids": ["mid-1"],
    "events": ["message"],
    "attempt": 1,
    "request": {
        "method": "POST",
        "url": "http://127.0.0.1:9000/webhooks/meta",
        "headers": {"X-Hub-Signature-256": "sha256=abc123"},
        "body": '{"text":"ol\\u00e1"}',
    },
    "response": {"status": 200, "headers": {}, "body": ""},
    "outcome": "delivered",
    "reason": None,
}
FAILURE = Failure(
    reason="the conversation shows the customer's name",
    expected='"Maria Teste"',
    actual='"IGSID 1789"',
    waited_s=5.0,
    observations=6,
    history=(Seen(0.0, '""'), Seen(0.4, '"IGSID 1789"')),
)
DONE = StepRecord("Given", "an agent", "done", Verdict.PASSED, 0.2)
PASSED = CaseRecord(
    id="step-01/the-address-opens",
    step="step-01",
    title="The address opens <b>&</b>",
    feature="Step 01 — Open the test page",
    rule="",
    requirements=("guide-step-1",),
    tags=("step-01", "req-guide-step-1"),
    verdict=Verdict.PASSED,
    message="",
    started_at="2026-11-23T12:00:00.000+00:00",
    duration_s=1.5,
    steps=(
        DONE,
        StepRecord(
            "Then",
            "the login page is shown",
            "expected",
            Verdict.PASSED,
            0.1,
            notes=("A note to the reader",),
            evidence=(Evidence("screenshot", "evidence/one.png", "console"),),
        ),
    ),
    evidence=(Evidence("exchanges", "evidence/exchanges.json", "exchanges"),),
)
FAILED = replace(
    PASSED,
    id="step-09/the-name",
    step="step-09",
    verdict=Verdict.FAILED,
    message="step-09 · it failed\x07",
    steps=(
        replace(
            DONE, purpose="expected", verdict=Verdict.FAILED, message="it failed", failure=FAILURE
        ),
    ),
    evidence=(),
)
STEPS = (
    ReviewStep("step-01", "Open the test page", "The reviewer types the address."),
    ReviewStep("step-09", "The conversation appears", "The message appears."),
)


def case_with(verdict: Verdict, number: int = 1) -> CaseRecord:
    """A case of step-01 with this verdict."""
    return replace(PASSED, id=f"step-01/case-{number}", verdict=verdict, evidence=(), steps=())


def run_of(*cases: CaseRecord) -> RunRecord:
    """A run of these cases."""
    return RunRecord(
        homolog_version="0.1.0",
        target="interact",
        driver="browser",
        journey="mobile",
        seed=7,
        started_at="2026-11-23T12:00:00+00:00",
        duration_s=12.5,
        review_steps=STEPS,
        cases=cases,
        environment={"console": "http://127.0.0.1:9000/"},
        logs=(Evidence("log", "logs/interact.log", "interact"),),
    )


def lay_out(folder: Path) -> Path:
    """Write the evidence of the sample cases into a folder."""
    (folder / "evidence").mkdir()
    (folder / "evidence" / "one.png").write_bytes(PIXEL)
    (folder / "evidence" / "exchanges.json").write_text(json.dumps([ENTRY]), encoding="utf-8")
    return folder
