"""Files that belong to items of a batch: parts of its multipart body, named by `attached_files`.

An item with a file is asked as if it had a body of its own with it (meta-contract §4.3, §5.5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from urllib3.filepost import encode_multipart_formdata

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import Json, listed, loose_json
from fake_meta.graph_api.request import UploadedFile
from fake_meta.graph_api.sending.content import FILE

_KEY = "attached_files"


def files_of(item: Json, parameters: Mapping[str, Any]) -> list[UploadedFile]:
    """The files that an item names, of those that came with the batch."""
    names = [name.strip() for text in listed(item.get(_KEY)) for name in text.split(",")]
    return [_file(name, parameters) for name in names if name]


def with_file(body: str, file: UploadedFile) -> tuple[bytes, str]:
    """Body and content type of an item whose file stands beside its own parameters."""
    part = ("attached", file.content, file.content_type)
    return encode_multipart_formdata([*_parameters(body), (FILE, part)])


def _file(name: str, parameters: Mapping[str, Any]) -> UploadedFile:
    found = parameters.get(name)
    if isinstance(found, UploadedFile):
        return found
    detail = f"Param batch: {_KEY} names {name!r}, and no file of that name came with the batch."
    raise GraphCallError(GraphError.PARAMETER, detail=detail)


def _parameters(body: str) -> list[tuple[str, str]]:
    parsed = loose_json(body) if body[:1] == "{" else None
    if isinstance(parsed, dict):
        return [(name, _text(value)) for name, value in parsed.items()]
    return parse_qsl(body, keep_blank_values=True)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
