"""Dictionaries about everything at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from fake_meta.client.shapes.logins import Logins
from fake_meta.client.shapes.people import Customer
from fake_meta.client.shapes.words import AccessLevel, AppMode


class Health(TypedDict):
    """It serves."""

    status: str


class World(TypedDict):
    """The whole world without its messages."""

    seed: int
    choices: dict[str, Any]
    app: App
    page: Page
    account: Business
    subscriptions: list[Subscribed]
    page_subscribed_fields: list[str] | None
    customers: list[Customer]
    login: Logins
    accounts: list[Company]


class CompanyWish(TypedDict, total=False):
    """What another company is called."""

    username: str
    name: str


class Company(TypedDict):
    """A company: its Page, its account, what the app is subscribed to of them."""

    page: Page
    account: Business
    page_subscribed_fields: list[str] | None
    account_subscribed_fields: list[str] | None
    person: LogIn


class ResetWish(TypedDict, total=False):
    """Which world; whether the app stays subscribed."""

    seed: int
    keep_subscriptions: bool


class AppWish(TypedDict, total=False):
    """Mode, access levels by permission, the feature Human Agent."""

    mode: AppMode
    access: Mapping[str, object]
    human_agent: bool


class Configured(TypedDict):
    """The app."""

    app: App


class Choices(TypedDict):
    """Every choice."""

    choices: list[Choice]


class App(TypedDict):
    """The app as the App Dashboard shows it."""

    id: str
    name: str
    secret: str
    verify_token: str
    mode: AppMode
    access: dict[str, AccessLevel]
    human_agent: bool


class Page(TypedDict):
    """The company's Page."""

    id: str
    name: str
    access_token: str


class Business(TypedDict):
    """The company's Instagram account."""

    id: str
    username: str
    name: str
    stories: list[str]
    message_access: bool


class Subscribed(TypedDict):
    """One subscription of the app."""

    object: str
    callback_url: str
    fields: list[str]
    active: bool


class LogIn(TypedDict):
    """Who logs in to an account by flavour B."""

    id: str
    login: str
    password: str


class Choice(TypedDict):
    """What the emulator does where Meta leaves it open."""

    name: str
    section: str
    mark: str
    value: str | float
    default: str | float
    meaning: str
    values: dict[str, str]
    numbers: Span | None


class Span(TypedDict):
    """The numbers that a choice takes."""

    lowest: float
    highest: float
    meaning: str
