"""The control API and its description say the same."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from fake_meta.control.contract import CALLS

MODULES = "fake_meta/control/contract/{whole,company,people,wire,logins,…}.py"
ADVICE = (
    f"write a Call(method, path, summary, answer model, body model) into CALLS of {MODULES}; "
    "rows.py gathers them, the models are pydantic (fields.py has the types)"
)


def routes(client: FlaskClient) -> set[tuple[str, str]]:
    return {
        (method, rule.rule.removeprefix("/_control"))
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("control.") and rule.endpoint != "control.unknown"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_described(client: FlaskClient) -> None:
    described = {(call.method, call.path) for call in CALLS}

    missing = sorted(routes(client) - described)

    assert not missing, f"these routes are not described: {missing}; {ADVICE}"


def test_nothing_is_described_that_is_not_there(client: FlaskClient) -> None:
    described = {(call.method, call.path) for call in CALLS}

    assert described - routes(client) == set()


def test_the_description_names_body_answer_and_refusals(client: FlaskClient) -> None:
    api = client.get("/_control/openapi.json").get_json()

    post = api["paths"]["/_control/customers"]["post"]
    schemas = api["components"]["schemas"]
    assert api["openapi"] == "3.1.0"
    assert schemas["CustomerWish"]["properties"]["private"] == {
        "type": "boolean",
        "title": "Private",
    }
    assert set(post["responses"]) == {"201", "400", "401", "403", "404", "409", "413"}
    assert schemas["Customer"]["additionalProperties"] is False


def test_people_can_read_it(client: FlaskClient) -> None:
    page = client.get("/_control/docs").get_data(as_text=True)

    assert "Write to the company" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("customers", {"privat": True}, "unknown key 'privat'; this call takes blocks_business"),
        ("customers", {"private": "yes"}, "private must be true or false, not 'yes'"),
        ("account/self-messages", {}, "the key 'text' is missing; this call takes text"),
        ("customers", {"role": "boss"}, "role must be one of tester, developer, administrator"),
    ],
)
def test_a_body_is_judged_by_its_model(
    client: FlaskClient, path: str, body: dict[str, object], sentence: str
) -> None:
    answer = client.post(f"/_control/{path}", json=body)

    assert answer.status_code == 400
    assert sentence in answer.get_json()["error"]


def test_a_query_is_judged_by_its_model(client: FlaskClient) -> None:
    answer = client.get("/_control/journal?after=soon")

    assert answer.get_json() == {"error": "after must be a whole number, not 'soon'"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("customers", {"name": ["x" * 100_000]}),
        ("customers", {"private": "x" * 100_000}),
        ("customers", {"count": "x" * 100_000}),
        ("customers/ana.silva/messages", {"texts": "x" * 100_000}),
        ("clock", {"advance_s": "x" * 100_000}),
        ("webhook/subscription", {"callback_url": {"x": "x" * 100_000}}),
    ],
)
def test_a_refusal_repeats_no_more_than_a_line(
    client: FlaskClient, path: str, body: dict[str, object]
) -> None:
    answer = client.post(f"/_control/{path}", json=body)

    assert answer.status_code == 400
    assert len(answer.get_data()) < 1000
