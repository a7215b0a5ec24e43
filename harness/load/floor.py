"""Emulator and reference console with as many agents as the plan wants, for one load run."""

import contextlib
import subprocess
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
from harness.stage import LOGS, launch_emulator
from harness.targets.contract import Credentials, Staff
from harness.targets.interact import HOST, PROGRAM, SERVICE, seeding, settings

APPLY_TIMEOUT_S = 60  # an agent's password costs a slow hash
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
                ready_s=config.patience.ready_s,
            )
        )
        emulator, meta_url = launch_emulator(launcher, config)
        launcher.wait_ready(emulator)
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
        variables = settings(world, meta_url, port, Path(database) / "interact.sqlite3")
        variables["INTERACT_THREADS"] = str(int(plan.agents * THREADS_PER_STREAM) + SPARE_THREADS)
        _apply(launcher, Path(database), _staffed(world, roster), variables)
        command = target.command or (*PROGRAM, "serve")
        console = launcher.start(config.run.target, command, variables, f"{url}/health")
        meta.subscribe_app(world, f"{url}/webhooks/meta", world.verify_token)
        yield Floor(meta, url, roster, emulator, console)


def _staffed(world: World, roster: tuple[Credentials, ...]) -> str:
    """The TOML for `admin apply`: the usual service and channel, and the whole roster."""
    tables = [
        "\n".join(
            [
                "[[agents]]",
                f'login = "{agent.login}"',
                f'name = "{agent.name}"',
                f'password = "{agent.password}"',
                f'services = ["{SERVICE}"]',
                "positions = 8",
            ]
        )
        for agent in roster[1:]
    ]
    return "\n".join([seeding(world, Staff(agent=roster[0])), *tables, ""])


def _apply(launcher: Launcher, folder: Path, toml: str, variables: Mapping[str, str]) -> None:
    file = folder / "load.toml"
    file.write_text(toml, encoding="utf-8")
    command = (*PROGRAM, "admin", "apply", str(file))
    admin = launcher.launch("interact-admin", command, variables, ready_url="")
    try:
        code = admin.process.wait(APPLY_TIMEOUT_S)
    except subprocess.TimeoutExpired as trouble:
        raise HarnessError(f"{admin.obituary()} after {APPLY_TIMEOUT_S} s") from trouble
    if code:
        raise HarnessError(f"the console could not be prepared: {admin.obituary()}")
