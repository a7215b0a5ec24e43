"""Command line of the administration: whatever its pages do, and checks (docs/console.md)."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from system_under_test.domain.agents import FACEBOOK_LOGIN, FLAVOURS
from system_under_test.settings import Settings, SettingsError, from_environment


@click.group()
def admin() -> None:
    """Describe services, agents, channels, statuses, quick replies; check and audit them."""


@admin.group("service")
def service_group() -> None:
    """Receptive services."""


@service_group.command("add")
@click.argument("name")
@click.option("--classification", is_flag=True)
@click.option("--post-service", is_flag=True)
@click.option("--category", "categories", multiple=True, help="A classification to choose from.")
@click.option("--priority", type=int, default=0, show_default=True, help="Higher goes first.")
@click.option("--pick", default="least_loaded", show_default=True, help="How an agent is chosen.")
@click.option("--offer-s", type=int, default=30, show_default=True, help="Time to accept by hand.")
@click.option("--wrap-up-s", type=int, default=60, show_default=True, help="0: until finished.")
@click.option("--idle-end-minutes", type=int, default=0, help="End after that silence; 0: never.")
@click.option("--queue-limit-minutes", type=int, default=0, help="End after that wait; 0: never.")
@click.option("--queue-text", default="", help="Sent to who has waited so long.")
@click.option("--hours", default="", help="'America/Sao_Paulo mon-fri 08:00-18:00'; else always.")
@click.option("--closed-text", default="", help="Sent once to who writes while it is closed.")
@click.option("--prefer-last", is_flag=True, help="Prefer the agent of the customer's last one.")
def add_service(**options: Any) -> None:
    """Add or change a service."""
    from system_under_test.service.setup import ServiceSetup

    with _book() as book:
        book.put_service(ServiceSetup(**options))


@service_group.command("rename")
@click.argument("name")
@click.argument("new")
def rename_service(name: str, new: str) -> None:
    """Give a service another name; everything of it stays."""
    with _book() as book:
        book.rename_service(name, new)


@admin.group("agent")
def agent_group() -> None:
    """Agents."""


@agent_group.command("add")
@click.argument("login")
@click.option("--name", required=True)
@click.option("--password", help="Without it the first login creates the password.")
@click.option("--service", "services", multiple=True)
@click.option("--positions", default="8", show_default=True, help="How many, or which: 1,2,5.")
@click.option("--role", default="agent", show_default=True, help="agent or supervisor.")
@click.option("--chat-answer", default="automatic", show_default=True, help="automatic or manual.")
@click.option(
    "--messenger-answer", default="", help="The same on Messenger; else as --chat-answer."
)
def add_agent(
    password: str | None, services: tuple[str, ...], positions: str, **options: Any
) -> None:
    """Add or change an agent."""
    from system_under_test.service.setup import AgentSetup, check_password, read_positions

    settings = from_environment()
    with one_line_errors(), opened_store(settings) as store:
        chosen = read_positions(positions, settings.most_positions)
        hashed = _hasher()(check_password(password)) if password else None
        agent = AgentSetup(**options, positions=chosen, password_hash=hashed, services=services)
        with store.administering() as book:
            book.put_agent(agent)


@agent_group.command("rename")
@click.argument("login")
@click.argument("new")
def rename_agent(login: str, new: str) -> None:
    """Give an agent another login; everything of theirs stays."""
    with _book() as book:
        book.rename_agent(login, new)


@admin.group("channel")
def channel_group() -> None:
    """Instagram accounts, and Pages on Messenger."""


@channel_group.command("add")
@click.option("--page-id", default="", help="The Page, with Facebook Login and on Messenger.")
@click.option("--account-id", default="", help="The Instagram account; none on Messenger.")
@click.option("--username", required=True, help="Of the account; on Messenger the Page's name.")
@click.option("--token", required=True)
@click.option("--flavour", type=click.Choice(FLAVOURS), default=FACEBOOK_LOGIN, show_default=True)
@click.option("--service")
def add_channel(**options: Any) -> None:
    """Add or change a channel; the running server subscribes its Page."""
    from system_under_test.service.setup import ChannelSetup

    with _book() as book:
        book.put_channel(ChannelSetup(**options))


@admin.group("quick-reply")
def quick_reply_group() -> None:
    """Texts that agents have at hand."""


@quick_reply_group.command("add")
@click.argument("name")
@click.option("--text", required=True, help="{name} and {agent} are filled in; empty removes it.")
@click.option("--service", help="For this service only.")
def add_quick_reply(**options: Any) -> None:
    """Add, change or remove a quick reply."""
    from system_under_test.service.setup import QuickReplySetup

    with _book() as book:
        book.put_quick_reply(QuickReplySetup(**options))


@admin.group("status")
def status_group() -> None:
    """Statuses beside the console's own: pauses with a reason, or such that receive."""


@status_group.command("add")
@click.argument("id")
@click.option("--label", required=True, help="As people read it in the STATUS menu.")
@click.option("--routable", is_flag=True, help="Conversations arrive in it; else it is a pause.")
def add_status(**options: Any) -> None:
    """Add or change a status; a removed one is there again."""
    from system_under_test.service.setup import StatusSetup

    with _book() as book:
        book.put_status(StatusSetup(**options))


@status_group.command("remove")
@click.argument("id")
def remove_status(**options: str) -> None:
    """Offer a status no more; who is in it stays."""
    with _book() as book:
        book.remove_status(options["id"])


@admin.command("list")
def list_all() -> None:
    """List what there is."""
    with _book() as book:
        for line in book.describe():
            click.echo(line)


@admin.command("check")
def check() -> None:
    """Check the good practices for a review; exit 1 when one is not kept."""
    from system_under_test.service.administration import practices
    from system_under_test.web.i18n import translate

    settings = from_environment()
    with one_line_errors(), opened_store(settings) as store, store.administering() as book:
        checks = practices(book.services(), book.agents(), book.channels(), settings.most_positions)
    for one in checks:
        told = translate(settings.language, f"practice.{one.key}")
        click.echo(f"{'✓' if one.kept else '✗'} {told}" + (f" ({one.about})" if one.about else ""))
    if not all(one.kept for one in checks):
        sys.exit(1)


@admin.command("audit")
@click.option("--with-messages", is_flag=True, help="Every message as well, as it is shown.")
def audit(*, with_messages: bool) -> None:
    """Judge the whole database, while nobody works: JSON; exit 1 when a law is broken."""
    from dataclasses import asdict

    from system_under_test.domain import audit as laws

    with one_line_errors(), opened_store(from_environment()) as store:
        book = store.audited()
    found = laws.audit(book)
    told: dict[str, Any] = {
        "counts": laws.counts(book),
        "laws": list(laws.LAWS),
        "violations": [asdict(one) for one in found],
    }
    if with_messages:
        told["messages"] = [asdict(one) for one in book.bubbles]
    click.echo(json.dumps(told, indent=None if with_messages else 2))
    sys.exit(1 if found else 0)


@admin.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def apply(file: Path) -> None:
    """Apply a TOML file: services, agents, channels, all or nothing; repeatable."""

    settings = from_environment()
    with one_line_errors(), opened_store(settings) as store:
        applying(file, settings, store)


def applying(file: Path, settings: Settings, store: Any) -> None:
    """Apply a file to that store, all of it or nothing."""
    from system_under_test.service.setup import SetupError, check_password
    from system_under_test.service.setup_file import read_description

    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SetupError(f"{file} cannot be read: {error}") from error
    description = read_description(document, settings.most_positions)
    hash_password = _hasher()
    hashes = {
        login: hash_password(check_password(one)) for login, one in description.passwords.items()
    }
    with store.administering() as book:
        for service in description.services:
            book.put_service(service)
        for agent in description.agents:
            book.put_agent(replace(agent, password_hash=hashes.get(agent.login)))
        for channel in description.channels:
            book.put_channel(channel)
        for quick_reply in description.quick_replies:
            book.put_quick_reply(quick_reply)
        for status in description.statuses:
            book.put_status(status)


def _hasher() -> Callable[[str], str]:
    from system_under_test.adapters.passwords import Argon2Passwords

    return Argon2Passwords().hash


@contextmanager
def _book() -> Iterator[Any]:
    with (
        one_line_errors(),
        opened_store(from_environment()) as store,
        store.administering() as book,
    ):
        yield book


@contextmanager
def opened_store(settings: Settings) -> Iterator[Any]:
    """The store of these settings, with its tables."""
    from system_under_test.adapters.database import SqlStore
    from system_under_test.adapters.doorbell import ThreadDoorbell
    from system_under_test.adapters.system_clock import SystemClock

    store = SqlStore(
        settings.database_url, ThreadDoorbell(), SystemClock(), settings.most_positions
    )
    try:
        store.create_tables()
        yield store
    finally:
        store.close()


@contextmanager
def one_line_errors() -> Iterator[None]:
    """What cannot be done is told in one line, exit 2."""
    from system_under_test.service.ports import StorageError
    from system_under_test.service.setup import SetupError

    try:
        yield
    except (SettingsError, SetupError, StorageError) as error:
        click.echo(f"interact: {error}", err=True)
        sys.exit(2)
