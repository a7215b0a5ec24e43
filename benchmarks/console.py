"""The console's benchmarks: durable intake, message to screen, cost of history, a full floor."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks import stalls
from benchmarks.lines import Line, table
from benchmarks.machine import SERVER_CORE, pinned, told
from benchmarks.viewer import PASSWORD, login_of
from benchmarks.webhooks import ACCOUNT, PAGE, SECRET, VERIFY_TOKEN
from harness.processes import Launcher, free_port

SERVICE = '[[services]]\nname = "Instagram"\n'
CHANNEL = (
    f'[[channels]]\npage_id = "{PAGE}"\naccount_id = "{ACCOUNT}"\n'
    'username = "empresa"\ntoken = "token"\n'
)
DATABASE_HELP = "Instead of SQLite: postgresql+psycopg://…, an empty database."


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--seconds", default=3.0, show_default=True)
@click.option("--database", default="", help=DATABASE_HELP)
def intake(rounds: int, seconds: float, database: str) -> None:
    """Webhooks a second, each on disk before its answer, beside a handler of nothing (P3: 0.30)."""
    with _folder() as folder, stalls.launcher() as starting:
        nothing = _Set(folder, "nothing", factory="benchmarks.bare:create_app")
        interact = _Set(folder, "interact", database=database)
        addresses = {
            "Interact": _serve(starting, interact) + "/webhooks/meta",
            "nothing": _serve(starting, nothing) + "/webhook",
        }
        seen: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(rounds):
            for name, address in addresses.items():
                words = [address, str(seconds), "64"]
                blows = told("benchmarks.poster", words, timeout_s=seconds + 90)
                if blows["failed"]:
                    raise SystemExit(f"{name}: {blows['failed']} answers were not 200")
                seen[name].append(blows["per_second"])
                click.echo(f"  {name:10} {blows['per_second']:8.0f}/s p99 {blows['p99_ms']:.1f} ms")
        table(Line(name, found, "/s") for name, found in seen.items())


@click.command()
@click.option("--agents", default=1, show_default=True)
@click.option("--customers", default=8, show_default=True)
@click.option("--per-second", default=100, show_default=True)
@click.option("--seconds", default=20.0, show_default=True)
@click.option("--database", default="", help=DATABASE_HELP)
def visible(**given: Any) -> None:
    """Message to the agent's stream, at so many messages a second (P5: p99 at most 150 ms).

    With `--agents 500 --customers 4000` it is the full floor (P9: nothing lost, nothing twice).
    """
    _watch(**given)


@click.command()
@click.option("--sizes", default="10000,1000000", show_default=True)
def stored(sizes: str) -> None:
    """Cost of a message while history grows (P4: ratio at most 1.2)."""
    cost = told("benchmarks.stored", sizes.split(","), timeout_s=900)
    first = next(iter(cost.values()))
    for size, microseconds in cost.items():
        click.echo(
            f"{int(size):9} stored  {microseconds:7.0f} µs a message  {microseconds / first:.2f}"
        )


def _watch(agents: int, customers: int, per_second: int, seconds: float, database: str) -> None:
    with _folder() as folder, stalls.launcher() as starting:
        staff = "".join(
            f'[[agents]]\nlogin = "{login_of(one)}"\nname = "Agent {one}"\n'
            f'password = "{PASSWORD}"\nservices = ["Instagram"]\n'
            for one in range(1, agents + 1)
        )
        threads = agents * 4 // 3 + 64
        interact = _Set(folder, "interact", staff=staff, threads=threads, database=database)
        url = _serve(starting, interact)
        words = [url, str(agents), str(customers), str(per_second), str(seconds)]
        found = told("benchmarks.viewer", words, timeout_s=600)
        click.echo(
            f"{found['agents']} agents, {found['conversations']} conversations (opened in"
            f" {found['opening_s']:.1f} s), {found['messages']} messages at {per_second}/s:"
            f" p50 {found['p50_ms']:.0f} ms, p99 {found['p99_ms']:.0f} ms;"
            f" missing {found['missing']}, twice {found['twice']},"
            f" violations {len(found['violations'])} {found['violations']}"
        )


@dataclass(frozen=True)
class _Set:
    """How a console is set up."""

    parent: Path
    name: str
    factory: str = "system_under_test.app:create_app"
    staff: str = ""
    threads: int = 64
    database: str = ""


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="homolog-bench-") as folder:
        yield Path(folder)


def _serve(starting: Launcher, given: _Set) -> str:
    folder = given.parent / given.name
    folder.mkdir()
    (folder / "setup.toml").write_text(SERVICE + given.staff + CHANNEL, encoding="utf-8")
    port = free_port()
    environment = {
        "INTERACT_PORT": str(port),
        "INTERACT_DATABASE_URL": given.database or f"sqlite:///{folder / 'interact.sqlite3'}",
        "INTERACT_SETUP_FILE": str(folder / "setup.toml"),
        "INTERACT_APP_SECRET": SECRET,
        "INTERACT_VERIFY_TOKEN": VERIFY_TOKEN,
        "INTERACT_GRAPH_URL": "http://127.0.0.1:9",  # nobody there: names stay ids
        "INTERACT_THREADS": str(given.threads),
    }
    command = [sys.executable, "-m", "system_under_test", "serve", "--app", given.factory]
    url = f"http://127.0.0.1:{port}"
    starting.start(given.name, pinned(command, SERVER_CORE), environment, f"{url}/health")
    return url
