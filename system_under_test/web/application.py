"""The Flask app: routes, security headers, answers to what goes wrong."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from system_under_test.domain.attachments import MOST_BYTES
from system_under_test.service.ports import StorageError
from system_under_test.web.administration import administration
from system_under_test.web.api import api
from system_under_test.web.console import EXTENSION, Console
from system_under_test.web.entrance import ROOT, entrance
from system_under_test.web.floor import floor
from system_under_test.web.given import IdConverter
from system_under_test.web.media import media
from system_under_test.web.privacy import privacy
from system_under_test.web.prometheus import prometheus
from system_under_test.web.refusals import REFUSALS
from system_under_test.web.repairs import repairs
from system_under_test.web.stream import stream
from system_under_test.web.supervisor import supervisor
from system_under_test.web.webhook import webhook

_log = logging.getLogger(__name__)
_MOST_API_BYTES = 64 * 1024
_BLUEPRINTS = (
    entrance, api, media, floor, supervisor, administration, repairs, privacy, prometheus,
    stream, webhook,
)  # fmt: skip


def build_flask(console: Console) -> Flask:
    """The app around a console."""
    app = Flask("system_under_test.web", static_url_path=f"{ROOT}/static")
    app.extensions[EXTENSION] = console
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_FORM_MEMORY_SIZE"] = _MOST_API_BYTES
    app.url_map.converters["id"] = IdConverter
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    headers = security_headers(console.cdn_hosts)

    @app.before_request
    def _limit() -> None:
        if request.blueprint != webhook.name:
            is_file = request.endpoint == "media.attach"
            request.max_content_length = MOST_BYTES if is_file else _MOST_API_BYTES

    @app.after_request
    def _secure(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    for kind, tell in REFUSALS.items():
        app.register_error_handler(kind, tell)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StorageError, _storage_error)
    app.register_error_handler(Exception, _unexpected)
    return app


def security_headers(cdn_hosts: tuple[str, ...]) -> dict[str, str]:
    """Headers of every answer; pictures may come from Meta's CDN, scripts only from here."""
    media = " ".join(
        ["'self'", *(host if "://" in host else f"https://{host}" for host in cdn_hosts)]
    )
    policy = {
        "default-src": "'self'",
        "img-src": media,
        "media-src": media,
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
    }


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if not request.path.startswith(f"{ROOT}/api"):
        return error
    return jsonify(error=(error.name or "error").lower().replace(" ", "_")), error.code or 500


def _storage_error(error: StorageError) -> ResponseReturnValue:
    _log.error("%s %s: %s", request.method, request.path, error)
    return jsonify(error="storage_unavailable"), 503


def _unexpected(_error: Exception) -> ResponseReturnValue:
    # The trace is for our log; a client, Meta included, learns only that it should come again.
    _log.exception("%s %s failed", request.method, request.path)
    return jsonify(error="internal"), 500
