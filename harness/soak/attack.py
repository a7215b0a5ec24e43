"""One attack on one engine: load, kills and accidents, then quiet, then the comparison."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.clock import Clock
from harness.config import Config
from harness.drivers.meta_control import MetaControl
from harness.drivers.postgres import PostgresServer
from harness.errors import HarnessError
from harness.processes import Launcher
from harness.soak.accidents import Scene, happen
from harness.soak.aftermath import gather
from harness.soak.agent import Agent
from harness.soak.console import AttackedConsole
from harness.soak.crowd import Crowd
from harness.soak.laws import LAWS, judge
from harness.soak.ledger import Ledger
from harness.soak.plan import POSTGRESQL, VICTIMS, SoakPlan
from harness.soak.small_disk import NoSmallDiskError, SmallDisk
from harness.stage import LOGS, launch_emulator
from harness.targets.contract import Credentials, Staff
from harness.targets.interact import agent_table, seeding, settings

ADVANCED = {"instagram_basic": "advanced", "instagram_manage_messages": "advanced"}
_LOOK_S, _CALM_S, _CALM_LOOKS = 0.5, 2.0, 4
_READY_S = 30.0  # other attacks may keep the machine busy
# Meta repeats deliveries for an hour, then it unsubscribes the app (meta-contract §2.6).
_PATIENCE_S, _STEPS = 1900.0, 5
_PAGE_S, _PAGE_LAYER = 30.0, "installed on the Page"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What one attack showed."""

    plan: SoakPlan
    counts: Mapping[str, int]
    violations: list[tuple[str, str]]
    laws: tuple[str, ...]


def attack(
    plan: SoakPlan, folder: Path, environ: Mapping[str, str], clock: Clock, say: Say
) -> Outcome:
    """Do it all; HarnessError when a part of our own failed."""
    ledger = Ledger()
    with _scene(plan, folder, environ, clock, ledger) as scene:
        customers = tuple(scene.meta.create_customer() for _ in range(plan.customers))
        names = [customer.username for customer in customers]
        agents = tuple(
            Agent(who, scene.console.url, ledger, plan.chance(who.login), clock)
            for who in _roster(plan)
        )
        with Crowd(plan, scene.meta.base_url, names, agents, ledger, clock) as crowd:
            _kill(scene, ledger, say)
            say("quiet: nobody writes any more and everything is up")
            _settle(scene, agents, crowd, ledger)
        audited = _audit(scene)
        aftermath = gather(scene.meta, customers, ledger, audited)
    counts = {
        **ledger.counts,
        "messages acknowledged": len(aftermath.acknowledged),
        "replies taken": len(aftermath.promises),
        **{name.replace("_", " "): many for name, many in audited["counts"].items()},
    }
    return Outcome(plan, counts, judge(aftermath), (*LAWS, *audited["laws"]))


@contextlib.contextmanager
def _scene(
    plan: SoakPlan, folder: Path, environ: Mapping[str, str], clock: Clock, ledger: Ledger
) -> Iterator[Scene]:
    with contextlib.ExitStack() as stack:
        room = folder / plan.engine
        room.mkdir(parents=True)
        launcher = stack.enter_context(
            Launcher(room / LOGS, clock=clock, inherited=environ, ready_s=_READY_S)
        )
        disk = _disk(stack, plan)
        database = None
        if plan.engine == POSTGRESQL:
            database = stack.enter_context(PostgresServer(clock, disk.folder if disk else None))
        config = Config.model_validate({"run": {"seed": plan.seed}})
        emulator, meta_url = launch_emulator(launcher, config)
        launcher.wait_ready(emulator)
        meta = stack.enter_context(contextlib.closing(MetaControl(meta_url, timeout_s=60.0)))
        meta.change_app(mode="live", access=ADVANCED)
        variables = _variables(plan, meta, room)
        if database is not None:
            variables["INTERACT_DATABASE_URL"] = database.url
        elif disk is not None:
            variables["INTERACT_DATABASE_URL"] = f"sqlite:///{disk.folder / 'interact.sqlite3'}"
        console = AttackedConsole(launcher, variables, room, clock)
        console.start()
        world = meta.world()
        meta.subscribe_app(world, f"{console.url}/webhooks/meta", world.verify_token)
        _await_page(meta, clock)
        yield Scene(plan, meta, console, database, disk, ledger, clock)


def _disk(stack: contextlib.ExitStack, plan: SoakPlan) -> SmallDisk | None:
    """In a folder of its own: PostgreSQL runs as a user who may not look into ours."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="homolog-disk-")))
    try:
        return stack.enter_context(SmallDisk(folder, plan.disk_megabytes))
    except NoSmallDiskError:
        return None


def _await_page(meta: MetaControl, clock: Clock) -> None:
    """The console installs itself on the Page by its own call; before it Meta sends nothing."""
    deadline = clock.monotonic() + _PAGE_S
    while {one.layer: one.health for one in meta.examine()}.get(_PAGE_LAYER) != "good":
        if clock.monotonic() > deadline:
            raise HarnessError("the console did not install itself on the Page")
        clock.sleep(_LOOK_S)


def _variables(plan: SoakPlan, meta: MetaControl, room: Path) -> dict[str, str]:
    world, roster = meta.world(), _roster(plan)
    setup = "\n".join([seeding(world, Staff(agent=roster[0])), *map(agent_table, roster[1:]), ""])
    any_port = 1
    found = settings(world, meta.base_url, any_port, room, setup)
    return {**found, "INTERACT_PROCESSES": str(plan.processes)}


def _roster(plan: SoakPlan) -> list[Credentials]:
    numbers = range(1, plan.agents + 1)
    return [Credentials(f"agent{one}", "Aa123*", f"Agent {one}") for one in numbers]


def _kill(scene: Scene, ledger: Ledger, say: Say) -> None:
    plan, chance = scene.plan, scene.plan.chance("killer")
    accidents = plan.accidents()
    scene.slow_calls()
    for number in range(1, plan.kills + 1):
        scene.clock.sleep(chance.uniform(*plan.pause_s))
        _check(ledger)
        victim = chance.choice(VICTIMS)
        scene.console.kill(victim, chance.randrange(8))
        ledger.count("kills")
        ledger.count(f"kills of {victim}")
        if accident := accidents.get(number):
            told = accident.replace("_", " ")
            if accident == "disk_full" and scene.disk is None:
                say(f"after {number} kills: no {told}, for nobody may mount a filesystem here")
                continue
            say(f"after {number} kills: {told}")
            happen(accident, scene)


def _settle(scene: Scene, agents: tuple[Agent, ...], crowd: Crowd, ledger: Ledger) -> None:
    """Everything up; Meta delivers what failed, agents answer everything and go."""
    crowd.stop_writing()
    scene.meta.switch_faults_off()
    scene.console.revive()
    scene.clock.sleep(_CALM_S)  # a server whose workers died twice in a row ends only now
    scene.console.revive()
    for _ in range(_STEPS):
        scene.meta.advance(_PATIENCE_S / _STEPS)
        scene.clock.sleep(_LOOK_S)
    deadline = scene.clock.monotonic() + scene.plan.settle_s
    calm = 0
    while calm < _CALM_LOOKS and scene.clock.monotonic() < deadline:
        _check(ledger)
        calm = calm + 1 if all(one.waiting == one.unread == 0 for one in agents) else 0
        scene.clock.sleep(_LOOK_S)
    if calm < _CALM_LOOKS:
        ledger.breach("the agents never came to an end of what was waiting")
    crowd.stop_working()


def _audit(scene: Scene) -> dict[str, Any]:
    """Ask until nothing is under way any more; what is broken then stays broken."""
    deadline = scene.clock.monotonic() + scene.plan.settle_s
    while True:
        told = scene.console.audit()
        if not told["violations"] or scene.clock.monotonic() > deadline:
            return told
        scene.clock.sleep(_LOOK_S)


def _check(ledger: Ledger) -> None:
    if ledger.troubles:
        raise HarnessError(f"the load ended: {ledger.troubles[0]}")
