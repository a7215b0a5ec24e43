"""One emulator per test, without network: the transport is in the test's hand."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator, app_over, build_emulator
from fake_meta.domain.accounts import Customer, Subscription
from fake_meta.journal import Journal
from fake_meta.settings import Settings
from fake_meta.world import World
from tests.fakes.contract_keeper import keeps_its_contract
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import PHONE, WEB, SurfaceVisitor

CALLBACK = "http://app.example/webhook"


@pytest.fixture
def transport() -> HandTransport:
    return HandTransport()


@pytest.fixture
def fetcher() -> HandFetcher:
    return HandFetcher()


@pytest.fixture
def emulator(transport: HandTransport, fetcher: HandFetcher) -> Iterator[Emulator]:
    emulator = build_emulator(Settings(), transport, fetcher)
    yield emulator
    emulator.close()


@pytest.fixture
def client(emulator: Emulator) -> FlaskClient:
    app = app_over(emulator)
    app.after_request(keeps_its_contract)
    return app.test_client()


@pytest.fixture
def world(emulator: Emulator) -> World:
    """A world whose app is subscribed on every layer."""
    world = emulator.parts.world
    world.subscribe_app(Subscription("instagram", CALLBACK, "verify-me", ("messages",)))
    world.install_on_page(("messages",))
    return world


@pytest.fixture
def journal(emulator: Emulator) -> Journal:
    return emulator.parts.journal


@pytest.fixture
def tester(world: World) -> Customer:
    return world.customers[0]


@pytest.fixture
def stranger(world: World) -> Customer:
    """A customer without a role on the app."""
    return world.create_customer({})


@pytest.fixture
def outbox() -> RecordingOutbox:
    return RecordingOutbox()


@pytest.fixture(params=[WEB, PHONE])
def visitor(outbox: RecordingOutbox, request: pytest.FixtureRequest) -> SurfaceVisitor:
    """A customer who is logged in on a surface; `outbox` keeps what the app would hear."""
    return SurfaceVisitor(listening_world(outbox), request.param).arrived()
