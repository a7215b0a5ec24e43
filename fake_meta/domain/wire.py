"""Meta's wire form of JSON: ASCII only, slashes escaped (meta-contract §2.4)."""

from __future__ import annotations

import json
from json import encoder
from typing import Any

_SEPARATORS = (",", ":")


def encode(value: Any) -> bytes:
    """`value` as the exact bytes that Meta would send and sign."""
    return "".join(_pieces(value, 0)).replace("/", "\\/").encode("ascii")


def plain(body: bytes) -> bytes:
    """The same JSON as most libraries write it: UTF-8, slashes as they are (fault plain_body).

    Half of a surrogate pair stays escaped: UTF-8 has no bytes for it.
    """
    text = json.dumps(json.loads(body), ensure_ascii=False, separators=_SEPARATORS)
    return text.encode("utf-8", "backslashreplace")


def _in_python(value: Any, _indent: int) -> tuple[str, ...]:
    return (json.dumps(value, ensure_ascii=True, separators=_SEPARATORS),)


def _pieces_maker() -> Any:
    """What `json.dumps` makes anew for every value, made once: half of the time of a small one."""
    compiled = getattr(encoder, "c_make_encoder", None)
    if compiled is None:
        return _in_python
    item_separator, key_separator = _SEPARATORS
    quoted = encoder.encode_basestring_ascii
    refuse = json.JSONEncoder().default
    return compiled(
        None, refuse, quoted, None, key_separator, item_separator, False, False, True  # noqa: FBT003
    )  # fmt: skip


_pieces = _pieces_maker()
