"""What a world file may say."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from fake_meta.domain.accounts import AccessLevel, AppMode, Permission, ProfileFault, Role
from fake_meta.domain.login import Flavour
from fake_meta.domain.platforms import Platform
from fake_meta.personas import MOST_AT_ONCE, Persona

_USERNAME = r"[A-Za-z0-9_](\.?[A-Za-z0-9_]){0,29}"
Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Username = Annotated[str, StringConstraints(pattern=rf"^{_USERNAME}$", max_length=30)]


class Table(BaseModel):
    """A table of the file; unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AppTable(Table):
    """The app: mode and access."""

    mode: AppMode | None = None
    access: dict[Permission, AccessLevel] = Field(default_factory=dict)
    human_agent: bool | None = None


class CompanyTable(Table):
    """One more company, with a Page and an account."""

    username: Username
    name: Text


class MessageTable(Table):
    """A message of a thread, so many minutes old; `from` the customer or the company."""

    text: Text
    sender: Literal["customer", "company"] = Field("customer", alias="from")
    minutes_ago: float = Field(0, ge=0, le=5_256_000)
    platform: Platform = Platform.INSTAGRAM


class CustomerTable(Table):
    """A customer; what is absent comes from the seed."""

    username: Username | None = None
    name: Text | None = None
    password: Text | None = None
    role: Role | None = None
    role_accepted: bool = True
    private: bool = False
    followed_by_business: bool = False
    follows_business: bool = False
    profile_fault: ProfileFault | None = None
    blocks_business: bool = False
    company: Username | None = None
    messages: tuple[MessageTable, ...] = ()


class CrowdTable(Table):
    """So many customers with names of one kind."""

    persona: Persona
    count: int = Field(ge=1, le=MOST_AT_ONCE)
    role: Role | None = None


class StoryTable(Table):
    """A story of the first company, or of a customer who mentions it."""

    owner: Username | None = None
    caption: str = ""


class LoginTable(Table):
    """Addresses that a flavour of login may lead back to."""

    redirect_uris: tuple[Text, ...] = ()


class WorldFile(Table):
    """The whole file."""

    seed: int | None = None
    app: AppTable = AppTable()
    choices: dict[str, str | int | float] = Field(default_factory=dict)
    companies: tuple[CompanyTable, ...] = ()
    customers: tuple[CustomerTable, ...] = ()
    crowds: tuple[CrowdTable, ...] = ()
    stories: tuple[StoryTable, ...] = ()
    login: dict[Flavour, LoginTable] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_customer_twice(self) -> Self:
        seen: set[str] = set()
        for number, customer in enumerate(self.customers):
            if customer.username in seen:
                raise ValueError(
                    f"customers.{number}.username: {customer.username!r} is there already;"
                    " one table a customer, with all their messages"
                )
            seen |= {customer.username} if customer.username else set()
        return self
