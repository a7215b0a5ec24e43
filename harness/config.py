"""homolog.toml, HOMOLOG_* and options of the command line, into one frozen Config.

Later wins: defaults, file, environment, options. The sole reader of the environment. Every mistake
is one line that names file or variable, key, what was expected, what came, the nearest known key.
Variables: `HOMOLOG_SEED` sets `[run] seed`; `HOMOLOG_EMULATOR__PORT` sets `[emulator] port`; deeper
tables add `__`: `HOMOLOG_TARGETS__OURS__AGENT__PASSWORD`. `HOMOLOG_CONFIG` names the file itself.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError
from pydantic_core import PydanticCustomError

from harness.config_errors import Layers, explain
from harness.errors import ConfigError

DEFAULT_FILE = "homolog.toml"
PREFIX = "HOMOLOG_"
CONFIG_VARIABLE = "HOMOLOG_CONFIG"


def _named(path: object) -> object:
    """Refuse the empty text, which Path would take for the current folder."""
    if path == "":
        raise PydanticCustomError("path_type", "a path")
    return path


LoosePath = Annotated[Path, Strict(strict=False), BeforeValidator(_named)]
Words = Annotated[tuple[str, ...], Strict(strict=False)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Port = Annotated[int, Field(ge=0, le=65535)]
Address = Annotated[str, Field(pattern=r"^https?://[^/\s]+")]


class Frozen(BaseModel):
    """A part of the configuration: nothing unknown, nothing converted, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class RunSettings(Frozen):
    """[run]: what is run, and where the report goes."""

    driver: Literal["browser", "api"] = "browser"
    """a real browser, or HTTP only"""
    journey: Literal["mobile", "web"] = "mobile"
    """with the phone's step 13, or without"""
    target: str = "interact"
    """which table of `[targets]` is reviewed"""
    seed: Annotated[int, Field(ge=0)] = 1
    """names, ids and texts of a run; same seed, same run"""
    out: LoosePath = Path("reports/out")
    """where the folders of runs are made; in the file relative to the file"""
    headed: bool = False
    """show the browser"""
    chromium: str = ""
    """path of a Chromium; else one on PATH, else Playwright's own"""


class PatienceSettings(Frozen):
    """[patience]: how long we wait, in seconds, before we judge."""

    appears_s: Seconds = 5.0
    """until what must appear has appeared"""
    never_s: Seconds = 0.5
    """how long it is watched that something does not happen"""
    page_s: Seconds = 10.0
    """until a page has loaded, or answers the browser at all"""
    ready_s: Seconds = 20.0
    """until a server that was started answers"""
    case_s: Seconds = 120.0
    """a whole case; then the browser is ended and the case is an error"""


class EmulatorSettings(Frozen):
    """[emulator]: a fixed address, for consoles that must know it; port 0 takes a free one."""

    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """where the emulated Meta listens"""
    port: Port = 0
    """its port; 0 takes a free one"""
    choices: dict[str, str | int | float] = Field(default_factory=dict)
    """other values than usual where Meta leaves a point open (docs/fake_meta-limits.md)"""


class AgentSettings(Frozen):
    """The credentials of an agent, and the name the console shows (the login when left out)."""

    login: Annotated[str, Field(min_length=1)]
    """what is typed into Login"""
    password: Annotated[str, Field(repr=False)] = ""
    """what is typed into Password"""
    name: str = ""
    """what the console shows; the login when left out"""


class InteractTarget(Frozen):
    """The bundled reference console; `command` starts a variation of it instead."""

    kind: Literal["interact"] = "interact"
    command: Words = ()
    """a server to start instead, with the same `INTERACT_*` variables (docs/console.md)"""


class WebConsoleTarget(Frozen):
    """A console of your own, driven through its pages by a table of selectors."""

    kind: Literal["web_console"]
    console_url: Address
    """the login page itself, as in the submission"""
    webhook_url: Address
    """where Meta delivers"""
    agent: AgentSettings
    """whose credentials the reviewer gets"""
    spare_agent: AgentSettings | None = None
    """may be locked out by the throttling case"""
    first_login_agent: AgentSettings | None = None
    """has no password yet"""
    selectors: dict[str, str] = Field(default_factory=dict)
    """what is where on the console's pages (docs/own-console.md)"""


class ClassTarget(Frozen):
    """A console of your own behind a class that implements the target's contract."""

    kind: Literal["class"]
    class_path: Annotated[str, Field(alias="class", pattern=r"^[\w.]+:\w+$")]
    """`package.module:Class`"""
    options: dict[str, Any] = Field(default_factory=dict)
    """handed to the class"""


TargetSettings = Annotated[
    InteractTarget | WebConsoleTarget | ClassTarget, Field(discriminator="kind")
]


class Config(Frozen):
    """Everything that can be configured."""

    run: RunSettings = Field(default_factory=RunSettings)
    patience: PatienceSettings = Field(default_factory=PatienceSettings)
    emulator: EmulatorSettings = Field(default_factory=EmulatorSettings)
    targets: dict[str, TargetSettings] = Field(default_factory=dict)

    @property
    def target(self) -> InteractTarget | WebConsoleTarget | ClassTarget:
        """Return the settings of the target that is run."""
        return self.targets[self.run.target]


def load_config(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Config:
    """Return the configuration; `overrides` are keys of [run] from the command line, None ignored.

    Without `path` the file is `HOMOLOG_CONFIG`, or homolog.toml here if there is one. Paths in the
    file are relative to its folder, others to the current one. Raises ConfigError.
    """
    variables = dict(environ or {})
    if variables.get(CONFIG_VARIABLE) == "":
        raise ConfigError(f'{CONFIG_VARIABLE}: expected the path of a file, got ""')
    named = path or (Path(variables[CONFIG_VARIABLE]) if CONFIG_VARIABLE in variables else None)
    file = named or Path(DEFAULT_FILE)
    layers = Layers(Config)
    layers.put_default(("targets", "interact", "kind"), "interact")
    if named or file.exists():
        layers.put_document(_read(file), str(file))
        _settle_paths(layers.values, file.parent)
    for name, text in sorted(variables.items()):
        if name.startswith(PREFIX) and name != CONFIG_VARIABLE:
            layers.put_text(_key_of(name), text, name)
    for key, value in (overrides or {}).items():
        if value is not None:
            layers.put(("run", key), value, f"--{key}")
    return _checked(layers)


def _checked(layers: Layers) -> Config:
    try:
        config = Config.model_validate(layers.values)
    except ValidationError as error:
        raise ConfigError(explain(error, layers)) from error
    if config.run.target not in config.targets:
        known = ", ".join(sorted(config.targets))
        origin = layers.origin_of(("run", "target"))
        raise ConfigError(
            f"{origin}: run.target: expected a configured target ({known}), "
            f'got "{config.run.target}"; add a table [targets.{config.run.target}]'
        )
    return config


def _key_of(variable: str) -> tuple[str, ...]:
    parts = tuple(variable.removeprefix(PREFIX).lower().split("__"))
    if not all(parts) or (len(parts) == 1 and parts[0] in Config.model_fields):
        raise ConfigError(
            f"{variable}: expected the name of one setting, {PREFIX}KEY or {PREFIX}TABLE__KEY, "
            f'got "{variable}"'
        )
    return ("run", *parts) if len(parts) == 1 else parts


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from error


def _settle_paths(values: dict[str, Any], folder: Path) -> None:
    run = values.get("run")
    if isinstance(run, dict) and isinstance(run.get("out"), str):
        run["out"] = str(folder / run["out"])
