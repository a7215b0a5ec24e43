"""Every described call, with bodies and queries made from its own description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fake_meta.app import app_over, build_emulator
from fake_meta.control.contract import CALLS, openapi
from fake_meta.settings import Settings
from tests.fakes.contract_keeper import keeps_its_contract
from tests.fakes.hand_fetcher import HandFetcher
from tests.fakes.hand_transport import HandTransport

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BUDGET = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def application() -> Iterator[Any]:
    emulator = build_emulator(Settings(), HandTransport(), HandFetcher())
    app = app_over(emulator)
    app.after_request(keeps_its_contract)
    yield app
    emulator.close()


@pytest.mark.parametrize("name", [call.name for call in CALLS])
def test_a_call_keeps_to_its_description(application: Any, name: str) -> None:
    described = [call for call in CALLS if call.name == name]
    schema = schemathesis.openapi.from_dict(openapi(described, "1"))
    schema.app = application
    client: FlaskClient = application.test_client()
    username = client.get("/_control/world").get_json()["customers"][0]["username"]
    (operation,) = [found.ok() for found in schema.get_all_operations()]

    @BUDGET
    @given(data=st.data())
    def attack(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        if "username" in case.path_parameters:
            case.path_parameters["username"] = username
        if case.query:
            case.query.pop("wait_s", None)  # it would wait, for nothing comes
        case.call_and_validate(checks=CHECKS)

    attack()
