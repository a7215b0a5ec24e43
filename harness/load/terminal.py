"""The outcome on the terminal: laws, durations, first violations."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from harness.simulation.findings import Finding
from reports.load_record import LoadRecord, MeasureRow

STYLES = {"passed": "green", "failed": "bold red", "unknown": "bold yellow"}


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """One line a law, then what speaks against it."""
    table = Table(title="Laws", title_justify="left", header_style="bold")
    table.add_column("Law")
    table.add_column("Examined", justify="right")
    table.add_column("Violations", justify="right")
    table.add_column("Verdict")
    for finding in findings:
        notes = "".join(f"\n[dim]{escape(note)}[/dim]" for note in finding.notes)
        table.add_row(
            escape(finding.law.text) + notes,
            str(finding.examined),
            str(finding.violated),
            worded(finding.verdict.value),
        )
    console.print(table)
    for finding in findings:
        for violation in finding.violations:
            console.print(f"[red]✗[/red] {finding.law.id}: {escape(violation.what)}")


def show_measures(console: Console, record: LoadRecord) -> None:
    """Percentiles, in milliseconds."""
    table = Table(title="Durations (ms)", title_justify="left", header_style="bold")
    table.add_column("What")
    for name in ("count", "p50", "p95", "p99", "max"):
        table.add_column(name, justify="right")
    for row in record.measures:
        table.add_row(row.title, str(row.count), *_figures(row))
    console.print(table)
    counts = record.counts
    console.print(
        f"{counts.messages} messages ({counts.messages_per_s:g}/s), {counts.answers} answers, "
        f"{counts.conversations} conversations, at most {counts.most_open} open and "
        f"{counts.most_waiting} waiting; {counts.requests} requests, "
        f"{counts.failed_requests} failed; drained in {record.drain_s:g} s"
    )


def worded(verdict: str) -> str:
    """The verdict with its colour."""
    style = STYLES[verdict]
    return f"[{style}]{verdict}[/{style}]"


def _figures(row: MeasureRow) -> list[str]:
    values = (row.p50_ms, row.p95_ms, row.p99_ms, row.max_ms)
    return ["–" if value is None else f"{value:,.1f}" for value in values]
