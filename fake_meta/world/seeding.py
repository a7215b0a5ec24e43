"""How a seed makes a world, and how people come into it."""

from __future__ import annotations

import random
from dataclasses import replace

from fake_meta.domain import identifiers, names
from fake_meta.domain.accounts import (
    AccessLevel,
    AppMode,
    Customer,
    InstagramAccount,
    MetaApp,
    Page,
    Permission,
    Role,
)
from fake_meta.domain.choices import Choices
from fake_meta.domain.identifiers import ThreadNumber
from fake_meta.domain.platforms import Platform
from fake_meta.world.login_state import seeded_login
from fake_meta.world.state import (
    ACCOUNT_USERNAME,
    APP_NAME,
    COMPANY_NAME,
    CustomerRecord,
    Inbox,
    ThreadRecord,
    WorldState,
    conversation_id,
)


def seeded(seed: int, now_ms: int = 0, choices: Choices | None = None) -> WorldState:
    """The world that `seed` makes: the same ids, names and secrets every time."""
    ids = random.Random(seed)  # noqa: S311 - reproducible ids, not secrets
    app = MetaApp(
        id=identifiers.new_app_id(ids),
        name=APP_NAME,
        secret=identifiers.new_secret(ids),
        verify_token=identifiers.new_verify_token(ids),
        mode=AppMode.LIVE,
        access=dict.fromkeys(Permission, AccessLevel.STANDARD),
    )
    page = Page(
        id=identifiers.new_page_id(ids),
        name=COMPANY_NAME,
        access_token=identifiers.new_access_token(ids),
    )
    account = InstagramAccount(
        id=identifiers.new_igid(ids), username=ACCOUNT_USERNAME, name=COMPANY_NAME
    )
    login, person = seeded_login(seed, app, page, account, now_ms)
    source = random.Random(f"inbox 1 of {seed}")  # noqa: S311
    first = Inbox(page, account, source, person)
    state = WorldState(
        seed=seed,
        ids=ids,
        traces=random.Random(f"traces of {seed}"),  # noqa: S311
        extras=random.Random(f"extras of {seed}"),  # noqa: S311 - never moves the ids above
        app=app,
        login=login,
        choices=choices or Choices(),
        first=first,
    )
    state.add_inbox(first)
    state.second_app_id = identifiers.new_app_id(state.extras)
    add_customer(state, new_customer(state, role=Role.TESTER))
    return state


def new_customer(state: WorldState, role: Role | None = None) -> Customer:
    """The next customer of the seed, not yet part of the world."""
    number = state.customers_made
    while names.username_of(number) in state.first.customers:
        number += 1
    state.customers_made = number + 1
    return Customer(
        username=names.username_of(number),
        name=names.name_of(number),
        igsid=identifiers.new_igsid(state.ids),
        password=identifiers.new_password(state.ids),
        role=role,
    )


def add_customer(state: WorldState, customer: Customer) -> CustomerRecord:
    """Make `customer` part of the world, with an empty thread with the first company."""
    return _enter(state.first, customer, identifiers.new_thread_number(state.ids))


def meet(inbox: Inbox, customer: Customer, seed: int) -> CustomerRecord:
    """Let a customer of the world be known to another company, by another IGSID (§0.3).

    On Messenger, by a PSID that is always the same.
    """
    igsid, source = identifiers.new_igsid, inbox.source
    number = identifiers.new_thread_number
    if inbox.platform is Platform.MESSENGER:
        about = f"psid of {customer.username} at {inbox.account.id} of {seed}"
        source = random.Random(about)  # noqa: S311 - reproducible, no secret
        igsid, number = identifiers.new_psid, identifiers.new_messenger_thread
    scoped = replace(
        customer,
        igsid=igsid(source),
        followed_by_business=False,
        follows_business=False,
        blocks_business=False,
    )
    return _enter(inbox, scoped, number(source))


def _enter(inbox: Inbox, customer: Customer, number: ThreadNumber) -> CustomerRecord:
    record = CustomerRecord(customer, ThreadRecord(number))
    inbox.customers[customer.username] = record
    register(inbox, record)
    return record


def register(inbox: Inbox, record: CustomerRecord) -> None:
    """Let the record be found by the ids that calls name."""
    inbox.by_igsid[record.customer.igsid] = record
    inbox.by_thread[record.thread.key] = record
    inbox.by_conversation[conversation_id(inbox, record.thread)] = record
