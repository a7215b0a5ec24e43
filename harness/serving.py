"""`homolog serve`: emulator and console to try by hand, until somebody ends it."""

import contextlib
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.clock import Clock, SystemClock
from harness.config import Config
from harness.drivers.contract import World
from harness.drivers.meta_control import MetaControl
from harness.errors import ConfigError, HarnessError
from harness.processes import Launcher, free_port
from harness.stage import await_emulator, launch_emulator
from harness.targets.contract import Credentials, Target
from harness.targets.loading import load_target

META, INTERACT = "meta", "interact"
USUAL_PORT, TLS_PORT = 8701, 8743
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
LOOK_EVERY_S = 0.5
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Served:
    """What stands: rows of (what, value, remark), and the servers behind them."""

    rows: tuple[Row, ...]
    launcher: Launcher

    def wait(self, clock: Clock) -> None:
        """Wait until somebody interrupts; raise HarnessError when a server dies meanwhile."""
        while True:
            for server in self.launcher.servers:
                if server.ready_url and not server.alive():
                    raise HarnessError(server.obituary())
            clock.sleep(LOOK_EVERY_S)


@contextlib.contextmanager
def serve(
    config: Config,
    what: str,
    environ: Mapping[str, str],
    *,
    tls: bool = False,
    port: int | None = None,
) -> Iterator[Served]:
    """Start "meta", "interact" (at an emulator that runs already), or both when `what` is "".

    `tls`: "meta" with HTTPS under Meta's own host names; `port`: the emulator's.
    """
    config = _at_port(config, port)
    _check_tls(config, what, tls=tls)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="homolog-serve-")))
        ready_s = config.patience.ready_s
        launcher = stack.enter_context(
            Launcher(folder, clock=SystemClock(), inherited=environ, ready_s=ready_s)
        )
        url = (
            running_emulator(config, "serve interact")
            if what == INTERACT
            else _own_emulator(config, launcher, tls=tls)
        )
        meta = stack.enter_context(contextlib.closing(MetaControl(url)))
        world = meta.world()
        rows = (*_meta_rows(url, world), *_login_rows(meta))
        if what != INTERACT and not config.emulator.port and not url.endswith(f":{USUAL_PORT}"):
            rows = (("note", f"port {USUAL_PORT} is taken", "so another was chosen"), *rows)
        if what != META:
            target = load_target(_of_reference_console(config), None)
            stack.callback(target.stop)
            target.start(launcher, meta)
            target.connect(meta)
            rows = (*rows, *_console_rows(target))
        if tls:
            rows = (*rows, *_tls_rows(launcher, url, folder))
        yield Served(rows, launcher)


def _at_port(config: Config, port: int | None) -> Config:
    if port is None:
        return config
    settled = config.emulator.model_copy(update={"port": port})
    return config.model_copy(update={"emulator": settled})


def _check_tls(config: Config, what: str, *, tls: bool) -> None:
    if not tls:
        return
    if what != META:
        raise ConfigError("--tls goes with `homolog serve meta`: a console needs no other hosts")
    if config.emulator.host not in ("127.0.0.1", "localhost"):
        raise ConfigError(
            f"--tls: the proxy serves this machine only, but emulator.host is "
            f'"{config.emulator.host}"; leave it out'
        )


def _tls_rows(launcher: Launcher, url: str, folder: Path) -> tuple[Row, ...]:
    """Start the proxy and say what a program must be told to use it."""
    port = TLS_PORT if not _listens("127.0.0.1", TLS_PORT) else free_port()
    authority = folder / "fake-meta-ca.pem"
    front = f"http://127.0.0.1:{port}"
    options = ("--emulator", url, "--port", str(port), "--ca-file", str(authority))
    command = (sys.executable, "-m", "fake_meta.tls_front", *options)
    launcher.start("tls_front", command, {}, f"{front}/health")
    exports = (f"HTTPS_PROXY={front}", *(f"{name}={authority}" for name in _CA_VARIABLES))
    return (
        ("HTTPS proxy", front, "for Meta's hosts, and only for them"),
        *(("shell", f"export {line}", "") for line in exports),
    )


def _own_emulator(config: Config, launcher: Launcher, *, tls: bool) -> str:
    host, port = config.emulator.host, config.emulator.port
    if port == 0 and not _listens(host, USUAL_PORT):
        port = USUAL_PORT
    settled = config.emulator.model_copy(update={"port": port})
    emulator, url = launch_emulator(
        launcher,
        config.model_copy(update={"emulator": settled}),
        *(("--real-hosts", "yes") if tls else ()),
    )
    await_emulator(launcher, emulator)
    return url


def running_emulator(config: Config, who: str) -> str:
    """The address of the emulator that the configuration names; ConfigError when none listens."""
    host, port = config.emulator.host, config.emulator.port or USUAL_PORT
    if not _listens(host, port):
        raise ConfigError(
            f"{who}: expected an emulator at http://{host}:{port}, nobody listens there; "
            "start `homolog serve meta` first, or `homolog serve` for both"
        )
    return f"http://{host}:{port}"


def _of_reference_console(config: Config) -> Config:
    settled = config.run.model_copy(update={"target": INTERACT, "driver": "api"})
    return config.model_copy(update={"run": settled})


def _listens(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((host, port)) == 0


def _meta_rows(url: str, world: World) -> tuple[Row, ...]:
    company = world.account_username
    people = tuple(
        ("tester", f"{tester.username} / {tester.password}", f"{tester.name}, on both surfaces")
        for tester in world.testers
    )
    return (
        ("company's page", f"{url}/www.instagram.com/{company}/", "Instagram's website"),
        ("company's page", f"{url}/instagram-app/{company}/", "Instagram's phone app"),
        *people,
        (
            "emulated Meta",
            f"{url}/",
            "its traffic, customers, app and clock; why no webhook arrives",
        ),
        ("Graph API", url, "with and without a version"),
        ("app id", world.app_id, ""),
        ("app secret", world.app_secret, "key of the webhook signature"),
        ("verify token", world.verify_token, ""),
        ("Page id", world.page_id, ""),
        ("Instagram account", world.account_id, company),
        ("Page token", world.page_token, ""),
    )


def _login_rows(meta: MetaControl) -> tuple[Row, ...]:
    facebook, instagram = sorted(meta.log_ins(), key=lambda one: one.name)
    return (
        ("Facebook Login", f"{facebook.login} / {facebook.password}", "who has the Page"),
        ("Instagram Login", f"{instagram.login} / {instagram.password}", "the account itself"),
        ("Instagram app id", instagram.client_id, "of Instagram Login"),
        ("Instagram app secret", instagram.client_secret, "signs the webhooks of its accounts"),
    )


def _console_rows(target: Target) -> tuple[Row, ...]:
    staff = target.staff
    return (
        ("test page", target.console_url, "the reference console Interact"),
        _agent_row("agent", staff.agent),
        *([_agent_row("spare agent", staff.spare)] if staff.spare else []),
        *([_newcomer_row(staff.newcomer)] if staff.newcomer else []),
        ("webhook", target.webhook_url, "registered at the emulated Meta"),
    )


def _agent_row(what: str, agent: Credentials) -> Row:
    return (what, f"{agent.login} / {agent.password}", agent.name)


def _newcomer_row(agent: Credentials) -> Row:
    remark = f"{agent.name}; any password, the first login then asks to create one"
    return ("new agent", agent.login, remark)
