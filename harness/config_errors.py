"""Layers of configuration that remember where a value came from: mistakes name their place."""

import difflib
import json
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from harness.errors import ConfigError

Key = tuple[str, ...]


class Layers:
    """Nested values, later over earlier, each with its origin: a file, a variable or an option."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.model = model
        self.values: dict[str, Any] = {}
        self._origins: dict[Key, str] = {}
        self._document = "the configuration"

    def put_default(self, key: Key, value: object) -> None:
        """Set a value that nobody wrote."""
        self._write(key, value)

    def put(self, key: Key, value: object, origin: str) -> None:
        """Set one value."""
        self._write(key, value)
        self._origins[key] = origin

    def put_document(self, document: Mapping[str, Any], origin: str) -> None:
        """Set everything a file says; a table replaces the default table of that name."""
        self._document = origin
        for key, value in document.items():
            if isinstance(value, dict) and isinstance(self.values.get(key), dict):
                self.values[key].update(value)
            else:
                self.values[key] = value

    def put_text(self, key: Key, text: str, origin: str) -> None:
        """Set one value written as text; where no text is wanted, it is read as JSON."""
        wants_text = _wants_text(self.model, key)
        self.put(key, text if wants_text else _as_json(text), origin)

    def origin_of(self, key: Key) -> str:
        """Return the file, variable or option that set this key."""
        return self._origins.get(key, self._document)

    def origin_around(self, key: Key) -> str:
        """Return what set this key, or else something in the same table."""
        near = (one for one in self._origins if one[:-1] == key[:-1])
        return self.origin_of(key if key in self._origins else next(near, key))

    def _write(self, key: Key, value: object) -> None:
        node = self.values
        for name in key[:-1]:
            child = node.setdefault(name, {})
            if not isinstance(child, dict):
                raise ConfigError(
                    f"{self._document}: {name}: expected a table, got {_shown(child)}"
                )
            node = child
        node[key[-1]] = value


def explain(error: ValidationError, layers: Layers) -> str:
    """Return the first mistake as one line: place, key, expected, got, nearest known key."""
    problem = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    key = tuple(str(part) for part in problem["loc"])
    settings = _without_tags(key)
    place = f"{layers.origin_of(settings)}: "
    if problem["type"] == "extra_forbidden":
        return place + _unknown(layers.model, key, settings)
    if problem["type"] == "missing":
        place = layers.origin_around(settings)
        return f"{place}: {'.'.join(settings)}: expected a value, got none"
    if problem["type"].startswith("union_tag"):
        return f"{place}{'.'.join(settings)}.kind: {_kinds(problem)}"
    got = _shown(problem["input"], secret="password" in settings)
    return f"{place}{'.'.join(settings)}: expected {_expectation(problem)}, got {got}"


def _without_tags(key: Key) -> Key:
    """Drop the union tags that pydantic puts between a target's name and its keys."""
    if len(key) > 2 and key[0] == "targets":
        return (*key[:2], *key[3:])
    return key


def _unknown(model: type[BaseModel], key: Key, settings: Key) -> str:
    known = sorted(_keys_at(model, key[:-1]))
    near = difflib.get_close_matches(settings[-1], known, n=1, cutoff=0.5)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'unknown key "{".".join(settings)}": expected one of {", ".join(known)}{hint}'


def _kinds(problem: Mapping[str, Any]) -> str:
    table = problem["input"] if isinstance(problem["input"], dict) else {}
    got = _shown(table["kind"]) if "kind" in table else "nothing"
    return f'expected "interact", "web_console" or "class", got {got}'


def _expectation(problem: Mapping[str, Any]) -> str:
    context = problem.get("ctx", {})
    words = {
        "literal_error": str(context.get("expected", "")).replace("'", '"'),
        "string_pattern_mismatch": _pattern_words(str(context.get("pattern", ""))),
        "greater_than": f"a number above {context.get('gt')}",
        "greater_than_equal": f"a number from {context.get('ge')}",
        "less_than_equal": f"a number up to {context.get('le')}",
        "model_type": "a table",
        "model_attributes_type": "a table",
        "dict_type": "a table",
        "int_type": "a whole number",
        "float_type": "a number",
        "bool_type": "true or false",
        "string_type": "a text",
        "path_type": "a path",
        "tuple_type": "a list",
        "string_too_short": "a text that is not empty",
    }
    return words.get(problem["type"]) or str(problem["msg"])


def _pattern_words(pattern: str) -> str:
    return "an address that starts with http://" if "http" in pattern else '"package.module:Class"'


def _keys_at(model: type[BaseModel], path: Key) -> list[str]:
    """Return the names that may stand at a path of error locations (union tags included)."""
    here: Any = model
    for part in path:
        here = _step_into(here, part)
    if not isinstance(here, type) or not issubclass(here, BaseModel):
        return []
    return [field.alias or name for name, field in here.model_fields.items()]


def _step_into(here: Any, part: str) -> Any:
    if isinstance(here, type) and issubclass(here, BaseModel):
        found = here.model_fields.get(part)
        return found.annotation if found else None
    members = [member for arg in get_args(here) for member in (get_args(arg) or (arg,))]
    models = [one for one in _models_in(here) if _has_kind(one, part)]
    if models:
        return models[0]
    return here if members else None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in get_args(annotation) for model in _models_in(arg)]


def _has_kind(model: type[BaseModel], tag: str) -> bool:
    kind = model.model_fields.get("kind")
    return kind is None or tag in get_args(kind.annotation)


def _wants_text(model: type[BaseModel], key: Key) -> bool:
    here: Any = model
    for part in key:
        if isinstance(here, type) and issubclass(here, BaseModel):
            found = here.model_fields.get(part)
            here = found.annotation if found else None
    return here is None or here not in (int, float, bool)


def _as_json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _shown(value: object, *, secret: bool = False) -> str:
    if secret:
        return "something else"
    return json.dumps(value, ensure_ascii=False, default=str)
