"""Emulator and console as real processes, connected, for tests of the console's pages."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness.clock import SystemClock
from harness.drivers.contract import Customer
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, ServerProcess, free_port
from harness.targets.interact import HOST, STAFF, seeding, settings
from harness.targets.interact_desk import InteractDesk
from harness.targets.interact_http import InteractHttpConsole

CONSOLE = (sys.executable, "-m", "system_under_test")
READY_S = 30.0


@dataclass
class ConsoleStage:
    """A console that knows one company, and the Meta it talks to."""

    launcher: Launcher
    meta: MetaControl
    folder: Path
    language: str = "en"
    port: int = field(default_factory=lambda: free_port(HOST))
    server: ServerProcess | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/interact_multiagent"

    @property
    def webhook(self) -> str:
        return f"http://{HOST}:{self.port}/webhooks/meta"

    @property
    def environ(self) -> dict[str, str]:
        world = self.meta.world()
        wishes = settings(world, self.meta.base_url, self.port, self.folder, seeding(world))
        return {**wishes, "INTERACT_LANGUAGE": self.language}

    def start(self) -> None:
        health = f"http://{HOST}:{self.port}/health"
        self.server = self.launcher.start("console", (*CONSOLE, "serve"), self.environ, health)

    def stop(self) -> None:
        assert self.server is not None
        self.server.stop()

    def connect(self) -> None:
        world = self.meta.world()
        self.meta.subscribe_app(world, self.webhook, world.verify_token)

    def customer(self, name: str, **traits: object) -> Customer:
        return self.meta.create_customer(name=name, role="tester", **traits)

    def clear(self) -> None:
        """End every conversation of the agent, who then receives no more."""
        console = InteractHttpConsole(self.url, timeout_s=10.0)
        desk = console.sign_in(STAFF.agent).desk
        assert isinstance(desk, InteractDesk)
        desk.select_status("Operating" if self.language == "en" else "Operando")
        for conversation in desk.conversations():
            desk.end(conversation.id)
        desk.select_status("Not ready" if self.language == "en" else "Indisponível")
        console.close()


@contextlib.contextmanager
def console_stage(folder: Path, language: str = "en") -> Iterator[ConsoleStage]:
    """Emulator and console running and connected; both are ended on the way out."""
    port = free_port(HOST)
    url = f"http://{HOST}:{port}"
    emulator = (sys.executable, "-m", "fake_meta", "--port", str(port), "--seed", "1")
    with Launcher(
        folder / "logs", clock=SystemClock(), inherited=os.environ, ready_s=READY_S
    ) as launcher:
        launcher.start("emulator", emulator, {}, f"{url}/_control/health")
        meta = MetaControl(url)
        stage = ConsoleStage(launcher, meta, folder, language)
        stage.start()
        stage.connect()
        yield stage
        meta.close()
