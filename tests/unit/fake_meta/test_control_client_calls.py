"""Every call of the contract is one typed method of the client, with the keys of its models."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import types
import typing
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import pytest
from pydantic import RootModel

import fake_meta.client
from fake_meta.client import Answer, ControlClient
from fake_meta.client.shapes import words
from fake_meta.control.contract import CALLS, Call
from fake_meta.control.requests import ACCOUNT

AREAS = Path(fake_meta.client.__file__).parent / "areas"


class ROW(typing.NamedTuple):
    method: str
    path: str
    area: str
    name: str


DOORS = {"ask", "fetch", "content"}


def rows_of(source: str) -> Iterator[ROW]:
    """Every (verb, path) that a method of an area gives to the line."""
    for area in ast.parse(source).body:
        for method in area.body if isinstance(area, ast.ClassDef) else ():
            yield from _rows(area.name, method)


def _rows(area: str, method: ast.stmt) -> Iterator[ROW]:
    paths = {
        one.targets[0].id: one.value.value
        for one in ast.walk(method)
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
    }
    for call in ast.walk(method):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in DOORS:
            verb, path = call.args[1:3] if call.func.attr == "ask" else call.args[:2]
            spelt = paths[path.id] if isinstance(path, ast.Name) else path.value
            yield ROW(verb.value, spelt, area, method.name)


ROWS = tuple(row for file in sorted(AREAS.glob("*.py")) for row in rows_of(file.read_text("utf-8")))
BY_NAME = {(row.method, row.path): row for row in ROWS}


@dataclass
class Recorder:
    """A caller that answers everything with an empty object."""

    sent: list[tuple[str, str, object, Mapping[str, str]]] = field(default_factory=list)

    def send(self, method: str, path: str, body: object, query: Mapping[str, str]) -> Answer:
        self.sent.append((method, path, body, query))
        return Answer(200, b"{}")


def method_of(call: Call) -> Any:
    row = BY_NAME[(call.method, call.path)]
    client = ControlClient(Recorder())
    areas = {type(one).__name__: one for one in vars(client).values()}
    return getattr(areas[row.area], row.name)


def keys_of(kind: Any) -> set[str]:
    """The keys of a TypedDict, a model, or of all in a union."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return {key for one in typing.get_args(kind) for key in keys_of(one)}
    if typing.is_typeddict(kind):
        return set(kind.__annotations__)
    if issubclass(kind, RootModel):
        return keys_of(kind.model_fields["root"].annotation)
    return {one.alias or name for name, one in kind.model_fields.items()}


def wish_of(method: Any) -> Any:
    hints = typing.get_type_hints(method)
    packed = [one for name, one in hints.items() if typing.get_origin(one) is typing.Unpack]
    return typing.get_args(packed[0])[0] if packed else None


def required_keys_of(wish: Any) -> set[str]:
    hints = typing.get_type_hints(wish, include_extras=True)
    return {name for name, one in hints.items() if typing.get_origin(one) is typing.Required}


def enums_of(kind: type[StrEnum] = StrEnum) -> Iterator[type[StrEnum]]:
    for one in kind.__subclasses__():
        yield one
        yield from enums_of(one)


WORDS = {name: one for name, one in vars(words).items() if typing.get_origin(one) is Literal}
OPEN = {"PATCH /choices", "POST /faults", "POST /account/stories/<story_id>/insights"}
AS_BYTES = {"GET /openapi.json", "GET /docs", "GET /snapshot"}
TAKING = [
    one
    for one in CALLS
    if (one.query or one.body) and (one.query or one.body).model_fields and one.name not in OPEN
]


def test_every_call_has_one_method_and_every_method_a_call() -> None:
    assert Counter((row.method, row.path) for row in ROWS) == Counter(
        (one.method, one.path) for one in CALLS
    )


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one.name)
def test_the_method_makes_its_call(call: Call) -> None:
    method = method_of(call)
    positional = [
        f"<{name}>"
        for name, one in inspect.signature(method).parameters.items()
        if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) and one.default is one.empty
    ]
    caller = method.__self__._line._caller

    method(*positional)

    [(verb, path, _, query)] = caller.sent
    assert (verb, "/" + unquote(path).replace("<given>", "<int:given>")) == (call.method, call.path)
    assert query == {}


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one.name)
def test_the_method_selects_an_account_where_the_call_does(call: Call) -> None:
    parameters = inspect.signature(method_of(call)).parameters

    assert (ACCOUNT in parameters) is call.is_about_a_company


@pytest.mark.parametrize(
    "call", [one for one in CALLS if one.name not in AS_BYTES], ids=lambda one: one.name
)
def test_the_answer_has_the_keys_of_the_model(call: Call) -> None:
    told = typing.get_type_hints(method_of(call))["return"]

    assert keys_of(told) == keys_of(call.answer)


@pytest.mark.parametrize("call", TAKING, ids=lambda one: one.name)
def test_the_arguments_are_the_keys_of_the_model(call: Call) -> None:
    wish, model = wish_of(method_of(call)), call.query or call.body

    assert keys_of(wish) == keys_of(model)
    assert required_keys_of(wish) == {
        name for name, one in model.model_fields.items() if one.is_required()
    }


@pytest.mark.parametrize("name", WORDS)
def test_the_words_are_those_of_the_emulator(name: str) -> None:
    spelt = {tuple(one) for one in enums_of() if one.__module__.startswith("fake_meta.")}

    assert typing.get_args(WORDS[name]) in spelt


WITHOUT = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"flask", "pydantic", "werkzeug", "jinja2"}:
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Blocked())
import fake_meta.client as client
client.ControlClient(client.HttpCaller("http://127.0.0.1:9")).world.health
print(sorted(one for one in sys.modules if one.split(".")[0] in {"flask", "pydantic"}))
"""


def test_the_client_needs_neither_flask_nor_pydantic() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, timeout=30, check=False
    )

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
