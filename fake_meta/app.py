"""The composition root: settings in, one Flask application out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import flask

from fake_meta import cdn, control, graph_api, inspector
from fake_meta.body_limit import bounded
from fake_meta.clock import VirtualClock
from fake_meta.control import Parts
from fake_meta.courier import (
    CallbackSender,
    Courier,
    Credentials,
    CurlTransport,
    DirectSender,
    Transport,
)
from fake_meta.domain.attachments import MediaReach
from fake_meta.faults import FaultBoard
from fake_meta.graph_api import GraphContext, GraphDoor, HttpFetcher, MediaFetcher
from fake_meta.hosts import by_host
from fake_meta.journal import MEGABYTE, Journal, JournalFile
from fake_meta.reviewer import Reviewer
from fake_meta.settings import Settings, SettingsError
from fake_meta.snapshots import SnapshotKeeper
from fake_meta.world import World

if TYPE_CHECKING:
    from fake_meta.world_file import WorldFile

EXTENSION = "fake_meta"


@dataclass(frozen=True, slots=True)
class Emulator:
    """Everything that one emulator is made of."""

    parts: Parts
    graph: GraphContext
    journal_file: JournalFile | None = None
    control_token: str = ""

    def close(self) -> None:
        """Let everybody go who waits, and stop delivering."""
        self.graph.stopping.set()
        self.parts.journal.close()
        self.parts.courier.close()
        if self.journal_file is not None:
            self.journal_file.close()


def build_emulator(
    settings: Settings, transport: Transport | None = None, fetcher: MediaFetcher | None = None
) -> Emulator:
    """Wire the parts together; without `transport` and `fetcher` they go over the network."""
    file = _journal_file(settings)
    clock, journal, faults = (
        VirtualClock(),
        _journal(settings, file),
        FaultBoard(settings.seed),
    )
    carrier = CurlTransport(credentials=_credentials(settings)) if transport is None else transport
    courier = Courier(clock, journal, carrier, faults)
    world = World(settings.seed, clock, journal, courier, settings.origin, settings.choices)
    world.keep_in_memory(settings.messages_in_memory)
    world_file = _built(settings.world, world, clock, journal) if settings.world else None
    courier.attach(world)
    courier.start()
    sender = DirectSender(world, clock, journal, carrier)
    downloads = HttpFetcher(MediaReach(settings.media)) if fetcher is None else fetcher
    callbacks = CallbackSender(world, journal, sender)
    graph = GraphContext(
        world, sender, callbacks, fetcher=downloads, faults=faults, journal=journal
    )
    return Emulator(
        Parts(
            world,
            clock,
            journal,
            courier,
            sender,
            callbacks,
            faults,
            Reviewer(world, journal, sender),
            SnapshotKeeper(world, clock, courier),
            world_file,
        ),
        graph,
        file,
        settings.control_token,
    )


def _journal(settings: Settings, file: JournalFile | None) -> Journal:
    return Journal(
        bytes_kept=settings.journal_megabytes * MEGABYTE,
        witness=file,
        bytes_spilled=settings.journal_spill_megabytes * MEGABYTE,
    )


def _journal_file(settings: Settings) -> JournalFile | None:
    if not settings.journal_file:
        return None
    return JournalFile(Path(settings.journal_file), settings.journal_file_secrets)


def _credentials(settings: Settings) -> Credentials:
    return Credentials(
        settings.callback_ca,
        settings.client_cert,
        settings.client_key,
        _client_pem(settings.client_ca) if settings.client_ca else b"",
    )


def _client_pem(ca_file: str) -> bytes:
    from fake_meta.courier.client_authority import issue_client_certificate

    try:
        return issue_client_certificate(Path(ca_file))
    except OSError as error:
        raise SettingsError(f"cannot write client_ca {ca_file}: {error.strerror}") from error


def _built(path: str, world: World, clock: VirtualClock, journal: Journal) -> WorldFile:
    from fake_meta.world_file import build, read

    file = read(Path(path))
    build(file, world, clock, journal)
    return file


def create_app(settings: Settings, transport: Transport | None = None) -> flask.Flask:
    """Build the emulator behind one Flask application."""
    return app_over(build_emulator(settings, transport))


def app_over(emulator: Emulator) -> flask.Flask:
    """The doors in front of `emulator`; `EXTENSION` holds it."""
    from fake_meta import dashboard
    from fake_meta.surfaces import login_dialog, messenger, mobile, web

    world = emulator.parts.world
    app = flask.Flask("fake_meta", static_folder=None)
    app.extensions[EXTENSION] = emulator
    app.before_request(emulator.parts.reviewer.catch_up)
    app.register_blueprint(inspector.create_blueprint())
    app.register_blueprint(control.create_blueprint(emulator.parts, emulator.control_token))
    app.register_blueprint(
        cdn.create_blueprint(world, emulator.parts.faults, emulator.graph.stopping)
    )
    app.register_blueprint(dashboard.create_blueprint(emulator.parts, emulator.control_token))
    app.register_blueprint(web.create_blueprint(world))
    app.register_blueprint(mobile.create_blueprint(world))
    app.register_blueprint(messenger.create_blueprint(world))
    for place in (login_dialog.FACEBOOK, login_dialog.INSTAGRAM):
        app.register_blueprint(login_dialog.create_blueprint(world, place))
    door = GraphDoor(emulator.graph, emulator.parts.journal)
    app.register_blueprint(graph_api.create_blueprint(door))
    app.wsgi_app = bounded(by_host(graph_api.short_way(door, app.wsgi_app)))  # type: ignore[method-assign]
    return app
