"""docs/faults.md, written from the catalogue: `python -m fake_meta.faults.page`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fake_meta.domain.events import EventName
from fake_meta.faults.catalogue import CATALOGUE
from fake_meta.faults.fault import Fault
from fake_meta.faults.parameters import Parameter
from fake_meta.faults.quirks import QUIRKS, Quirk
from fake_meta.faults.scope import CallKind, scope_names

_HEAD = """# Faults on demand

Written by `make index` from the catalogue in `fake_meta/faults`; a test keeps it true. Section
numbers (§) are those of Meta's contract as cited in the code.

Everything that goes wrong between Meta and an app, each a switch that is off until a tester turns
it on:

```sh
curl -X POST http://127.0.0.1:8701/_control/faults -H 'Content-Type: application/json' \\
     -d '{"name": "duplicate", "copies": 2, "customer": "ana.silva", "times": 1}'
```

answers 201 with the switch and its `id`. `GET /_control/faults` has this catalogue and under `on`
what is switched on and how often it struck; `DELETE /_control/faults/{id}` switches one off,
`DELETE /_control/faults` and every reset all of them. The inspector's tab *Faults* does the same
by hand. The journal's entry of whatever a fault struck names it under `faults`.

| Key | Means | Default |
| --- | --- | --- |
| `name` | a row of the catalogue | |
| `times` | how often it strikes; null: until it is switched off | null |
| `probability` | chance each time, drawn from the world's seed, so a run can be repeated | 1 |
| `customer` | strikes only what is about this customer (username) | all |
| `account` | only events of the account with this id | all |
| `event` | only events of this name: EVENTS | all |
| `call` | only Graph calls of this kind: CALLS | all |
| `path` | only calls or media whose path contains this | all |

Several faults may be on at once; each strikes what the ones before it left. Faults of the bytes
(signature, length) strike first attempts: the next attempt is right, so nothing is lost for good.
Seconds of deliveries are virtual time, seconds of Graph and media are real.

## Catalogue
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def example_of(fault: Fault) -> dict[str, Any]:
    """A wish that works: every parameter with its default, once."""
    values = {one.name: one.default for one in fault.parameters}
    return {"name": fault.name, **values, "times": 1}


def _lines() -> Iterator[str]:
    yield _HEAD.replace("CALLS", ", ".join(CallKind)).replace("EVENTS", ", ".join(EventName))
    for fault in CATALOGUE:
        yield from _fault_lines(fault)
    yield "## Quirks of Meta"
    yield ""
    yield "What integrators met in the field (§12), and how it is met here."
    yield ""
    yield "| # | Quirk | Here |"
    yield "| --- | --- | --- |"
    for quirk in QUIRKS:
        yield f"| {quirk.number} | {quirk.text} | {_means(quirk)} |"


def _fault_lines(fault: Fault) -> Iterator[str]:
    quirks = "".join(f", quirk {number}" for number in fault.quirks)
    yield f"### {fault.name}"
    yield ""
    yield f"{fault.summary} ({fault.seam}, §{fault.section}{quirks}; by {_scope(fault)})"
    yield ""
    for one in fault.parameters:
        yield f"- `{one.name}`: {one.meaning}; {_span(one)}, default {one.default}"
    if fault.parameters:
        yield ""
    yield f"`{json.dumps(example_of(fault))}`"
    yield ""


def _scope(fault: Fault) -> str:
    fixed = [f"{name} {value}" for name, value in (fault.fixed_scope or {}).items()]
    names = ", ".join(f"`{name}`" for name in scope_names(fault))
    return f"{names}; always {', '.join(fixed)}" if fixed else names


def _span(one: Parameter) -> str:
    if one.words:
        return " or ".join(f'"{word}"' for word in one.words)
    return f"{one.lowest:,g} to {one.highest:,g}".replace(",", " ")


def _means(quirk: Quirk) -> str:
    faults = ", ".join(f"fault `{name}`" for name in quirk.faults)
    return "; ".join(part for part in (faults, quirk.otherwise) if part)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - its output is the page
