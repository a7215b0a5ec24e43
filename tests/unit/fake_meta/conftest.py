"""One emulator per test, without network: the transport is in the test's hand."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from fake_meta.app import EXTENSION, Emulator, create_app
from fake_meta.domain.accounts import Customer, Subscription
from fake_meta.journal import Journal
from fake_meta.settings import Settings
from fake_meta.world import World
from tests.fakes.hand_transport import HandTransport

CALLBACK = "http://app.example/webhook"


@pytest.fixture
def transport() -> HandTransport:
    return HandTransport()


@pytest.fixture
def client(transport: HandTransport) -> Iterator[FlaskClient]:
    app = create_app(Settings(), transport)
    with app.test_client() as client:
        yield client
    app.extensions[EXTENSION].close()


@pytest.fixture
def emulator(client: FlaskClient) -> Emulator:
    emulator = client.application.extensions[EXTENSION]
    assert isinstance(emulator, Emulator)
    return emulator


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
