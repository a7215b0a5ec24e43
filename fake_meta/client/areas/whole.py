"""Calls about everything at once."""

from __future__ import annotations

from typing import Any, Unpack

from fake_meta.client.line import Line
from fake_meta.client.shapes import whole


class Whole:
    """The emulator and its world."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def openapi(self) -> dict[str, Any]:
        """Describe the control API, as OpenAPI 3.1."""
        return self._line.ask(dict[str, Any], "GET", "/openapi.json")

    def docs(self) -> str:
        """Describe the control API to people, as HTML."""
        return self._line.content("GET", "/docs").decode()

    def health(self) -> whole.Health:
        """Say that it serves."""
        return self._line.ask(whole.Health, "GET", "/health")

    def read(self) -> whole.World:
        """Read the world without its messages."""
        return self._line.ask(whole.World, "GET", "/world")

    def reset(self, **wish: Unpack[whole.ResetWish]) -> whole.World:
        """Make a fresh world and an empty journal."""
        return self._line.ask(whole.World, "POST", "/reset", wish)

    def add_company(self, **wish: Unpack[whole.CompanyWish]) -> whole.Company:
        """Create another company; its username selects it as `account`."""
        return self._line.ask(whole.Company, "POST", "/accounts", wish)

    def configure_app(self, **wish: Unpack[whole.AppWish]) -> whole.Configured:
        """Change mode, access levels and features of the app."""
        return self._line.ask(whole.Configured, "PATCH", "/app", wish)


class Choices:
    """What the emulator does where Meta leaves it open."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def choose(self, **values: str | float) -> whole.Choices:
        """Choose values by the name of the choice."""
        return self._line.ask(whole.Choices, "PATCH", "/choices", values)

    def list(self) -> whole.Choices:
        """List every choice with its values."""
        return self._line.ask(whole.Choices, "GET", "/choices")
