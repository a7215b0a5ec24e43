"""`homolog doctor`: why no webhook arrives, asked of an emulator that runs already."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from harness.config import Config
from harness.drivers.contract import Finding
from harness.drivers.meta_control import MetaControl
from harness.errors import ConfigError
from harness.serving import running_emulator

SIGNS = {"good": ("✓", "green"), "wrong": ("✗", "red"), "unknown": ("?", "dim")}


def findings(config: Config, url: str | None, customer: str | None) -> tuple[Finding, ...]:
    """Ask the emulator at `url`, or the one that `homolog serve` started."""
    meta = MetaControl(url or running_emulator(config, "doctor"))
    try:
        if customer is not None and customer not in meta.usernames():
            known = ", ".join(meta.usernames()) or "nobody"
            raise ConfigError(f'doctor --customer: expected one of {known}, got "{customer}"')
        return meta.examine(customer)
    finally:
        meta.close()


def tell(seen: Sequence[Finding], console: Console) -> bool:
    """Print every layer, and what to do about the first that is wrong; return whether none is."""
    width = max(len(one.layer) for one in seen)
    for one in seen:
        sign, style = SIGNS[one.health]
        line = Text.assemble((f"{sign} {one.layer.ljust(width)}", style), "  ", one.seen)
        console.print(line, Text(f"§{one.section}", style="dim"), soft_wrap=True)
    first = next((one for one in seen if one.health == "wrong"), None)
    if first is None:
        console.print("Nothing is wrong on Meta's side.", style="bold")
        return True
    console.print(Text.assemble(("First to mend: ", "bold"), f"{first.layer}. {first.cure}."))
    return False
