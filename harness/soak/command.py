"""The command itself: attacks one engine after the other, tells, writes the page."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from harness.clock import SystemClock
from harness.soak.attack import attack
from harness.soak.page import guarantees_page, told
from harness.soak.plan import ENGINES, SoakPlan
from harness.soak.proofs import read_proofs


def soak(
    engines: tuple[str, ...],
    kills: int,
    seed: int,
    page: Path | None,
    proofs: Path | None,
    *,
    short: bool,
) -> int:
    """Attack each engine; 0 when every law holds, else 1. `proofs` go onto the page, too."""
    others = read_proofs(proofs) if proofs is not None else ()
    outcomes = []
    for engine in engines or ENGINES:
        hurry = {"full": False, "pause_s": (0.2, 0.8), "customers": 18} if short else {}
        plan = SoakPlan(engine=engine, kills=kills, seed=seed, **hurry)  # type: ignore[arg-type]
        click.echo(f"{engine}: {kills} kills, seed {seed}")
        with tempfile.TemporaryDirectory(prefix="homolog-soak-") as folder:
            outcome = attack(
                plan, Path(folder), os.environ, SystemClock(), lambda what: click.echo(f"  {what}")
            )
        outcomes.append(outcome)
        click.echo(told(outcome))
    if page is not None:
        page.write_text(guarantees_page(outcomes, others), encoding="utf-8")
    return 1 if any(one.violations for one in outcomes) else 0
