"""Composition root: builds every part, lets a variation replace some, connects them."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Flask

from system_under_test.adapters.database import SqlStore
from system_under_test.adapters.doorbell import ThreadDoorbell
from system_under_test.adapters.graph_client import GraphClient
from system_under_test.adapters.passwords import Argon2Passwords
from system_under_test.adapters.system_clock import SystemClock
from system_under_test.domain.agents import SessionLife
from system_under_test.domain.customers import Customer, display_name
from system_under_test.domain.medium import Medium
from system_under_test.domain.routing import decide
from system_under_test.domain.statuses import STATUSES, Status
from system_under_test.service.administration import Administration
from system_under_test.service.announcer import Announcer
from system_under_test.service.arrivals import Handler
from system_under_test.service.attaching import Attaching
from system_under_test.service.attendance import TIMERS, EndRule, end_conversation
from system_under_test.service.clock_watch import CLOCK_WATCH, ClockWatch
from system_under_test.service.desk import Desk
from system_under_test.service.feed import Feed
from system_under_test.service.gatekeeper import Gatekeeper
from system_under_test.service.handlers import (
    INBOX,
    PROFILES,
    Handlers,
    default_table,
)
from system_under_test.service.inbox import Inbox
from system_under_test.service.intake import Intake
from system_under_test.service.metrics import Metrics
from system_under_test.service.my_day import MyDay
from system_under_test.service.noting import Noting
from system_under_test.service.outbox import Sender
from system_under_test.service.ports import Clock, Doorbell, GraphApi, Passwords, Store
from system_under_test.service.presence import Presence
from system_under_test.service.privacy import SUBSCRIPTIONS, Privacy
from system_under_test.service.profiles import Profiles
from system_under_test.service.repairs import Repairs
from system_under_test.service.replies import OUTBOX
from system_under_test.service.router import Policy, Router
from system_under_test.service.setup import SetupBook
from system_under_test.service.signin import SignIn
from system_under_test.service.subscriptions import Subscriptions
from system_under_test.service.supervision import Supervision
from system_under_test.service.tallies import Tallies
from system_under_test.service.timers import Timers
from system_under_test.service.tokens import TOKENS, Tokens
from system_under_test.service.transfers import Transfers
from system_under_test.service.views import Views
from system_under_test.service.worker import Step, Worker
from system_under_test.settings import Settings, from_environment
from system_under_test.web.application import build_flask
from system_under_test.web.console import Console, Doors
from system_under_test.web.i18n import translate

_SENDERS = 4
_FETCHERS = 4


def new_token() -> str:
    """A secret nobody guesses."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Parts:
    """Everything that a variation of the console may replace before it is connected."""

    settings: Settings
    clock: Clock
    bell: Doorbell
    store: Store
    open_book: Callable[[], AbstractContextManager[SetupBook]]
    graph: GraphApi
    passwords: Passwords
    text_of: Callable[..., str]
    new_token: Callable[[], str] = new_token
    statuses: tuple[Status, ...] = STATUSES
    decide: Policy = decide
    display_name: Callable[[Customer, Medium], str] = display_name
    handlers: Callable[[Handlers], Mapping[type[Any], Handler]] = default_table
    end_rule: EndRule = end_conversation
    doors: Doors = field(default_factory=Doors)


Variation = Callable[[Parts], Parts]


def create_app(
    settings: Settings | None = None, vary: Variation | None = None, *, background: bool = True
) -> Flask:
    """The console as a WSGI app, with its background threads unless told otherwise."""
    parts = build_parts((settings or from_environment()).require_secrets())
    if vary is not None:
        parts = vary(parts)
    announcer = Announcer(Views(parts.statuses, parts.display_name, parts.text_of))
    router = Router(parts.decide, parts.statuses, announcer, parts.clock)
    console = _console(parts, announcer, router)
    if background:
        _start(parts, announcer, router, console)
    return build_flask(console)


def build_parts(settings: Settings) -> Parts:
    """The reference console's parts, with the tables in place."""
    clock, bell = SystemClock(), ThreadDoorbell()
    store = SqlStore(settings.database_url, bell, clock, settings.most_positions)
    store.create_tables()
    base_url = f"{settings.graph_url}/{settings.graph_version}"
    return Parts(
        settings=settings,
        clock=clock,
        bell=bell,
        store=store,
        open_book=store.administering,
        graph=GraphClient(
            base_url,
            settings.app_secret,
            settings.profile_timeout_s,
            (
                f"{settings.instagram_graph_url}/{settings.graph_version}",
                settings.instagram_app_secret or settings.app_secret,
            ),
        ),
        passwords=Argon2Passwords(),
        text_of=partial(translate, settings.language),
    )


def _sign_in(parts: Parts, announcer: Announcer, router: Router) -> SignIn:
    return SignIn(
        store=parts.store,
        clock=parts.clock,
        passwords=parts.passwords,
        announcer=announcer,
        router=router,
        gatekeeper=Gatekeeper(parts.store, parts.clock),
        new_token=parts.new_token,
        life=_life(parts.settings),
    )


def _life(settings: Settings) -> SessionLife:
    return SessionLife.of_hours(settings.session_idle_hours, settings.session_hours)


def _console(parts: Parts, announcer: Announcer, router: Router) -> Console:
    settings = parts.settings
    presence = Presence(parts.store, parts.clock, router, settings.file_days)
    most_streams = max(1, settings.threads - max(2, settings.threads // 4))
    return Console(
        sign_in=_sign_in(parts, announcer, router),
        desk=Desk(parts.store, parts.clock, announcer, router, parts.end_rule),
        attaching=Attaching(parts.store, parts.clock, router, _key("media", settings)),
        noting=Noting(parts.store, parts.clock, announcer),
        my_day=MyDay(parts.store, parts.clock),
        transfers=Transfers(parts.store, parts.clock, router),
        supervision=Supervision(parts.store, parts.clock, router),
        repairs=Repairs(parts.store, parts.clock, router),
        privacy=Privacy(parts.store, parts.clock, router, settings.app_secrets, parts.new_token),
        administration=Administration(
            parts.open_book, parts.store, router, parts.passwords, settings.most_positions
        ),
        metrics=Metrics(parts.store, parts.clock, parts.statuses),
        tallies=Tallies(parts.store, parts.clock, parts.statuses),
        feed=Feed(parts.store, parts.bell, presence, most_streams, _life(settings)),
        intake=Intake(parts.store, parts.clock),
        language=settings.language,
        reply_goal_s=settings.reply_goal_s,
        app_secrets=settings.app_secrets,
        verify_token=settings.verify_token,
        cdn_hosts=settings.cdn_hosts,
        metrics_token=settings.metrics_token,
        public_url=settings.public_url,
        csrf_key=_key("csrf", settings),
        new_token=parts.new_token,
        doors=parts.doors,
    )


def _key(purpose: str, settings: Settings) -> bytes:
    """A key of its own for each purpose, the same in every process."""
    return hashlib.sha256(f"{purpose}{settings.app_secret}".encode()).digest()


def _start(parts: Parts, announcer: Announcer, router: Router, console: Console) -> None:
    handlers = Handlers(router, announcer)
    pressed = console.intake.is_pressed
    inbox = Inbox(parts.store, parts.clock, parts.handlers(handlers), pressed)
    sender = Sender(parts.store, parts.clock, parts.graph, announcer)
    profiles = Profiles(parts.store, parts.clock, parts.graph, announcer)
    subscriptions = Subscriptions(parts.store, parts.clock, parts.graph, announcer)
    tokens = Tokens(parts.store, parts.clock, parts.graph, announcer)
    timers = Timers(
        parts.store,
        parts.clock,
        router,
        parts.settings.disconnect_grace_s * 1000,
        parts.settings.on_disconnect,
    )
    if isinstance(parts.store, SqlStore) and parts.store.is_shared:
        parts.store.follow_others()  # and what they are sending is theirs until it is overdue
    else:
        sender.recover()
    steps: list[tuple[str, Step]] = [
        (INBOX, inbox.process),
        ("worker:presence", console.feed.presence.flush),
        (TIMERS, timers.run_due),
        (CLOCK_WATCH, ClockWatch(parts.store, parts.clock).look),
        (SUBSCRIPTIONS, subscriptions.subscribe),
        (TOKENS, tokens.refresh_next),
        *[(OUTBOX, sender.send_next)] * _SENDERS,
        *[(PROFILES, profiles.fetch_next)] * _FETCHERS,
    ]
    for topic, step in steps:
        Worker(topic, step, parts.bell).start()
    threading.Thread(target=console.intake.run, name="intake", daemon=True).start()
    if parts.settings.lifeline_fd is not None:
        _watch(parts.settings.lifeline_fd, parts.bell)


def _watch(lifeline_fd: int, bell: Doorbell) -> None:
    """End streams and workers as soon as the parent closes its end of the lifeline, or dies."""

    def wait() -> None:
        os.read(lifeline_fd, 1)
        bell.stop()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
