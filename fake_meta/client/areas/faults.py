"""Calls about faults."""

from __future__ import annotations

from fake_meta.client.line import Line
from fake_meta.client.shapes import wire


class Faults:
    """What goes wrong when it is switched on (docs/faults.md)."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def switch_on(self, name: str, **parameters: object) -> wire.Switched:
        """Switch a fault on; the parameters and its scope are in the catalogue."""
        return self._line.ask(wire.Switched, "POST", "/faults", {"name": name, **parameters})

    def list(self) -> wire.Faults:
        """List the catalogue, and what is switched on."""
        return self._line.ask(wire.Faults, "GET", "/faults")

    def switch_off(self, fault_id: str) -> wire.Switched:
        """Switch a fault off."""
        return self._line.ask(wire.Switched, "DELETE", "/faults/<fault_id>", fault_id=fault_id)

    def switch_all_off(self) -> wire.On:
        """Switch all faults off."""
        return self._line.ask(wire.On, "DELETE", "/faults")
