"""Files that agents send, at addresses that nobody guesses; Meta reads them without a session."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, g, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from system_under_test.domain.attachments import MOST_BYTES, AttachmentRefusedError
from system_under_test.service.attaching import MEDIA_PATH, Upload
from system_under_test.web.console import console
from system_under_test.web.entrance import ROOT
from system_under_test.web.guard import signed_in, text

media = Blueprint("media", __name__)
_LONGEST_KEY = 200


@media.post(f"{ROOT}/api/conversations/<id:conversation_id>/attachments")
@signed_in
def attach(conversation_id: int) -> ResponseReturnValue:
    """Send the file in the body; what it is called and said to be does not matter."""
    size = request.content_length or 0
    if size > MOST_BYTES:
        raise AttachmentRefusedError("size", size=size, limit=MOST_BYTES)
    key = request.args.get("idempotency_key", "")
    if len(key) > _LONGEST_KEY:
        return jsonify(error="bad_key", message=text("refusal.bad_key", most=_LONGEST_KEY)), 422
    origin = console().public_url or request.host_url.rstrip("/")
    upload = Upload(request.get_data(cache=False), origin, key or None)
    return jsonify(console().attaching.attach(g.session.agent_id, conversation_id, upload)), 202


@media.get(f"{MEDIA_PATH}/<id:file_id>/<signature>")
def read(file_id: int, signature: str) -> Response:
    """The file. It is somebody else's content at our address, so nothing in it may ever run."""
    found = console().attaching.read(file_id, signature)
    if found is None:
        abort(404)
    answer = send_file(
        BytesIO(found.data),
        found.content_type,
        as_attachment=found.content_type == "application/pdf",
        download_name=f"attachment-{file_id}.{found.ending}",
        etag=found.digest,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
