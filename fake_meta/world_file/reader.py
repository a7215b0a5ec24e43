"""Reads a world file; whatever is wrong with it is one line that names file and key."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from fake_meta.domain.choices import Choices
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.world_file.model import WorldFile


class WorldFileError(Exception):
    """The file cannot be read, or says something that means nothing."""


def read(path: Path) -> WorldFile:
    """The file's tables."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorldFileError(f"cannot read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorldFileError(f"{path} is no TOML: {error}") from error
    try:
        found = WorldFile.model_validate(tables)
        Choices().with_wishes(found.choices)
    except ValidationError as error:
        raise WorldFileError(f"{path}: {_sentence(error)}") from error
    except InvalidRequestError as error:
        raise WorldFileError(f"{path}: choices: {error.sentence}") from error
    return found


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown key {key}"
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    if first["type"] == "missing":
        return f"{key} is missing"
    return f"{key}: {first['msg']}, not {str(first['input'])[:80]!r}"
