"""`python -m fake_meta`: the emulator as a process."""

from __future__ import annotations

import os
import sys

import click

from fake_meta.settings import PREFIX, SettingsError, from_environment


@click.command()
@click.option("--host", help="Address to listen on. [127.0.0.1]")
@click.option("--port", help="Port to listen on. [8701]")
@click.option("--seed", help="Seed of the world: same seed, same ids and names. [1]")
@click.option("--threads", help="Requests served at once. [64]")
@click.option("--media", help="Download attachments from any, public, loopback, or off. [any]")
@click.option("--real-hosts", help="Name Meta's own hosts in addresses: yes or no. [no]")
@click.option("--world", help="Begin with the world that this TOML file describes.")
@click.option("--snapshot", help="Begin with the world that this file holds.")
@click.option("--journal-megabytes", help="Memory for the newest entries of the journal. [8]")
@click.option("--journal-spill-megabytes", help="Temporary files for older ones; 0: none. [512]")
@click.option("--messages-in-memory", help="Older ones lie in a temporary file. [2048]")
@click.option("--journal-file", help="Append every entry of the journal to this file.")
@click.option("--journal-file-secrets", help="What it holds of them: masked or shown. [masked]")
@click.option("--control-token", help="What every call of the control API must carry. [none]")
@click.option(
    "--callback-ca", help="PEM file of the authority of HTTPS callbacks. [the usual ones]"
)
@click.option("--client-cert", help="PEM file of the certificate shown to callbacks. [none]")
@click.option("--client-key", help="PEM file of its key. [that of --client-cert]")
@click.option(
    "--client-ca",
    help="Show callbacks Meta's name, issued by an authority whose PEM is written here. [none]",
)
@click.option("--choice", multiple=True, help="Choose name=value of docs/fake_meta-limits.md.")
def main(choice: tuple[str, ...], **options: str | None) -> None:
    """Emulate Meta: Graph API, webhooks, Instagram's website and phone app."""
    from fake_meta.server import serve

    given = {PREFIX + name.upper(): text for name, text in options.items() if text is not None}
    if choice:
        given[PREFIX + "CHOICES"] = ",".join((os.environ.get(PREFIX + "CHOICES", ""), *choice))
    try:
        serve(from_environment({**os.environ, **given}))
    except SettingsError as error:
        click.echo(f"fake_meta: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
