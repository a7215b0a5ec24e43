"""What goes wrong besides kills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.clock import Clock
from harness.drivers.meta_control import MetaControl
from harness.drivers.postgres import PostgresServer
from harness.soak.console import AttackedConsole
from harness.soak.plan import SoakPlan

JUMP_S = 3600
_WRONG_S, _DOWN_S = 4.0, 2.0


@dataclass(frozen=True)
class Scene:
    """What can be broken."""

    plan: SoakPlan
    meta: MetaControl
    console: AttackedConsole
    database: PostgresServer | None
    clock: Clock

    def slow_calls(self) -> None:
        """Graph calls that take a moment, so that kills strike in their middle."""
        self.meta.switch_on("slow_graph", seconds=0.3, probability=0.3, call="send")


def happen(name: str, scene: Scene) -> None:
    """Let it happen, and pass."""
    _ACCIDENTS[name](scene)


def _graph_down(scene: Scene) -> None:
    """Every Graph call fails for minutes; afterwards some fail that were done all the same."""
    scene.meta.switch_on("server_error")
    scene.clock.sleep(scene.plan.graph_down_s)
    scene.meta.switch_faults_off()
    scene.meta.switch_on("lost_response", times=3, call="send")
    scene.meta.switch_on("cut_answer", times=3, call="send")
    scene.slow_calls()


def _clock_jump(scene: Scene) -> None:
    """The console's clock is an hour early for some seconds, then right again."""
    scene.console.set_clock_error(JUMP_S)
    scene.clock.sleep(_WRONG_S)
    scene.console.set_clock_error(0)


def _clock_back(scene: Scene) -> None:
    """The console's clock is an hour late for some seconds, then right again."""
    scene.console.set_clock_error(-JUMP_S)
    scene.clock.sleep(_WRONG_S)
    scene.console.set_clock_error(0)


def _disk_full(scene: Scene) -> None:
    """The console can write nothing for some seconds."""
    scene.console.fill_disk()
    scene.clock.sleep(scene.plan.disk_full_s)
    scene.console.clear_disk()
    scene.console.revive()


def _database_crash(scene: Scene) -> None:
    """PostgreSQL ends as by a power cut and comes back after some seconds."""
    assert scene.database is not None
    scene.database.crash()
    scene.clock.sleep(_DOWN_S)
    scene.database.start()
    scene.console.revive()


def _backend_kill(scene: Scene) -> None:
    """One process of PostgreSQL is killed; it ends every connection and recovers by itself."""
    assert scene.database is not None
    scene.database.kill_backend()
    scene.clock.sleep(_DOWN_S)
    scene.console.revive()


_ACCIDENTS: Mapping[str, Callable[[Scene], None]] = {
    "graph_down": _graph_down,
    "clock_jump": _clock_jump,
    "clock_back": _clock_back,
    "disk_full": _disk_full,
    "database_crash": _database_crash,
    "backend_kill": _backend_kill,
}
