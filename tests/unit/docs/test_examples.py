"""Every example of these pages is run; what cannot be is listed by name and parsed.

Shapes of JSON are held against the contract's models.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from fake_meta.app import app_over, build_emulator
from fake_meta.control.contract import call_of
from fake_meta.control.contract.wire import Entry
from fake_meta.settings import Settings
from fake_meta.world_file import read, rehearse
from harness.config import load_config
from tests.fakes.hand_transport import HandTransport

ROOT = Path(__file__).resolve().parents[3]
RECIPES = "docs/emulator-recipes.md"
PAGES = ("README.md", "docs/emulator.md", "docs/faults.md", "docs/app-dashboard.md", RECIPES)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
USUAL = "http://127.0.0.1:8701"
SECONDS = 30

# the example, and the status of every call that it makes
CALLS = {
    "docs/emulator.md sh 3": [201, 201],
    "docs/emulator.md sh 4": [201, 200],
    # the app is subscribed to nothing: journalled, not sent
    "docs/emulator.md sh 5": [200],
    "docs/faults.md sh 1": [201],
    f"{RECIPES} sh 1": [201, 201, 201, 200, 200],
    f"{RECIPES} sh 2": [400, 200, 200],
    # nothing was ever used: nothing is submitted, nothing decided
    "docs/app-dashboard.md sh 1": [200, 200, 200, 200, 409, 409],
}
SUITE = f"{RECIPES} python 1"
PYTHON = {
    f"{RECIPES} python 2": "1 failed\n2 delivered\nTrue\n",
    f"{RECIPES} python 3": "0\n190 460\n",
    f"{RECIPES} python 4": "app subscription - ",
    f"{RECIPES} python 5": "['ana.silva', 'zoe']",
    "docs/emulator.md python 1": "",
    "docs/emulator.md python 2": "waited 0.2 s for 1 × mid=",
}
WORLD, CONFIGURATION = "docs/emulator.md toml 1", "README.md toml 1"
ONLY_PARSED = {
    "README.md sh 1": "the whole review, and all tests",
    "README.md sh 2": "a review, servers that run until they are interrupted, 20 s of load",
    "docs/emulator.md sh 1": "opens the emulator to other machines",
    "docs/emulator.md sh 2": "takes fixed ports and the shell's proxy; test_tls_front.py does it",
}
SHAPES = {"docs/emulator.md json 1": "/world", "docs/emulator.md json 2": "/journal"}
SHELL = """
curl() { command curl -sS --output /dev/stderr --write-out '%{http_code}\\n' "$@"; }
"""


def examples() -> Iterator[tuple[str, str]]:
    """Name and text of every fenced example: its page, its language, its number among those."""
    for page in PAGES:
        count: Counter[str] = Counter()
        for language, text in FENCE.findall((ROOT / page).read_text("utf-8")):
            count[language] += 1
            yield f"{page} {language} {count[language]}", text


EXAMPLES = dict(examples())


@pytest.fixture
def emulator() -> Iterator[str]:
    """The address of an emulator, at the seeded world."""
    made = build_emulator(Settings(), HandTransport())
    server = make_server("127.0.0.1", 0, app_over(made), threaded=True)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
    made.close()


def test_every_example_is_here() -> None:
    assert {*CALLS, *PYTHON, SUITE, WORLD, CONFIGURATION, *ONLY_PARSED, *SHAPES} == set(EXAMPLES)


@pytest.mark.parametrize("name", CALLS)
def test_the_calls_are_answered(name: str, emulator: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine: the examples for the shell were NOT run")
    script = SHELL + EXAMPLES[name].replace(USUAL, emulator)

    done = subprocess.run(
        ["bash", "-eu", "-c", script], capture_output=True, text=True, timeout=SECONDS, check=False
    )

    assert [int(line) for line in done.stdout.split()] == CALLS[name], done.stderr


@pytest.mark.parametrize("name", PYTHON)
def test_the_program_runs(name: str, emulator: str, capsys: pytest.CaptureFixture[str]) -> None:
    program = compile(EXAMPLES[name].replace(USUAL, emulator), name, "exec")

    exec(program, {})  # the page's own words are what is tested

    assert PYTHON[name] in capsys.readouterr().out


def test_the_suite_passes(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(EXAMPLES[SUITE], "utf-8")
    options = ["-q", "-p", "fake_meta.pytest_plugin", "-p", "no:cacheprovider", "-p", "no:locust"]

    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=2 * SECONDS, check=False,
    )  # fmt: skip

    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_the_world_can_be_made(tmp_path: Path) -> None:
    file = tmp_path / "world.toml"
    file.write_text(EXAMPLES[WORLD], "utf-8")

    rehearse(read(file))


def test_the_configuration_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "homolog.toml"
    file.write_text(EXAMPLES[CONFIGURATION], "utf-8")

    assert load_config(file).run.target == "ours"


@pytest.mark.parametrize("name", ONLY_PARSED)
def test_the_shell_can_read_it(name: str) -> None:
    done = subprocess.run(
        ["bash", "-n", "-c", EXAMPLES[name]],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


def keys_told(path: str) -> set[str]:
    """The keys of an answer; of the journal's those of one entry."""
    call = call_of("GET", path)
    assert call is not None
    return set(Entry.model_fields if path == "/journal" else call.answer.model_fields)


@pytest.mark.parametrize(("name", "path"), SHAPES.items())
def test_the_shape_has_the_keys_of_the_answer(name: str, path: str) -> None:
    shown = json.loads(re.sub(r'(?<!")\b[A-Z]{4,}…?', '"…"', EXAMPLES[name]))

    assert set(shown) == keys_told(path)
