"""From a history to the record of the run: judged, measured, counted."""

from datetime import UTC, datetime

from harness.load.plan import Plan
from harness.load.play import Played
from harness.simulation.checkers import judge
from harness.simulation.evidence import holdings, most_at_once
from harness.simulation.findings import Finding, worst
from harness.simulation.history import (
    AgentReplied,
    CustomerSent,
    History,
    RunStarted,
    SlotsSeen,
    StreamBroken,
)
from harness.simulation.latencies import measures
from harness.simulation.timeline import timeline
from harness.version import version
from reports.load_record import (
    FindingRow,
    LoadCounts,
    LoadRecord,
    LoadShape,
    MeasureRow,
    MomentRow,
    ViolationRow,
)

FILES = {"history": "history.ndjson", "json": "load.json", "html": "load.html", "logs": "logs"}


def make_record(history: History, plan: Plan, played: Played) -> LoadRecord:
    """Judge the history and put everything together."""
    started = history.of(RunStarted)[0]
    findings = judge(history)
    return LoadRecord(
        homolog_version=version(),
        target=started.target,
        seed=started.seed,
        started_at=datetime.fromtimestamp(started.at_ms / 1000, UTC).isoformat("T", "seconds"),
        verdict=worst(findings).value,
        shape=LoadShape(
            customers=plan.customers,
            agents=plan.agents,
            positions=plan.positions,
            duration_s=plan.duration_s,
            drain_limit_s=plan.drain_s,
        ),
        open_s=round(played.open_s, 1),
        drain_s=round(played.drain_s, 1),
        counts=_counts(history, played),
        measures=tuple(
            MeasureRow(
                one.id,
                one.title,
                one.meaning,
                one.count,
                *(_tenths(value) for value in (one.p50_ms, one.p95_ms, one.p99_ms, one.max_ms)),
            )
            for one in measures(history)
        ),
        findings=tuple(_row(finding) for finding in findings),
        requests=played.requests,
        timeline=tuple(
            MomentRow(one.second, one.messages, one.answers, one.open, one.waiting)
            for one in timeline(history)
        ),
        files=FILES,
    )


def _counts(history: History, played: Played) -> LoadCounts:
    held = holdings(history)
    messages = len(history.of(CustomerSent))
    customers = [one.opened.customer for one in held]
    return LoadCounts(
        messages=messages,
        conversations=len({one.opened.conversation for one in held}),
        answers=sum(1 for event in history.of(AgentReplied) if event.is_accepted),
        returning_customers=sum(1 for name in set(customers) if customers.count(name) > 1),
        most_open=most_at_once(held),
        most_waiting=max((event.queue_length for event in history.of(SlotsSeen)), default=0),
        messages_per_s=round(messages / played.open_s, 1) if played.open_s else 0.0,
        broken_streams=len(history.of(StreamBroken)),
        requests=sum(row.count for row in played.requests),
        failed_requests=sum(row.failures for row in played.requests),
    )


def _row(finding: Finding) -> FindingRow:
    return FindingRow(
        id=finding.law.id,
        law=finding.law.text,
        requirements=finding.law.requirements,
        verdict=finding.verdict.value,
        examined=finding.examined,
        violated=finding.violated,
        violations=tuple(
            ViolationRow(one.what, tuple(event.model_dump() for event in one.context))
            for one in finding.violations
        ),
        notes=finding.notes,
    )


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
