"""Makes the world that a file describes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from fake_meta.clock import VirtualClock
from fake_meta.domain.accounts import Customer
from fake_meta.domain.errors import EmulatorError
from fake_meta.domain.events import WebhookEvent
from fake_meta.domain.threads import MessageKind, Origin
from fake_meta.journal import Journal
from fake_meta.personas import names
from fake_meta.world import World
from fake_meta.world_file.model import CrowdTable, CustomerTable, MessageTable, WorldFile
from fake_meta.world_file.reader import WorldFileError

_MINUTE_MS = 60_000
_OF_CUSTOMER = {"company", "messages"}


class Deaf:
    """An `Outbox` for a world that nobody listens to."""

    def put(self, events: Sequence[WebhookEvent]) -> None:
        """Let them go unheard."""


def rehearse(file: WorldFile) -> None:
    """Make the world once where nobody sees it; WorldFileError when that is not possible."""
    clock, journal = VirtualClock(), Journal()
    build(file, World(1, clock, journal, Deaf(), "http://127.0.0.1"), clock, journal)


def build(file: WorldFile, world: World, clock: VirtualClock, journal: Journal) -> None:
    """Begin anew as the file says; what happens meanwhile nobody hears, nor does the journal."""
    world.reset(file.seed)
    try:
        _build(file, world, clock)
    except EmulatorError as error:
        raise WorldFileError(f"the world file: {error.sentence}") from error
    journal.clear()


def _build(file: WorldFile, world: World, clock: VirtualClock) -> None:
    if file.choices:
        world.choose(file.choices)
    world.configure_app(file.app.mode, file.app.access)
    if file.app.human_agent is not None:
        world.grant_human_agent(is_granted=file.app.human_agent)
    for flavour, table in file.login.items():
        world.configure_client(flavour, {"redirect_uris": table.redirect_uris})
    for company in file.companies:
        world.create_company(company.username, company.name)
    written = [entry for customer in file.customers for entry in _customer(customer, world)]
    for crowd in file.crowds:
        make_crowd(world, crowd)
    _write(written, clock)
    for story in file.stories:
        if story.owner is None:
            world.publish_company_story(story.caption)
        else:
            world.publish_story(story.owner, [world.account.username], story.caption)


def make_crowd(world: World, crowd: CrowdTable) -> tuple[Customer, ...]:
    """So many customers more, others than those of the same kind that were made before."""
    made = sum(1 for _ in world.customers)
    chosen = islice(names(crowd.persona, world.seed, skip=made), crowd.count)
    return tuple(world.create_customer({"name": name, "role": crowd.role}) for name in chosen)


Written = tuple[World, str, MessageTable]


def _customer(table: CustomerTable, world: World) -> list[Written]:
    given = table.model_dump(exclude=_OF_CUSTOMER, exclude_unset=True)
    wishes = {name: value for name, value in given.items() if value is not None}
    existing = {one.username for one in world.customers}
    if table.username in existing:
        customer = world.change_customer(
            str(table.username), {key: one for key, one in wishes.items() if key != "username"}
        )
    else:
        customer = world.create_customer(wishes)
    at = world if table.company is None else world.of(table.company)
    return [(at.on(one.platform), customer.username, one) for one in table.messages]


def _write(written: list[Written], clock: VirtualClock) -> None:
    """Every message at its time, the oldest first; then it is now again."""
    now_ms = clock.now_ms()
    for world, username, message in sorted(written, key=lambda one: -one[2].minutes_ago):
        clock.stand_at(now_ms - round(message.minutes_ago * _MINUTE_MS), frozen=True)
        if message.sender == "customer":
            world.send_text(username, message.text)
        else:
            world.write_as_company(username, message.text, MessageKind.TEXT, Origin.INSTAGRAM)
    clock.go_real()
