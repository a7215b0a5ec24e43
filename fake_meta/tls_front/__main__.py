"""`python -m fake_meta.tls_front`: a process beside the emulator."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from fake_meta.hosts import PREFIXES
from fake_meta.tls_front.authority import LocalAuthority
from fake_meta.tls_front.proxy import Front


@click.command()
@click.option("--emulator", default="http://127.0.0.1:8701", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8743, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--ca-file",
    default="fake-meta-ca.pem",
    show_default=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the certificate of the local CA is written; clients must trust it.",
)
def main(emulator: str, host: str, port: int, ca_file: Path) -> None:
    """Be an HTTPS proxy for Meta's hosts, and only for them, with the emulator behind it."""
    target = urlsplit(emulator)
    if not target.hostname or not target.port:
        raise click.BadParameter(f"expected http://HOST:PORT, not {emulator!r}")
    authority = LocalAuthority(tuple(PREFIXES))
    try:
        ca_file.write_bytes(authority.certificate_pem)
        asyncio.run(_serve(Front(authority, (target.hostname, target.port)), host, port, ca_file))
    except OSError as error:
        click.echo(f"fake_meta.tls_front: {error}", err=True)
        sys.exit(2)


async def _serve(front: Front, host: str, port: int, ca_file: Path) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    async with front.listening(host, port):
        click.echo(f"export HTTPS_PROXY=http://{host}:{port}")
        for variable in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
            click.echo(f"export {variable}={ca_file.resolve()}")
        sys.stdout.flush()
        with contextlib.suppress(asyncio.CancelledError):
            await ended.wait()


if __name__ == "__main__":
    main()
