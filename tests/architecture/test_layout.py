"""The layout keeps its own rules: sizes, names, and words that have no place in the project."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("harness", "fake_meta", "system_under_test", "reports")
MODULES = sorted(path for name in PROGRAMS for path in (ROOT / name).rglob("*.py"))
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "shared"}
MOST_LINES = 300
MOST_FUNCTION_LINES = 40
# A machine's own paths and the addresses of package registries have no place in what we ship.
FOREIGN = re.compile(r"/work/|/root/|/home/\w+/|pypi\.org|registry\.npmjs|deb\.debian\.org")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listing.split("\0") if name]


def long_functions(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for node in functions
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_FUNCTION_LINES
    ]


def test_there_are_modules_to_judge() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_stays_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= MOST_LINES, f"{name_of(path)} has {lines} lines; split it by noun"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_stays_small(path: Path) -> None:
    assert long_functions(path) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_after_a_concept(path: Path) -> None:
    assert path.stem not in VAGUE_NAMES


def test_no_file_names_a_machine_or_a_registry() -> None:
    me = Path(__file__).resolve()

    texts = {
        path: path.read_text(encoding="utf-8", errors="ignore")
        for path in tracked_files()
        if path != me and path.is_file()
    }

    assert [name_of(path) for path, text in texts.items() if FOREIGN.search(text)] == []


def test_constraints_are_plain_pins() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()

    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.!+]+", line)] == []


def test_the_schemas_revisions_follow_each_other_in_one_line() -> None:
    folder = ROOT / "system_under_test/adapters/migrations/versions"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("r*.py"))]

    made = [re.findall(r'^revision = "(r\d+)"', text, re.MULTILINE)[0] for text in texts]
    after = [re.findall(r'^down_revision.* = "(r\d+)"', text, re.MULTILINE) for text in texts[1:]]
    assert made == [f"r{number:04d}" for number in range(1, len(made) + 1)]
    assert after == [[one] for one in made[:-1]]
