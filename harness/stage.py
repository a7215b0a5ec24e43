"""The stage of a run: emulator and console running and connected, hands at the ready."""

import contextlib
import errno
import logging
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.chromium import ChromiumCheck, find_chromium
from harness.clock import Clock, SystemClock
from harness.config import Config, EmulatorSettings
from harness.drivers.browser import Browser
from harness.drivers.contract import Hands, World
from harness.drivers.instagram import open_hands
from harness.drivers.meta_control import MetaControl
from harness.errors import ConfigError, HarnessError, TargetError
from harness.processes import Launcher, ServerProcess, check_port, free_port
from harness.scratch import scratch_folder
from harness.targets.contract import Target
from harness.targets.loading import load_target

LOGS = "logs"
EMULATOR = "fake_meta"
REFUSED = 2  # how the emulator ends when it does not take its settings


@dataclass(frozen=True)
class Stage:
    """Everything a case plays with; what is None does not exist in this run."""

    config: Config
    run_folder: Path
    clock: Clock
    meta: MetaControl
    world: World
    target: Target
    hands: Hands
    browser: Browser | None
    browser_version: str
    emulator: ServerProcess = field(repr=False)
    launcher: Launcher = field(repr=False)

    def check_alive(self) -> None:
        """Raise HarnessError when the emulator died, TargetError when the console did."""
        if not self.emulator.alive():
            raise HarnessError(self.emulator.obituary())
        reason = self.target.check_alive()
        if reason:
            raise TargetError(reason)

    def dead_servers(self) -> tuple[ServerProcess, ...]:
        """Return the servers that ended although they should run."""
        return tuple(
            server for server in self.launcher.servers if server.ready_url and not server.alive()
        )

    def put_away(self) -> None:
        """Close what the last case left open."""
        self.hands.put_away()
        if self.browser is not None:
            self.browser.close_windows()

    def end_browser(self) -> None:
        """Kill the browser, from any thread; the next window starts it anew."""
        if self.browser is not None:
            self.browser.end_chromium()

    def secrets(self) -> tuple[str, ...]:
        """Return the values that must not stand in a report."""
        staff = self.target.staff
        agents = [agent for agent in (staff.agent, staff.spare, staff.newcomer) if agent]
        return (
            self.world.app_secret,
            self.world.verify_token,
            self.world.page_token,
            *(agent.password for agent in agents if agent.password),
        )


@contextlib.contextmanager
def open_stage(
    config: Config, run_folder: Path, environ: Mapping[str, str], clock: Clock | None = None
) -> Iterator[Stage]:
    """Start emulator and console, connect them, and stop everything on the way out."""
    clock = clock or SystemClock()
    chromium = find_chromium(config) if config.run.driver == "browser" else None
    check = ChromiumCheck(chromium) if chromium else None
    browser = _browser(chromium, config) if chromium else None
    with contextlib.ExitStack() as stack:
        stack.enter_context(scratch_folder())
        logs, ready_s = run_folder / LOGS, config.patience.ready_s
        launcher = stack.enter_context(
            Launcher(logs, clock=clock, inherited=environ, ready_s=ready_s)
        )
        emulator, meta_url = launch_emulator(launcher, config)
        target = load_target(config, browser)
        stack.callback(target.stop)
        version = check.version() if check else ""
        if browser is not None:
            stack.callback(_close, browser)
            browser.start()
        await_emulator(launcher, emulator)
        meta = MetaControl(meta_url)
        stack.callback(meta.close)
        world = meta.world()
        target.start(launcher, meta)
        target.connect(meta)
        yield Stage(
            config=config,
            run_folder=run_folder,
            clock=clock,
            meta=meta,
            world=world,
            target=target,
            hands=open_hands(meta, world.account_username, browser),
            browser=browser,
            browser_version=version,
            emulator=emulator,
            launcher=launcher,
        )


def _browser(chromium: Path, config: Config) -> Browser:
    return Browser(chromium, headed=config.run.headed, answer_s=config.patience.page_s)


def _wrong_setting(emulator: EmulatorSettings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"emulator.port: port {emulator.port} on {emulator.host} is taken; end who listens "
            "there (a `homolog serve`?), or choose another"
        )
    return (
        "emulator.host (HOMOLOG_EMULATOR__HOST): expected an address of this machine, "
        f'got "{emulator.host}": {error.strerror}'
    )


def _close(browser: Browser) -> None:
    """Close the browser, unless Ctrl-C ended its driver before us: then nothing is left to do.

    Playwright says so in several ways, a bare Exception among them.
    """
    try:
        browser.close()
    except Exception as trouble:
        if "closed" not in str(trouble):
            raise
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it would mourn at exit


def await_emulator(launcher: Launcher, emulator: ServerProcess) -> None:
    """Return once it answers; ConfigError when it refuses what `[emulator.choices]` says."""
    try:
        launcher.wait_ready(emulator)
    except HarnessError as error:
        if emulator.process.poll() != REFUSED:
            raise
        words = emulator.log_tail(1).removeprefix("fake_meta: ")
        raise ConfigError(f"emulator.choices: {words}") from error


def launch_emulator(launcher: Launcher, config: Config, *options: str) -> tuple[ServerProcess, str]:
    """Start the emulated Meta without waiting; return it and its address."""
    host = config.emulator.host
    try:
        free = free_port(host)  # asked in any case: it tells whether the address is ours
        if config.emulator.port:
            check_port(host, config.emulator.port)
    except OSError as error:
        raise ConfigError(_wrong_setting(config.emulator, error)) from error
    port = config.emulator.port or free
    url = f"http://{host}:{port}"
    command = [
        *(sys.executable, "-m", "fake_meta"),
        *("--host", host, "--port", str(port), "--seed", str(config.run.seed)),
        *(f"--choice={name}={value}" for name, value in config.emulator.choices.items()),
        *options,
    ]
    return launcher.launch(EMULATOR, command, {}, f"{url}/_control/health"), url
