"""Several processes behind one address, on PostgreSQL."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.fakes.graph_server import running_graph
from tests.fakes.postgres_server import NoPostgresError, running_postgres
from tests.fakes.running_console import RunningConsole, message, until

ANA, BEA = "3603717463085785", "3603717463085786"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningConsole]:
    """A console of two processes."""
    folder: Path = tmp_path_factory.mktemp("pair")
    try:
        with running_postgres() as url, running_graph() as graph:
            settings = {"INTERACT_DATABASE_URL": url, "INTERACT_PROCESSES": "2"}
            console = RunningConsole(folder, graph.url, **settings)
            console.apply()
            console.start()
            yield console
            if console.process is not None:
                console.stop()
    except NoPostgresError as error:
        pytest.skip(str(error))


def workers(console: RunningConsole) -> list[psutil.Process]:
    """Those that serve, without those that have ended."""
    assert console.process is not None
    children = psutil.Process(console.process.pid).children()
    return [one for one in children if one.status() != psutil.STATUS_ZOMBIE]


def test_two_serve_and_all_see_what_one_was_told(pair: RunningConsole) -> None:
    agents = [pair.operating(), pair.operating("second", "Bb123*")]

    for customer in (ANA, BEA):
        assert pair.deliver(message(customer, "Oi")).status_code == 200
    states = [
        until(agent.conversations, lambda seen: len(seen) == 1, limit_s=4)[0] for agent in agents
    ]

    assert len(workers(pair)) == 2
    assert {one["customer"]["igsid"] for one in states} == {ANA, BEA}


def test_one_that_is_killed_is_replaced_while_the_other_serves(pair: RunningConsole) -> None:
    victim = workers(pair)[0]

    victim.send_signal(signal.SIGKILL)
    replaced = until(
        lambda: workers(pair), lambda seen: len(seen) == 2 and victim not in seen, limit_s=10
    )

    assert pair.is_listening()
    assert pair.deliver(message(ANA, "after it")).status_code == 200
    assert len(replaced) == 2


def test_the_log_says_what_happened_and_gives_no_advice(pair: RunningConsole) -> None:
    log = pair.log.read_text("utf-8")

    assert "reviewing your configuration" not in log


def test_all_end_together(pair: RunningConsole) -> None:
    ended = workers(pair)

    took_s = pair.stop()

    assert took_s < 5
    assert not any(one.is_running() for one in ended)
