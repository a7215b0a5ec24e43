"""A stage without servers: enough for the plugin to review a little suite on it."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.clock import SystemClock
from harness.config import Config, InteractTarget, PatienceSettings, RunSettings
from harness.errors import TargetError


class LittleMeta:
    """A journal that grows by one entry a look."""

    def __init__(self) -> None:
        self.looks = 0

    def last_seq(self) -> int:
        return 0

    def journal(self, *, after: int) -> tuple[Any, ...]:
        return ()


@dataclass
class LittleStage:
    """What the plugin asks of a stage; `kill` lets the console die."""

    run_folder: Path
    driver: str = "api"
    clock: SystemClock = field(default_factory=SystemClock)
    meta: LittleMeta = field(default_factory=LittleMeta)
    browser: None = None
    dead: str = ""
    put_away_count: int = 0
    browser_ended: threading.Event = field(default_factory=threading.Event)

    @property
    def config(self) -> Config:
        run = RunSettings(driver=self.driver, seed=5)  # type: ignore[arg-type]
        patience = PatienceSettings(case_s=1.0)
        return Config(run=run, patience=patience, targets={"interact": InteractTarget()})

    def kill(self) -> None:
        self.dead = "interact was ended by SIGKILL (log: logs/interact.log)"

    def check_alive(self) -> None:
        if self.dead:
            raise TargetError(self.dead)

    def dead_servers(self) -> tuple[Any, ...]:
        return (DeadServer(),) if self.dead else ()

    def put_away(self) -> None:
        self.put_away_count += 1

    def end_browser(self) -> None:
        self.browser_ended.set()

    def secrets(self) -> tuple[str, ...]:
        return ()


class DeadServer:
    """A server that had last words."""

    name = "interact"

    def log_tail(self, lines: int) -> str:
        return "the last words"
