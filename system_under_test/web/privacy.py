"""Meta's callbacks about people, and the page on which they see what became of their request."""

from __future__ import annotations

import logging

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from system_under_test.domain.signed_request import SignedRequestError
from system_under_test.web import guard
from system_under_test.web.console import console

privacy = Blueprint("privacy", __name__)
_log = logging.getLogger(__name__)


@privacy.post("/webhooks/meta/data-deletion")
def delete() -> ResponseReturnValue:
    """Erase the person; Meta shows them the address and the code of the answer."""
    made = console().privacy.delete(_signed())
    _log.info("data of %d threads erased, code %s", made.threads, made.code)
    root = console().public_url or request.url_root.rstrip("/")
    url = f"{root}/data-deletion/{made.code}"
    return jsonify(url=url, confirmation_code=made.code)


@privacy.post("/webhooks/meta/deauthorize")
def deauthorize() -> ResponseReturnValue:
    """Somebody has removed the app."""
    console().privacy.deauthorize(_signed())
    return jsonify(success=True)


@privacy.get("/data-deletion/<code>")
def status(code: str) -> ResponseReturnValue:
    """What became of a request, for the person who has its code."""
    made = console().privacy.status(code)
    found = made is not None and made.kind == "data_deletion"
    page = render_template(
        "data_deletion.html",
        made=made if found else None,
        code=code,
        language=console().language,
        t=guard.text,
    )
    return page, 200 if found else 404


@privacy.errorhandler(SignedRequestError)
def _refused(error: SignedRequestError) -> ResponseReturnValue:
    _log.warning("a signed_request was refused: %s", error)
    return jsonify(error="bad_signed_request", message=str(error)), 400


def _signed() -> str:
    signed = request.form.get("signed_request", "")
    if not signed:
        raise SignedRequestError("the form field signed_request is missing")
    return signed
