"""Emulator and reference console with as many agents as the plan wants, for one load run."""

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.clock import SystemClock
from harness.config import Config, InteractTarget
from harness.drivers.contract import World
from harness.drivers.meta_control import MetaControl
from harness.errors import ConfigError, HarnessError, TargetError
from harness.load.plan import Plan
from harness.processes import Launcher, ServerProcess, free_port
from harness.stage import LOGS, await_emulator, launch_emulator
from harness.targets.contract import Credentials, Staff
from harness.targets.interact import HOST, PROGRAM, agent_table, seeding, settings

HASH_S = 0.3  # an agent's password costs a slow hash before the console is ready
SPARE_THREADS = 48  # beyond those for the streams
THREADS_PER_STREAM = 1.5  # the console keeps a quarter of its threads free of streams
ADVANCED = {"instagram_basic": "advanced", "instagram_manage_messages": "advanced"}


@dataclass(frozen=True)
class Floor:
    """Where everything answers, and who works there."""

    meta: MetaControl
    console_url: str
    roster: tuple[Credentials, ...]
    emulator: ServerProcess
    console: ServerProcess

    def check_alive(self) -> None:
        """Raise HarnessError when the emulator died, TargetError when the console did."""
        if not self.emulator.alive():
            raise HarnessError(self.emulator.obituary())
        if not self.console.alive():
            raise TargetError(self.console.obituary())


@contextlib.contextmanager
def open_floor(
    config: Config, plan: Plan, folder: Path, environ: Mapping[str, str]
) -> Iterator[Floor]:
    """Start both servers, connect them, let everybody write; stop all of it on the way out."""
    target = config.target
    if not isinstance(target, InteractTarget):
        raise ConfigError(
            f'[targets.{config.run.target}] kind: expected "interact", got "{target.kind}"; '
            "load speaks the HTTP of the reference console (docs/console.md)"
        )
    with contextlib.ExitStack() as stack:
        launcher = stack.enter_context(
            Launcher(
                folder / LOGS,
                clock=SystemClock(),
                inherited=environ,
                ready_s=config.patience.ready_s + HASH_S * plan.agents,
            )
        )
        emulator, meta_url = launch_emulator(launcher, config)
        await_emulator(launcher, emulator)
        meta = stack.enter_context(contextlib.closing(MetaControl(meta_url)))
        meta.change_app(mode="live", access=ADVANCED)
        database = stack.enter_context(tempfile.TemporaryDirectory(prefix="homolog-load-"))
        world = meta.world()
        roster = tuple(
            Credentials(f"agent{number:03}", "Aa123*", f"Agent {number:03}")
            for number in range(1, plan.agents + 1)
        )
        port = free_port(HOST)
        url = f"http://{HOST}:{port}"
        setup = _staffed(world, roster)
        variables = settings(world, meta_url, port, Path(database), setup)
        variables["INTERACT_THREADS"] = str(int(plan.agents * THREADS_PER_STREAM) + SPARE_THREADS)
        command = target.command or (*PROGRAM, "serve")
        console = launcher.start(config.run.target, command, variables, f"{url}/health")
        meta.subscribe_app(world, f"{url}/webhooks/meta", world.verify_token)
        yield Floor(meta, url, roster, emulator, console)


def _staffed(world: World, roster: tuple[Credentials, ...]) -> str:
    """The TOML for the console to start with: as usual, and the whole roster."""
    tables = [agent_table(agent) for agent in roster[1:]]
    return "\n".join([seeding(world, Staff(agent=roster[0])), *tables, ""])
