"""Texts of the pages in the agent's language.

A catalogue is flat: `"area.name": "text with {values}"`. Both languages hold the same keys, which a
test keeps true, so a text is never silently taken from the other language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LANGUAGES: tuple[str, ...] = ("en", "pt-BR")

_FOLDER = "system_under_test.web.locales"


class MissingTextError(LookupError):
    """A text, a value or a language that the catalogues do not have."""


def translate(language: str, key: str, **values: object) -> str:
    """The text of `key` with its values filled in; MissingTextError when anything is absent."""
    text = _texts(language).get(key)
    if text is None:
        raise MissingTextError(
            f"locales/{language}.json has no text {key!r}; add it there and in the other languages"
        )
    try:
        return text.format_map(values)
    except KeyError as trouble:
        raise MissingTextError(
            f"the text {key!r} of locales/{language}.json wants the value {trouble}, "
            f"got {sorted(values) or 'none'}"
        ) from trouble


def catalogue(language: str) -> dict[str, str]:
    """All texts of a language by key, for the scripts of the pages; the caller's own copy."""
    return dict(_texts(language))


@cache
def _texts(language: str) -> Mapping[str, str]:
    if language not in LANGUAGES:
        raise MissingTextError(
            f"there are no texts in {language!r}; the console speaks {', '.join(LANGUAGES)}"
        )
    content = files(_FOLDER).joinpath(f"{language}.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(content))
