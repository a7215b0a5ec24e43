"""The features as an ordered catalogue of review steps and cases; nothing is executed.

A case is a scenario, or one row of an outline. Its id is `step-09/<slug of its title>`. The tag
`@case-20` says that it proves case 20 of the catalogue of real bugs (contact-centre C.4). The lint
holds what the runner relies on: two scenarios of one name in a file would silently become one.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import ConfigError

FEATURES = Path(__file__).resolve().parents[1] / "features"
REQUIREMENT = "req-"
CATALOGUED = re.compile(r"case-(\d\d)")  # a row of contact-centre C.4
STEP_TAG = re.compile(r"step-\d\d|walkthrough")
PLACEHOLDER = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True)
class Case:
    """One scenario or one row of an outline; `example` is its row."""

    id: str
    step: str
    chapter: str
    title: str
    feature: str
    rule: str
    tags: tuple[str, ...]
    path: Path
    scenario: str
    example: tuple[tuple[str, str], ...] = ()

    @property
    def requirements(self) -> tuple[str, ...]:
        """The ids of the requirements that the case cites."""
        cited = (_cited(tag) for tag in self.tags)
        return tuple(requirement for requirement in cited if requirement)

    @property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What tells this case from all others when it is run: file, scenario, row."""
        return (str(self.path), self.scenario, self.example)


@dataclass(frozen=True)
class Step:
    """One step of the review: a feature file."""

    id: str
    title: str
    description: str
    chapter: str
    path: Path
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Catalogue:
    """All steps, in the order of the review."""

    steps: tuple[Step, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, in the order of the review."""
        return tuple(case for step in self.steps for case in step.cases)


def load_catalogue(folder: Path = FEATURES) -> Catalogue:
    """Read every feature below a folder; ConfigError names file and rule when one is broken."""
    paths = sorted(folder.rglob("*.feature"))
    if not paths:
        raise ConfigError(f"{folder}: no feature files; run homolog from its own checkout")
    steps = sorted((_step(path) for path in paths), key=lambda step: (step.chapter, _order(step)))
    return Catalogue(tuple(steps))


def _cited(tag: str) -> str:
    if row := CATALOGUED.fullmatch(tag):
        return f"contact-centre-case-{int(row[1])}"
    return tag.removeprefix(REQUIREMENT) if tag.startswith(REQUIREMENT) else ""


def slug(text: str) -> str:
    """Return a text as it stands in ids: lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def _order(step: Step) -> tuple[bool, str]:
    return (step.id == "walkthrough", step.id)


def _step(path: Path) -> Step:
    feature = _parse(path)
    tags = _tags(feature)
    ids = [tag for tag in tags if STEP_TAG.fullmatch(tag)]
    if len(ids) != 1:
        raise _broken(path, "one tag @step-NN or @walkthrough on the feature", ", ".join(ids))
    cases = tuple(_cases(path, ids[0], feature))
    _lint(path, ids[0], feature, cases)
    return Step(
        id=ids[0],
        title=feature["name"].partition("—")[2].strip() or feature["name"],
        description=" ".join(feature["description"].split()),
        chapter=path.parent.name,
        path=path,
        cases=cases,
    )


def _parse(path: Path) -> Mapping[str, Any]:
    from gherkin.errors import CompositeParserException
    from gherkin.parser import Parser

    try:
        document = Parser().parse(path.read_text(encoding="utf-8"))
    except CompositeParserException as error:
        raise ConfigError(f"{path}: not valid Gherkin: {' '.join(str(error).split())}") from error
    feature: Mapping[str, Any] | None = document.get("feature")
    if feature is None:
        raise _broken(path, "a feature", "an empty file")
    return feature


def _cases(path: Path, step: str, feature: Mapping[str, Any]) -> Iterator[Case]:
    for scenario, rule, inherited in _scenarios(feature):
        tags = (*inherited, *_tags(scenario))
        for number, (row, row_tags) in enumerate(_rows(scenario), start=1):
            title = _filled(scenario["name"], row)
            told = title != scenario["name"] or not row
            yield Case(
                id=f"{step}/{slug(title)}" + ("" if told else f"-{number}"),
                step=step,
                chapter=path.parent.name,
                title=title,
                feature=feature["name"],
                rule=rule,
                tags=tuple(dict.fromkeys((*tags, *row_tags))),
                path=path,
                scenario=scenario["name"],
                example=tuple(row.items()),
            )


def _filled(text: str, row: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: row.get(found[1], found[0]), text)


def _scenarios(
    parent: Mapping[str, Any], rule: str = "", inherited: tuple[str, ...] = ()
) -> Iterator[tuple[Mapping[str, Any], str, tuple[str, ...]]]:
    tags = (*inherited, *_tags(parent))
    for child in parent["children"]:
        if "scenario" in child:
            yield child["scenario"], rule, tags
        elif "rule" in child:
            yield from _scenarios(child["rule"], child["rule"]["name"], tags)


def _rows(scenario: Mapping[str, Any]) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    if not scenario["examples"]:
        yield {}, ()
    for table in scenario["examples"]:
        names = [cell["value"] for cell in table["tableHeader"]["cells"]]
        for row in table["tableBody"]:
            values = [cell["value"] for cell in row["cells"]]
            yield dict(zip(names, values, strict=True)), _tags(table)


def _tags(node: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _lint(path: Path, step: str, feature: Mapping[str, Any], cases: tuple[Case, ...]) -> None:
    names = [scenario["name"] for scenario, _, _ in _scenarios(feature)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _broken(path, "scenario names that are unique in the file", f'"{twice[0]}" twice')
    ids = [case.id for case in cases]
    alike = sorted({one for one in ids if ids.count(one) > 1})
    if alike:
        raise _broken(path, "case ids that are unique in the file", f"{alike[0]} twice")
    if step.startswith("step-") and path.parent.name == "review":
        wanted = f"guide-step-{int(step.removeprefix('step-'))}"
        if wanted not in cases[0].requirements:
            raise _broken(
                path, f"the first scenario to be the step itself (@req-{wanted})", names[0]
            )


def _broken(path: Path, expected: str, got: str) -> ConfigError:
    return ConfigError(f"{path}: expected {expected}, got {got or 'none'}")
