"""What goes wrong besides kills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.clock import Clock
from harness.drivers.meta_control import MetaControl
from harness.drivers.postgres import PostgresServer
from harness.errors import HarnessError
from harness.soak.aftermath import deliveries
from harness.soak.console import AttackedConsole
from harness.soak.ledger import Ledger
from harness.soak.plan import SoakPlan
from harness.soak.small_disk import SmallDisk

JUMP_S = 3600
REFUSED = "refused while full"  # deliveries, in the ledger
_WRONG_S, _DOWN_S, _LOOK_S = 4.0, 2.0, 0.3
_FELT = 3  # refused deliveries that show that the disk was full for the console, too


@dataclass(frozen=True)
class Scene:
    """What can be broken."""

    plan: SoakPlan
    meta: MetaControl
    console: AttackedConsole
    database: PostgresServer | None
    disk: SmallDisk | None  # None where nobody may mount one
    ledger: Ledger
    clock: Clock

    def slow_calls(self) -> None:
        """Graph calls that take a moment, so that kills strike in their middle."""
        self.meta.switch_on("slow_graph", seconds=0.3, probability=0.3, call="send")


def happen(name: str, scene: Scene) -> None:
    """Let it happen, and pass; the ledger counts it."""
    _ACCIDENTS[name](scene)
    scene.ledger.count(name.replace("_", " "))


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
    """The filesystem of the database has no byte left, until deliveries were refused for it."""
    assert scene.disk is not None
    since, deadline = scene.meta.last_seq(), scene.clock.monotonic() + scene.plan.disk_full_s
    while (refused := _refused(scene, since)) < _FELT:
        if scene.clock.monotonic() > deadline:
            raise HarnessError(
                f"the disk was full for {scene.plan.disk_full_s:.0f} s and the console refused"
                f" {refused} deliveries: the database found room that it may not have had"
            )
        scene.disk.fill()  # again: a database gives back what it had reserved
        scene.clock.sleep(_LOOK_S)
    scene.disk.clear()
    scene.ledger.count(REFUSED, refused)
    if scene.database is not None:
        scene.database.revive()
    scene.console.revive()


def _refused(scene: Scene, since: int) -> int:
    """Deliveries that the console answered, but not with 2xx: one that is away proves nothing."""
    told = deliveries(scene.meta, since)
    return sum(one.status is not None and not one.delivered for one in told)


def _file_limit(scene: Scene) -> None:
    """No file of the console's may grow for some seconds."""
    scene.console.limit_files()
    scene.clock.sleep(scene.plan.file_limit_s)
    scene.console.lift_limit()
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
    "file_limit": _file_limit,
    "database_crash": _database_crash,
    "backend_kill": _backend_kill,
}
