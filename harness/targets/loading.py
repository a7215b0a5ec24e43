"""From homolog.toml to a target behind its guard."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from harness.config import (
    AgentSettings,
    ClassTarget,
    Config,
    InteractTarget,
    WebConsoleTarget,
)
from harness.drivers.browser import Browser
from harness.errors import ConfigError
from harness.targets.checked import checked
from harness.targets.contract import Credentials, Staff, Target
from harness.targets.interact import Interact
from harness.targets.selectors import vendor_table
from harness.targets.vendor import VendorConsole


def load_target(config: Config, browser: Browser | None) -> Target:
    """The configured target; `browser` is None when the run has none."""
    name, settings = config.run.target, config.target
    if isinstance(settings, InteractTarget):
        target: Target = Interact(
            browser,
            command=settings.command,
            page_s=config.patience.page_s,
            act_s=config.patience.appears_s,
            name=name,
        )
    elif isinstance(settings, WebConsoleTarget):
        target = _web_console(config, name, settings, browser)
    else:
        target = _named_class(name, settings, browser)
    return checked(target, name)


def _web_console(
    config: Config, name: str, settings: WebConsoleTarget, browser: Browser | None
) -> VendorConsole:
    if browser is None:
        raise ConfigError(
            f'[targets.{name}] is a web_console: run it with the driver "browser", not "api"'
        )
    return VendorConsole(
        name,
        browser,
        addresses=(settings.console_url, settings.webhook_url),
        staff=Staff(
            agent=_credentials(settings.agent),
            spare=_optional(settings.spare_agent),
            newcomer=_optional(settings.first_login_agent),
        ),
        selectors=vendor_table(settings.selectors, where=f"[targets.{name}.selectors]"),
        patience=config.patience,
    )


def _named_class(name: str, settings: ClassTarget, browser: Browser | None) -> Target:
    module_name, _, class_name = settings.class_path.partition(":")
    try:
        kind: Any = getattr(import_module(module_name), class_name)
    except (ImportError, AttributeError) as trouble:
        raise ConfigError(
            f"[targets.{name}] class: {settings.class_path!r} cannot be imported: {trouble}"
        ) from trouble
    try:
        target: Target = kind(name, browser, **settings.options)
    except TypeError as trouble:
        raise ConfigError(
            f"[targets.{name}] options: {settings.class_path} does not take them: {trouble}"
        ) from trouble
    return target


def _credentials(agent: AgentSettings) -> Credentials:
    return Credentials(agent.login, agent.password, agent.name or agent.login)


def _optional(agent: AgentSettings | None) -> Credentials | None:
    return _credentials(agent) if agent else None
