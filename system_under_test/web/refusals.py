"""How each refusal of a use case is told: one table, for agents' and supervisors' calls alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import jsonify, make_response
from flask.typing import ResponseReturnValue

from system_under_test.domain.attachments import AttachmentRefusedError
from system_under_test.domain.medium import MEDIA
from system_under_test.domain.messages import TextRefusedError
from system_under_test.domain.services import CategoryRefusedError
from system_under_test.domain.windows import WindowClosedError
from system_under_test.service.desk import (
    AlreadyEndedError,
    KeyReusedError,
    UnknownStatusError,
)
from system_under_test.service.noting import MOST_CHARACTERS, NoteRefusedError
from system_under_test.service.repairs import NothingToRepairError
from system_under_test.service.sharing import NotYoursError, WrongStateError
from system_under_test.service.supervision import NoSuchAgentError
from system_under_test.service.transfers import AgentBusyError, NoSuchTargetError
from system_under_test.web.given import NotTextError
from system_under_test.web.guard import text


def _not_yours(_error: NotYoursError) -> ResponseReturnValue:
    return jsonify(error="not_found", message=text("refusal.not_found")), 404


def _already_ended(_error: AlreadyEndedError) -> ResponseReturnValue:
    return jsonify(error="ended", message=text("refusal.ended")), 409


def _wrong_state(error: WrongStateError) -> ResponseReturnValue:
    sentence = text("refusal.wrong_state", state=text(f"state.{error.state}"))
    return jsonify(error="wrong_state", state=error.state, message=sentence), 409


def _agent_busy(error: AgentBusyError) -> ResponseReturnValue:
    return jsonify(error=f"agent_{error.why}", message=text(_BUSY[error.why])), 409


_BUSY = {"full": "transfer.agent_full", "away": "transfer.agent_away"}


def _no_such_target(error: NoSuchTargetError) -> ResponseReturnValue:
    sentence = text("refusal.no_such_target", given=str(error))
    return jsonify(error="no_such_target", message=sentence), 422


def _category_refused(error: CategoryRefusedError) -> ResponseReturnValue:
    sentence = text("refusal.category_refused", known=", ".join(error.known) or "–")
    return jsonify(error="category_refused", categories=error.known, message=sentence), 422


def _text_refused(error: TextRefusedError) -> ResponseReturnValue:
    unit = error.medium.text_unit
    return jsonify(
        {"error": error.code, unit: error.size, f"limit_{unit}": error.medium.most_text}
    ), 422


def _attachment_refused(error: AttachmentRefusedError) -> ResponseReturnValue:
    values: dict[str, Any] = {}
    key = f"attachment.{error.code}"
    if error.code == "size":
        values["limit"] = error.limit // (1024 * 1024)
    if error.code == "type":
        values["medium"] = MEDIA[error.medium].label
        values["taken"] = text(f"attachment.taken_{error.medium}")
        if error.what:
            values["what"] = error.what.upper()
        else:
            key = "attachment.unknown"
    sentence = text(key, **values)
    return jsonify(error=f"attachment_{error.code}", message=sentence, bytes=error.size), 422


def _note_refused(error: NoteRefusedError) -> ResponseReturnValue:
    limits = {"characters": error.size, "limit_characters": MOST_CHARACTERS}
    sentence = text("refusal.note", size=error.size, most=MOST_CHARACTERS)
    return jsonify(error=error.code, message=sentence, **limits), 422


def _not_text(error: NotTextError) -> ResponseReturnValue:
    sentence = text("refusal.not_text", field=error.field)
    return jsonify(error="not_text", field=error.field, message=sentence), 422


def _key_reused(_error: KeyReusedError) -> ResponseReturnValue:
    return jsonify(error="key_reused", message=text("refusal.key_reused")), 409


def _window_closed(_error: WindowClosedError) -> ResponseReturnValue:
    return jsonify(error="window_closed", message=text("composer.closed")), 409


def _nothing_to_repair(_error: NothingToRepairError) -> ResponseReturnValue:
    return jsonify(error="nothing_to_repair", message=text("refusal.nothing_to_repair")), 409


def _unknown_status(_error: UnknownStatusError) -> ResponseReturnValue:
    return jsonify(error="unknown_status", message=text("refusal.unknown_status")), 422


def _no_such_agent(error: NoSuchAgentError) -> ResponseReturnValue:
    sentence = text("refusal.no_such_agent", login=str(error))
    return jsonify(error="no_such_agent", message=sentence), 404


def sentence_of(error: Exception) -> str:
    """What a page says of a refusal: the `message` that a call is answered with."""
    told: str = make_response(REFUSALS[type(error)](error)).get_json()["message"]
    return told


REFUSALS: Mapping[type[Exception], Callable[[Any], ResponseReturnValue]] = {
    NotYoursError: _not_yours,
    AlreadyEndedError: _already_ended,
    WrongStateError: _wrong_state,
    AgentBusyError: _agent_busy,
    NoSuchTargetError: _no_such_target,
    CategoryRefusedError: _category_refused,
    TextRefusedError: _text_refused,
    AttachmentRefusedError: _attachment_refused,
    NoteRefusedError: _note_refused,
    NotTextError: _not_text,
    KeyReusedError: _key_reused,
    WindowClosedError: _window_closed,
    NothingToRepairError: _nothing_to_repair,
    UnknownStatusError: _unknown_status,
    NoSuchAgentError: _no_such_agent,
}
