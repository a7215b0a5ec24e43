"""What SELECT on the command line chooses: steps, ranges, chapters, cases, tags."""

import difflib
from collections.abc import Callable, Sequence

from harness.catalogue import Case, Catalogue
from harness.errors import ConfigError

RANGE = ".."
JOURNEY = "-journey"
JOURNEY_TAGS = frozenset({f"mobile{JOURNEY}", f"web{JOURNEY}"})
Chooses = Callable[[Case], bool]


def select(catalogue: Catalogue, selectors: Sequence[str]) -> tuple[Case, ...]:
    """Return the chosen cases in the catalogue's order; without selectors, all of them.

    A selector is a step (`step-09`, `walkthrough`), a range (`step-01..step-05`), a chapter
    (`review`), a case (`step-09/…`) or a tag (`@case-20`, `@req-…`, `tag:browser`). Raises
    ConfigError when one of them matches nothing.
    """
    if not selectors:
        return catalogue.cases
    chosen: set[str] = set()
    for selector in selectors:
        matched = {case.id for case in catalogue.cases if _chooser(selector, catalogue)(case)}
        if not matched:
            raise ConfigError(_nothing(selector, catalogue))
        chosen |= matched
    return tuple(case for case in catalogue.cases if case.id in chosen)


def of_journey(cases: Sequence[Case], journey: str) -> tuple[Case, ...]:
    """Leave out the cases of the other journey; ConfigError when that leaves none."""
    fitting = tuple(
        case
        for case in cases
        if f"{journey}{JOURNEY}" in case.tags or not JOURNEY_TAGS.intersection(case.tags)
    )
    if not fitting:
        other = next(tag.removesuffix(JOURNEY) for tag in cases[0].tags if tag in JOURNEY_TAGS)
        raise ConfigError(
            f'SELECT: all that it chooses belongs to the journey "{other}", this run\'s journey '
            f'is "{journey}"; add --journey {other}'
        )
    return fitting


def _chooser(selector: str, catalogue: Catalogue) -> Chooses:
    if selector.startswith(("@", "tag:")):
        tag = selector.removeprefix("tag:").removeprefix("@")
        return lambda case: tag in _tags(case)
    if "/" in selector:
        return lambda case: case.id == selector
    if RANGE in selector:
        ids = _span(selector, catalogue)
        return lambda case: case.step in ids
    return lambda case: selector in (case.step, case.chapter)


def _tags(case: Case) -> set[str]:
    return {*case.tags, *(f"req-{one}" for one in case.requirements)}


def _span(selector: str, catalogue: Catalogue) -> tuple[str, ...]:
    ids = [step.id for step in catalogue.steps]
    first, _, last = selector.partition(RANGE)
    for end in (first, last):
        if end not in ids:
            raise ConfigError(_nothing(end, catalogue))
    return tuple(ids[ids.index(first) : ids.index(last) + 1])


def _nothing(selector: str, catalogue: Catalogue) -> str:
    cases = catalogue.cases
    if selector.startswith(("@", "tag:")):
        known = {f"@{tag}" for case in cases for tag in _tags(case)}
    elif "/" in selector:
        known = {case.id for case in cases}
    else:
        known = {case.step for case in cases} | {case.chapter for case in cases}
    wanted = selector.replace("tag:", "@")
    near = difflib.get_close_matches(wanted, sorted(known), n=3, cutoff=0.4)
    hint = f"; nearest: {', '.join(near)}" if near else ""
    return f'SELECT: nothing matches "{selector}"{hint}; `homolog list` shows everything'
