"""docs/guarantees.md, written by the attack that it reports."""

from __future__ import annotations

from collections.abc import Sequence

from harness.soak.attack import Outcome
from harness.soak.proofs import Proof, section

ROWS = (
    ("kills", "processes killed with SIGKILL"),
    ("kills of server", "… the server alone"),
    ("kills of worker", "… one worker"),
    ("kills of all", "… all at once"),
    ("graph down", "Graph API away for minutes"),
    ("clock jump", "clock an hour early, then right again"),
    ("clock back", "clock an hour late, then right again"),
    ("disk full", "the database's filesystem filled to its last byte (a small tmpfs)"),
    ("refused while full", "… deliveries that the console refused meanwhile, so that Meta repeats"),
    ("file limit", "no file of the console's could grow for seconds (`RLIMIT_FSIZE`)"),
    ("database crash", "PostgreSQL stopped at once without a checkpoint, started again"),
    ("backend kill", "a connection's PostgreSQL process killed with SIGKILL"),
    ("calls that failed", "agents' calls without an answer, repeated"),
    ("messages", "messages that customers wrote"),
    ("messages acknowledged", "… acknowledged to Meta with 200"),
    ("messages in", "… in the database"),
    ("replies taken", "replies that agents were promised with 202"),
    ("replies sent", "replies sent"),
    ("replies refused", "replies that failed, with a reason for the agent"),
    ("replies unconfirmed", "replies whose end nobody knows, told to the agent"),
    ("conversations", "conversations"),
    ("conversations ended", "… ended by an agent"),
    ("positions given", "positions given"),
    ("most conversations at once", "most conversations of one agent at once"),
)
INTRODUCTION = """\
# Guarantees, proved by attack

Written by `make soak`; do not edit. Customers write and agents answer without a pause, while the
console's processes are killed at random moments and other things go wrong in between. Afterwards
Meta's journal, the threads as customers see them, what agents were promised and the database
(`python -m system_under_test admin audit`) are compared. A breach makes the command exit with 1.
"""


def told(outcome: Outcome) -> str:
    """One attack in lines for the terminal."""
    rows = [f"  {words}: {outcome.counts[name]}" for name, words in ROWS if name in outcome.counts]
    broken = [f"  BROKEN {law}: {what}" for law, what in outcome.violations[:20]]
    return "\n".join([*rows, *broken, f"  violations: {len(outcome.violations)}"])


def guarantees_page(outcomes: Sequence[Outcome], proofs: Sequence[Proof] = ()) -> str:
    """The page, without anything that changes though nothing has changed."""
    engines = [one.plan.engine for one in outcomes]
    lines = [
        INTRODUCTION,
        _row(["", *engines]),
        _row(["---"] * (len(engines) + 1)),
        _row(["processes of the console", *(str(one.plan.processes) for one in outcomes)]),
    ]
    for name, words in ROWS:
        if any(name in one.counts for one in outcomes):
            lines.append(_row([words, *(str(one.counts.get(name, "–")) for one in outcomes)]))
    lines.append(_row(["**violations**", *(f"**{len(one.violations)}**" for one in outcomes)]))
    lines += ["", "| Law | " + " | ".join(engines) + " |", _row(["---"] * (len(engines) + 1))]
    for law in outcomes[0].laws:
        many = [sum(broken == law for broken, _ in one.violations) for one in outcomes]
        lines.append(_row([law, *("holds" if not one else f"broken {one}×" for one in many)]))
    return "\n".join(lines) + "\n" + (section(proofs) if proofs else "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
