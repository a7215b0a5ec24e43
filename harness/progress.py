"""What the terminal shows of a run: one line a case, a table at the end, the files last."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.config import RunSettings
from reports.record import CaseRecord, RunRecord
from reports.summary import by_step, counts_of, headline, run_verdict, sentence
from reports.verdict import Verdict

STYLES = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "bold red",
    Verdict.ERROR: "bold magenta",
    Verdict.SKIPPED: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
}
MARKS = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.ERROR: "!",
    Verdict.SKIPPED: "»",
    Verdict.NOT_APPLICABLE: "–",
}
FILES = (
    ("report", "index.html"),
    ("verdicts", "conformance.json"),
    ("JUnit", "junit.xml"),
    ("Allure", "allure-results"),
    ("logs", "logs"),
)


class Progress:
    """Speaks on a terminal or into a log; quiet leaves the verdict and the files only."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._quiet = quiet

    def opening(self, settings: RunSettings, cases: int) -> None:
        """Say what is about to run."""
        if self._quiet:
            return
        facts = (
            f"target {settings.target} · driver {settings.driver} · "
            f"journey {settings.journey} · seed {settings.seed}"
        )
        self._say(Text(f"homolog · {facts} · {cases} cases", style="bold"))

    def case(self, record: CaseRecord) -> None:
        """Say how one case went."""
        if self._quiet and record.verdict in (Verdict.PASSED, Verdict.NOT_APPLICABLE):
            return
        style = STYLES[record.verdict]
        line = Text.assemble(
            (f"{MARKS[record.verdict]} ", style),
            (f"{record.step:<11} ", "cyan"),
            (f"{record.title} ", ""),
            (record.verdict.words, style),
        )
        if record.verdict in (Verdict.PASSED, Verdict.FAILED, Verdict.ERROR):
            line.append(f" {record.duration_s:.1f} s", style="dim")
        self._say(line)
        if record.verdict in (Verdict.FAILED, Verdict.ERROR):
            self._say(Text(f"  {record.message}", style=style))

    def closing(self, run: RunRecord, folder: Path) -> None:
        """Show the table by step, the verdict and the files."""
        if not self._quiet:
            self._console.print()
            self._console.print(_table(run))
        style = STYLES[run_verdict(run)]
        self._say(
            Text(f"{headline(run)}: {sentence(run)} {run.duration_s:.1f} s", style=f"bold {style}")
        )
        for label, name in FILES:
            self._say(Text.assemble((f"{label:<9}", "dim"), str(folder / name)))

    def _say(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True, highlight=False)


def print_rows(rows: Sequence[tuple[str, str, str]], console: Console) -> None:
    """Print what is served: what it is, its value to copy, a remark."""
    width = max(len(what) for what, _, _ in rows)
    for what, value, remark in rows:
        # Values are there to be copied: never wrapped, never cut, whatever the terminal's width.
        line = Text.assemble((what.ljust(width), "bold"), "  ", value, "  ", (remark, "dim"))
        console.print(line, soft_wrap=True)
    console.print("[dim]Ctrl-C ends everything.[/dim]")


def _table(run: RunRecord) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("step", style="cyan", no_wrap=True)
    table.add_column("title", no_wrap=True, overflow="ellipsis")
    table.add_column("verdict", no_wrap=True)
    for verdict in Verdict:
        short = "n/a" if verdict is Verdict.NOT_APPLICABLE else verdict.words
        table.add_column(short, justify="right", no_wrap=True)
    table.add_column("s", justify="right", no_wrap=True)
    for one in by_step(run):
        numbers = [str(one.counts[verdict.value] or "") for verdict in Verdict]
        words = Text(one.verdict.words, style=STYLES[one.verdict])
        table.add_row(one.step.id, one.step.title, words, *numbers, f"{one.duration_s:.1f}")
    total = counts_of(run.cases)
    numbers = [str(total[verdict.value] or "") for verdict in Verdict]
    words = Text(run_verdict(run).words, style=STYLES[run_verdict(run)])
    table.add_section()
    table.add_row("", "all", words, *numbers, f"{run.duration_s:.1f}", style="bold")
    return table
