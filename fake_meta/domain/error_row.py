"""One kind of error of the Graph API (meta-contract §7.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class GraphErrorRow:
    """Code and text; `text` may hold named gaps that the place of use fills.

    `title` and `told` are what an app may show to people; `rule` tells rows with the same answer
    apart. Rows are equal only to themselves.
    """

    code: int
    text: str
    subcode: int | None = None
    status: int = 400
    type: str = "OAuthException"
    transient: bool = False
    title: str | None = None
    told: str | None = None
    rule: str | None = None
