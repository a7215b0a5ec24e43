"""Command line: `serve`, `admin …` (docs/console.md), `simulate` (docs/capacity.md)."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from system_under_test.admin import admin, applying, one_line_errors, opened_store
from system_under_test.capacity.command import simulate
from system_under_test.settings import from_environment

_DEFAULT_APP = "system_under_test.app:create_app"


@click.group()
def main() -> None:
    """Interact, a contact centre for Instagram Direct."""


@main.command()
@click.option("--app", "target", default=_DEFAULT_APP, help="Factory to serve, module:factory.")
def serve(target: str) -> None:
    """Serve the console until SIGTERM or SIGINT."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with one_line_errors():
        from system_under_test import server

        settings = from_environment().require_secrets()
        # A database that cannot be opened, or a bad file, is told before a worker is started.
        with opened_store(settings) as store:
            if settings.setup_file:
                applying(Path(settings.setup_file), settings, store)
        server.serve(settings, target)


main.add_command(admin)
main.add_command(simulate)


if __name__ == "__main__":
    main()
