"""The reference console Interact, started for the run and thrown away with its database."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.drivers.browser import Browser
from harness.drivers.contract import World
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, ServerProcess, free_port
from harness.targets.contract import Console, Credentials, Staff, WindowWish
from harness.targets.interact_http import InteractHttpConsole
from harness.targets.registration import register_webhook
from harness.targets.selectors import reference_table
from harness.targets.web_console import WebConsole

HOST = "127.0.0.1"
PROGRAM = (sys.executable, "-m", "system_under_test")
SERVICE = "Instagram"
STAFF = Staff(
    agent=Credentials("reviewer", "Aa123*", "Review Agent"),
    spare=Credentials("spare", "Bb456*", "Spare Agent"),
    newcomer=Credentials("newcomer", "whatever-1", "New Agent"),
)


class Interact:
    """The reference console; `command` starts a variation of it instead of its own server."""

    def __init__(
        self,
        browser: Browser | None,
        *,
        command: Sequence[str] = (),
        page_s: float = 10.0,
        act_s: float = 5.0,
        name: str = "interact",
    ) -> None:
        self.name = name
        self.staff = STAFF
        self._browser = browser
        self._command = tuple(command) or (*PROGRAM, "serve")
        self._page_s = page_s
        self._act_s = act_s
        self._base_url = ""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._server: ServerProcess | None = None

    @property
    def console_url(self) -> str:
        """The login page itself."""
        return f"{self._base_url}/interact_multiagent"

    @property
    def webhook_url(self) -> str:
        """Where Meta delivers."""
        return f"{self._base_url}/webhooks/meta"

    def start(self, launcher: Launcher, meta: MetaControl) -> None:
        """Prepare a database, start the server, wait until it is ready."""
        world = meta.world()
        port = free_port(HOST)
        self._base_url = f"http://{HOST}:{port}"
        self._folder = tempfile.TemporaryDirectory(prefix="homolog-interact-")
        folder = Path(self._folder.name)
        environ = settings(world, meta.base_url, port, folder, seeding(world))
        ready = f"{self._base_url}/health"
        self._server = launcher.start(self.name, self._command, environ, ready)

    def connect(self, meta: MetaControl) -> None:
        """Register the webhook at Meta."""
        register_webhook(meta, self.name, self.webhook_url)

    def check_alive(self) -> str | None:
        """How the server ended, None while it runs."""
        if self._server is None or self._server.alive():
            return None
        return self._server.obituary()

    def open_console(self, wish: WindowWish) -> Console:
        """A browser window, or an HTTP session when there is no browser."""
        if self._browser is None:
            return InteractHttpConsole(self.console_url, timeout_s=self._page_s)
        return WebConsole(
            self._browser,
            self.console_url,
            reference_table(),
            wish,
            page_s=self._page_s,
            act_s=self._act_s,
        )

    def stop(self) -> None:
        """Stop the server and throw the database away."""
        if self._server is not None:
            self._server.stop()
        if self._folder is not None:
            self._folder.cleanup()
        self._server = self._folder = None


def settings(world: World, meta_url: str, port: int, folder: Path, setup: str) -> dict[str, str]:
    """The INTERACT_* variables that point the console at the emulated Meta.

    Its database and the file with `setup` (TOML, see `seeding`) lie in `folder`.
    """
    setup_file = folder / "interact.toml"
    setup_file.write_text(setup, encoding="utf-8")
    return {
        "INTERACT_HOST": HOST,
        "INTERACT_PORT": str(port),
        "INTERACT_DATABASE_URL": f"sqlite:///{folder / 'interact.sqlite3'}",
        "INTERACT_SETUP_FILE": str(setup_file),
        "INTERACT_APP_SECRET": world.app_secret,
        "INTERACT_VERIFY_TOKEN": world.verify_token,
        "INTERACT_GRAPH_URL": meta_url,
        "INTERACT_CDN_HOSTS": f"lookaside.fbsbx.com scontent.cdninstagram.com {meta_url}",
        "INTERACT_PROFILE_TIMEOUT_S": "1",
    }


def seeding(world: World, staff: Staff = STAFF) -> str:
    """The TOML for the console to start with: one service, the staff, the company's channel."""
    known = [agent_table(agent) for agent in (staff.agent, staff.spare) if agent]
    new = [agent_table(agent, with_password=False) for agent in (staff.newcomer,) if agent]
    tables = ["[[services]]", f'name = "{SERVICE}"', *known, *new]
    channel: Mapping[str, str] = {
        "page_id": world.page_id,
        "account_id": world.account_id,
        "username": world.account_username,
        "token": world.page_token,
        "service": SERVICE,
    }
    tables += ["[[channels]]", *(f'{key} = "{value}"' for key, value in channel.items())]
    return "\n".join(tables) + "\n"


def agent_table(agent: Credentials, *, with_password: bool = True) -> str:
    """One agent of the usual service in that TOML, with all eight positions."""
    lines = [
        "[[agents]]",
        f'login = "{agent.login}"',
        f'name = "{agent.name}"',
        f'services = ["{SERVICE}"]',
        "positions = 8",
    ]
    if with_password:
        lines.append(f'password = "{agent.password}"')
    return "\n".join(lines)
