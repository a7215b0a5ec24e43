"""Calls about everything at once: health, world, reset, the app, choices, this description."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, RootModel

from fake_meta.control.contract.call import Call, Told, Wish
from fake_meta.control.contract.fields import Flag, Object, Text, Username, Whole, word
from fake_meta.control.contract.logins import Logins
from fake_meta.control.contract.people import Customer
from fake_meta.domain.accounts import AccessLevel, AppMode


class ResetWish(Wish):
    """Which world; whether the app stays subscribed."""

    seed: Whole = None
    keep_subscriptions: Flag = None


class AppWish(Wish):
    """Mode, access levels by permission, the feature Human Agent."""

    mode: word(AppMode) = None  # type: ignore[valid-type]
    access: Object = None
    human_agent: Flag = None


class ChoicesWish(Wish):
    """Values by the name of the choice."""

    model_config = ConfigDict(extra="allow")


class CompanyWish(Wish):
    """What another company is called."""

    username: Username = None
    name: Text = None


class Health(Told):
    """It serves."""

    status: str


class App(Told):
    """The app as the App Dashboard shows it."""

    id: str
    name: str
    secret: str
    verify_token: str
    mode: AppMode
    access: dict[str, AccessLevel]
    human_agent: bool


class Configured(Told):
    """The app."""

    app: App


class Page(Told):
    """The company's Page."""

    id: str
    name: str
    access_token: str


class Business(Told):
    """The company's Instagram account."""

    id: str
    username: str
    name: str
    stories: list[str]
    message_access: bool


class LogIn(Told):
    """Who logs in to an account by flavour B."""

    id: str
    login: str
    password: str


class Company(Told):
    """A company: its Page, its account, what the app is subscribed to of them."""

    page: Page
    account: Business
    page_subscribed_fields: list[str] | None
    account_subscribed_fields: list[str] | None
    person: LogIn


class Subscribed(Told):
    """One subscription of the app."""

    object: str
    callback_url: str
    fields: list[str]
    active: bool


class World(Told):
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


class Span(Told):
    """The numbers that a choice takes."""

    lowest: float
    highest: float
    meaning: str


class Choice(Told):
    """What the emulator does where Meta leaves it open."""

    name: str
    section: str
    mark: str
    value: str | float
    default: str | float
    meaning: str
    values: dict[str, str]
    numbers: Span | None


class Choices(Told):
    """Every choice."""

    choices: list[Choice]


class Description(RootModel[dict[str, Any]]):
    """OpenAPI 3.1."""


class Readable(RootModel[str]):
    """A page."""


CALLS = (
    Call("GET", "/health", "Say that it serves", Health),
    Call("GET", "/world", "Read the world", World),
    Call("POST", "/accounts", "Create another company", Company, CompanyWish, status=201),
    Call("POST", "/reset", "Make a fresh world", World, ResetWish),
    Call("PATCH", "/app", "Change mode and access levels", Configured, AppWish),
    Call("GET", "/choices", "List the choices", Choices),
    Call("PATCH", "/choices", "Choose", Choices, ChoicesWish),
    Call("GET", "/openapi.json", "Describe the control API", Description),
    Call("GET", "/docs", "Describe the control API to people", Readable, emits="text/html"),
)
