"""Batch requests: up to 50 calls in one `POST /` (meta-contract §5.5).

Every item is made into a request of its own and answered as if it had come alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api import versions
from fake_meta.graph_api.batch_files import files_of, with_file
from fake_meta.graph_api.batch_references import Results, check_references, filled, is_needed
from fake_meta.graph_api.call import Answer, GraphCall, Json, loose_json
from fake_meta.graph_api.disturbance import is_cut
from fake_meta.graph_api.request import GraphRequest
from fake_meta.journal import RecordedResponse

MOST_ITEMS = 50
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_INHERITED = (
    "wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO",
    "HTTP_USER_AGENT",
)  # fmt: skip
_FALSE = ("false", "0")


def is_batch(call: GraphCall) -> bool:
    """The call is `POST /` with a `batch`."""
    return call.method == "POST" and not call.path and "batch" in call.parameters


def answer_batch(
    request: GraphRequest,
    call: GraphCall,
    answer_item: Callable[[GraphRequest], RecordedResponse],
) -> Answer:
    """The answers of all items, in their order."""
    items = _items(call)
    check_references(items)
    for item in items:
        _request_of(item, request, call)  # a batch with one unfit item is refused as a whole
    with_headers = str(call.parameters.get("include_headers", "")).lower() not in _FALSE
    results, answers = Results(), []
    for item in items:
        response = None
        if results.allow(item):
            answered = answer_item(_request_of(filled(results, item), request, call))
            response = None if is_cut(answered) else answered  # ran out of time (§5.5)
        results.keep(item, response)
        shown = {"omit_response_on_success": is_needed(items, item), **item}
        answers.append(_shown(shown, response, with_headers=with_headers))
    return Answer(answers, event="batch")


def _items(call: GraphCall) -> list[Json]:
    value = call.parameters["batch"]
    items = loose_json(value) if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise _refused("Param batch must be an array of objects.")
    if len(items) > MOST_ITEMS:
        raise GraphCallError(GraphError.BATCH_TOO_LARGE, most=str(MOST_ITEMS))
    return items


def _request_of(item: Json, request: GraphRequest, call: GraphCall) -> GraphRequest:
    url, body = item.get("relative_url"), _body(item.get("body"))
    if not isinstance(url, str):
        raise _refused("Param batch: every item needs a relative_url.")
    url, body = _sendable(url), _sendable(body)
    path, _, query = url.partition("?")
    headers = _headers(item.get("headers"))
    content, content_type = _content(item, body, call)
    return request._replace(
        method=str(item.get("method", "GET")).upper(),
        path=_absolute(unquote(path), request, call),
        query="&".join(part for part in (query, _proof(item, url, body, call)) if part),
        content_type=headers.get("CONTENT_TYPE", content_type),
        authorization=f"Bearer {item.get('access_token') or call.token}",
        body=content,
        environ={n: request.environ[n] for n in _INHERITED if n in request.environ} | headers,
    )


def _content(item: Json, body: str, call: GraphCall) -> tuple[bytes, str]:
    files = files_of(item, call.parameters)
    if len(files) > 1:
        raise _refused("Param batch: no call takes more than one of attached_files.")
    if files:
        return with_file(body, files[0])
    return body.encode(), _JSON if body[:1] == "{" else _FORM


def _absolute(path: str, request: GraphRequest, call: GraphCall) -> str:
    """The item's path below the batch's host, in the batch's version unless it names one."""
    relative = path.lstrip("/")
    if not versions.looks_like_version(relative.partition("/")[0]):
        relative = f"{call.base.rpartition('/')[2]}/{relative}"
    return f"{request.mount}/{relative}"


def _proof(item: Json, url: str, body: str, call: GraphCall) -> str:
    """The batch's `appsecret_proof` counts for items that use the batch's token."""
    proof = call.text("appsecret_proof")
    has_own_token = "access_token" in item or "access_token=" in url + body
    if proof is None or has_own_token or "appsecret_proof=" in url + body:
        return ""
    return urlencode({"appsecret_proof": proof})


def _body(value: Any) -> str:
    if value is None:
        return ""
    return urlencode(value) if isinstance(value, dict) else str(value)


def _sendable(text: str) -> str:
    """JSON can spell half characters, which no request can carry."""
    return text.encode("utf-8", "replace").decode()


def _headers(value: Any) -> dict[str, str]:
    """An item's own headers, `["Name: value"]` or an object, as in a WSGI environment."""
    pairs: list[tuple[str, str]] = []
    if isinstance(value, Mapping):
        pairs = [(str(name), str(text)) for name, text in value.items()]
    elif isinstance(value, list):
        pairs = [(name, text) for name, _, text in (str(one).partition(":") for one in value)]
    headers = {"HTTP_" + _variable(name): text.strip() for name, text in pairs}
    content_type = headers.pop("HTTP_CONTENT_TYPE", None)
    return headers if content_type is None else {**headers, "CONTENT_TYPE": content_type}


def _variable(name: str) -> str:
    return name.strip().upper().replace("-", "_")


def _shown(item: Json, response: RecordedResponse | None, *, with_headers: bool) -> Json | None:
    """None for what was not made or came too late, and for a success that nobody wants to see."""
    if response is None:
        return None
    if item.get("omit_response_on_success") is True and response.status < 400:
        return None
    headers = [{"name": name, "value": value} for name, value in response.headers.items()]
    return {
        "code": response.status,
        **({"headers": headers} if with_headers else {}),
        "body": response.body.decode(),
    }


def _refused(detail: str) -> GraphCallError:
    return GraphCallError(GraphError.PARAMETER, detail=detail)
