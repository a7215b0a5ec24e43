"""`python -m benchmarks COMMAND`: figures and ratios, goals beside them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from time import perf_counter

import click
import requests

from benchmarks import stalls
from benchmarks.console import intake, stored, visible
from benchmarks.lines import Line, table
from benchmarks.machine import CLIENT_CORE, SERVER_CORE, cpu_s, hammered, memory_mb, pinned, told
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, free_port

CROWD = 50
TEXTS_AT_ONCE = 100
LONGEST_S = 120
LOOK_AGAIN = threading.Event()


@click.group()
def main() -> None:
    """Measure, as ratios within one run."""


@main.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--seconds", default=3.0, show_default=True)
def reads(rounds: int, seconds: float) -> None:
    """Profile reads a second: emulator, bare Flask, peers (goal P1: at least 1.0 of mountebank).

    WireMock starts slowly and gets faster for a minute: look at its first rounds. CPU time of an
    answer is the steadier figure where others use the machine, too.
    """
    with stalls.launcher() as starting:
        made = (stalls.emulator, stalls.bare_flask, stalls.mountebank, stalls.wiremock)
        present = [stall for make in made if (stall := make(starting)) is not None]
        seen: dict[str, list[float]] = {stall.name: [] for stall in present}
        spent: dict[str, list[float]] = {stall.name: [] for stall in present}
        for _ in range(rounds):
            for stall in present:
                pid = stall.process.process.pid
                before = cpu_s(pid)
                blows = hammered(stall.profile_url, seconds)
                spent[stall.name].append((cpu_s(pid) - before) / blows.answered * 1e6)
                if blows.failed:
                    raise SystemExit(f"{stall.name}: {blows.failed} answers were not 200")
                seen[stall.name].append(blows.per_second)
                click.echo(f"  {stall.name:12} {blows.per_second:8.0f}/s p99 {blows.p99_ms:.1f} ms")
        table(Line(name, rounds, "/s") for name, rounds in seen.items())
        click.echo("CPU of an answer")
        table(Line(name, rounds, " us") for name, rounds in spent.items())


@main.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--messages", default=10_000, show_default=True)
def deliveries(rounds: int, messages: int) -> None:
    """Signed webhooks a second: emulator, bare client loop (goal P2: at least 0.5)."""
    with stalls.launcher() as starting:
        port = free_port()
        command = [sys.executable, "-m", "benchmarks.sink", str(port)]
        callback = f"http://127.0.0.1:{port}/webhook"
        starting.start("sink", pinned(command, CLIENT_CORE), {}, callback)
        meta = _subscribed(starting, callback)
        crowd = [meta.create_customer(role="tester").username for _ in range(CROWD)]
        seen: dict[str, list[float]] = {"fake_meta": [], "bare loop": []}
        for _ in range(rounds):
            seen["fake_meta"].append(_delivered(meta, callback, crowd, messages))
            request = meta.journal(after=meta.last_seq() - 1)[0].raw["request"]
            assert isinstance(request, dict)
            body = request["body"]
            bare = told("benchmarks.bare_courier", [callback, "3", body], 60, core=SERVER_CORE)
            seen["bare loop"].append(bare["per_second"])
            click.echo(
                f"  fake_meta {seen['fake_meta'][-1]:.0f}/s  bare {bare['per_second']:.0f}/s"
            )
        table(Line(name, rounds, "/s") for name, rounds in seen.items())


@main.command()
@click.option("--messages", default=100_000, show_default=True)
@click.option("--steps", default=4, show_default=True)
def growth(messages: int, steps: int) -> None:
    """Cost of a read and memory while messages pile up (goal P4: ratio at most 1.2)."""
    with stalls.launcher() as starting:
        stall = stalls.emulator(starting)
        meta = stall.meta
        assert meta is not None
        crowd = [meta.create_customer(role="tester").username for _ in range(CROWD)]
        written = 0
        first = hammered(stall.profile_url, 3).per_second
        for step in range(steps + 1):
            wanted = messages * step // steps
            while written < wanted:
                meta.send_all(crowd[written % CROWD], ["hello"] * TEXTS_AT_ONCE)
                written += TEXTS_AT_ONCE
            now = hammered(stall.profile_url, 3).per_second
            memory = memory_mb(stall.process.process.pid)
            click.echo(f"{written:9} messages  {now:8.0f}/s  {now / first:.2f}  {memory:7.1f} MB")


@main.command()
@click.option("--small", default=1_000, show_default=True)
@click.option("--large", default=1_000_000, show_default=True)
@click.option("--rounds", default=15, show_default=True)
def costs(small: int, large: int, rounds: int) -> None:
    """CPU of a call among few messages and among many (goal P4: ratio at most 1.2)."""
    words = [str(small), str(large), str(rounds)]
    seen = told("benchmarks.costs", words, timeout_s=1800, core=SERVER_CORE)
    click.echo(f"{'':20} {small:>12} {large:>12} messages")
    for name, (few, many) in seen["costs_us"].items():
        click.echo(f"{name:20} {few:9.0f} us {many:9.0f} us   ratio {many / few:.2f}")
    click.echo(f"memory of both worlds: {seen['memory_mb']:.0f} MB")


@main.command()
@click.option("--rounds", default=5, show_default=True)
def start(rounds: int) -> None:
    """Seconds from the command to the first answer (goal: below 1)."""
    with stalls.launcher() as starting:
        times = [stalls.emulator(starting, f"fake_meta-{one}").start_s for one in range(rounds)]
        table([Line("fake_meta", times, " s")])


def _subscribed(starting: Launcher, callback: str) -> MetaControl:
    meta = stalls.emulator(starting).meta
    assert meta is not None
    world = meta.world()
    meta.subscribe_app(world, callback, world.verify_token)
    install = f"{meta.base_url}/v25.0/{world.page_id}/subscribed_apps"
    query = {"subscribed_fields": "messages", "access_token": world.page_token}
    requests.post(install, params=query, timeout=10).raise_for_status()
    return meta


def _delivered(meta: MetaControl, callback: str, crowd: Sequence[str], messages: int) -> float:
    before, begun = _received(callback), perf_counter()
    for number in range(messages // TEXTS_AT_ONCE):
        meta.send_all(crowd[number % len(crowd)], ["Olá, tudo bem? 😀"] * TEXTS_AT_ONCE)
    while _received(callback) - before < messages:
        if perf_counter() - begun > LONGEST_S:
            raise SystemExit(f"the deliveries did not come to an end within {LONGEST_S} s")
        LOOK_AGAIN.wait(0.01)
    return messages / (perf_counter() - begun)


def _received(callback: str) -> int:
    return int(requests.get(callback, timeout=10).text)


for command in (intake, visible, stored):
    main.add_command(command)
main()
