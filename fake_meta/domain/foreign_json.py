"""JSON that others wrote: its texts can be written down again, whatever was sent.

Half an emoji (a text that was cut between two UTF-16 units) is allowed in JSON and in no UTF-8;
each half becomes U+FFFD, the replacement character, as a browser shows it. What Meta does with it
is [unknown]; a page that cannot be shown any more helps nobody.
"""

from __future__ import annotations

import json
import re
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")
_ESCAPED, _BARE = ("\\ud", "\\uD"), (b"\\ud", b"\\uD", b"\xed")


def read_json(text: str | bytes) -> Any:
    """What `json.loads` reads, without lone surrogates; its errors."""
    value = json.loads(text)
    if isinstance(text, str):
        is_suspect = any(sign in text for sign in _ESCAPED) or bool(_HALVES.search(text))
    else:
        is_suspect = any(sign in text for sign in _BARE)
    return whole(value) if is_suspect else value


def whole(value: Any) -> Any:
    """The value with every lone surrogate replaced, in keys, too."""
    if isinstance(value, str):
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [whole(one) for one in value]
    if isinstance(value, dict):
        return {whole(key): whole(one) for key, one in value.items()}
    return value
