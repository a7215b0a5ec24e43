"""Judges every answer of the control API by the model that describes it."""

import flask

from fake_meta.control.contract import call_of


def keeps_its_contract(response: flask.Response) -> flask.Response:
    """An `after_request` that raises when an answer is not what the contract promises."""
    rule = flask.request.url_rule
    path = "" if rule is None else rule.rule
    call = call_of(flask.request.method, path.removeprefix("/_control"))
    if not path.startswith("/_control") or call is None or response.status_code >= 400:
        return response
    assert response.status_code == call.status, f"{call.name} promises {call.status}"
    if call.emits == "application/json":
        call.answer.model_validate_json(response.get_data())
    return response
