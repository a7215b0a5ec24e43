"""A row of the contract, and what its models have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

_ABOUT_A_COMPANY = re.compile(
    r"\w+ (/account(/.*)?|/customers/<username>.*|/doctor|/login/<name>/kill|/callbacks/<name>)"
    r"|POST /tokens|POST /webhook/(messenger|test-event)"
)
_IN_EITHER_INBOX = re.compile(
    r"(GET|PATCH) /customers/<username>|GET /customers/<username>/thread|GET /doctor"
    r"|POST /customers/<username>/(messages|seen|postbacks|referrals|opt-ins)"
    r"|\w+ /customers/<username>/messages/<mid>/(unsend|reaction|tap|edit)"
    r"|POST /customers/<username>/comments|GET /account|POST /account/media(/<media_id>/end)?"
    r"|POST /account/messages(/<mid>/unsend)?|POST /account/threads/<username>/second-app"
)


class Wish(BaseModel):
    """A body or a query: what is not named here is refused; what is absent was not asked."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class Told(BaseModel):
    """An answer: exactly these keys."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Nothing(Wish):
    """No body, or an empty object."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: method, path below /_control as Flask writes it, what it takes and tells.

    `body` None: the call reads none. `emits`: what an answer that is not JSON is.
    """

    method: str
    path: str
    summary: str
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    status: int = 200
    emits: str = "application/json"
    example: dict[str, object] | None = None

    @property
    def name(self) -> str:
        """`POST /customers/<username>/messages`."""
        return f"{self.method} {self.path}"

    @property
    def is_about_a_company(self) -> bool:
        """The call takes `account`."""
        return _ABOUT_A_COMPANY.fullmatch(self.name) is not None

    @property
    def is_in_either_inbox(self) -> bool:
        """The call takes `platform`."""
        return _IN_EITHER_INBOX.fullmatch(self.name) is not None
