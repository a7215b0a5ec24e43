"""What is imported is declared, what is declared is used, and every package has its one version."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("harness", "fake_meta", "system_under_test", "reports")
WORKSHOP = ("tests", "benchmarks")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# These run in environments of their own (tests/clients, a suite that installs the plugin).
ELSEWHERE = ("tests/clients/drivers",)
# Parts of a declared package that come under a name of their own.
BELONGS_TO = {
    "allure-python-commons": "allure-pytest",
    "gherkin-official": "pytest-bdd",
    "pydantic-core": "pydantic",
    "urllib3": "requests",
    "werkzeug": "flask",
}
# Declared and never imported, each for a reason.
NOT_IMPORTED = {
    "allure-pytest": "a plugin of pytest; its results come by `allure` and `allure_commons`",
    "import-linter": "a command of `make check`",
    "mypy": "a command of `make check`",
    "ruff": "a command of `make check`",
    "pytest-xdist": "a plugin of pytest",
    "types-jsonschema": "types for mypy",
    "types-psutil": "types for mypy",
    "types-requests": "types for mypy",
}
# Whoever made the environment brought these.
TOOLS = {"pip", "setuptools", "wheel", "homolog"}


def normal(name: str) -> str:
    """As packages are compared: `Flask_Login` is `flask-login`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(lines: list[str]) -> set[str]:
    return {normal(re.split(r"[\[<>=;~! ]", line)[0]) for line in lines}


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    return {normal(name): version for name, _, version in (line.partition("==") for line in lines)}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def packages_of(*folders: str) -> dict[str, str]:
    """Declared names that those folders import, each with a file that does."""
    ours = {*PRODUCT, *WORKSHOP, *sys.stdlib_module_names}
    known = packages_distributions()
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith((*ELSEWHERE, "reports/out")):
                continue
            for module in {*imports(path)} - ours:
                package = normal(known.get(module, [module])[0])
                found[BELONGS_TO.get(package, package)] = name
    return found


NEEDED = declared(PROJECT["dependencies"])
FOR_TESTS = declared(PROJECT["optional-dependencies"]["test"])


def test_a_program_imports_only_what_it_declares() -> None:
    found = packages_of(*PRODUCT)

    assert {name: found[name] for name in found.keys() - NEEDED} == {}


def test_tests_import_only_what_is_declared() -> None:
    found = packages_of(*PRODUCT, *WORKSHOP)

    assert {name: found[name] for name in found.keys() - NEEDED - FOR_TESTS} == {}


def test_what_is_declared_is_used() -> None:
    idle = (NEEDED | FOR_TESTS) - packages_of(*PRODUCT, *WORKSHOP).keys() - NOT_IMPORTED.keys()

    assert idle == set()
    assert (FOR_TESTS & packages_of(*PRODUCT).keys()) == set()


def test_a_reason_stands_for_a_package_that_is_still_there() -> None:
    assert NOT_IMPORTED.keys() <= NEEDED | FOR_TESTS


def test_every_package_has_its_one_version() -> None:
    if sys.prefix == sys.base_prefix:
        pytest.skip("this Python is not the project's own environment")
    there = {normal(one.name): one.version for one in distributions()}
    others = {name: version for name, version in there.items() if name not in TOOLS}

    unpinned = others.keys() - pins().keys()
    other_version = {
        one: others[one] for one in others.keys() - unpinned if others[one] != pins()[one]
    }

    hint = "pin it in constraints.txt, or, if nothing wants it any more, pip uninstall it"
    assert {one: others[one] for one in unpinned} == {}, hint
    assert other_version == {}
    assert pins().keys() - others.keys() == set(), "pinned, but nothing installs it"
