"""What the control API answers to methods that a path has not, and to a name without end."""

import pytest
from flask.testing import FlaskClient

from fake_meta.control.requests import MOST_NAME
from fake_meta.domain.accounts import Customer
from fake_meta.world import World


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("TRACE", "/_control/world", "GET"),
        ("FOO", "/_control/world", "GET"),
        ("PUT", "/_control/clock", "GET, POST"),
        ("TRACE", "/_control/faults/1", "DELETE"),
        ("GET", "/_control/app-review/permissions/instagram_basic", "PUT, DELETE"),
    ],
)
def test_an_odd_method_is_told_the_right_ones(
    client: FlaskClient, method: str, path: str, allow: str
) -> None:
    answer = client.open(path, method=method)

    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
    assert answer.get_json() == {
        "error": f"there is no control call {method} {path}; this path takes {allow}"
    }


@pytest.mark.parametrize("method", ["GET", "TRACE", "FOO"])
def test_a_path_of_no_call_is_not_found(client: FlaskClient, method: str) -> None:
    answer = client.open("/_control/nothing", method=method)

    assert answer.status_code == 404
    assert "there is no control call" in answer.get_json()["error"]


def test_elsewhere_an_odd_method_is_not_the_control_apis_business(client: FlaskClient) -> None:
    answer = client.open("/www.instagram.com/accounts/login/", method="FOO")

    assert answer.status_code == 405
    assert not answer.is_json


def test_a_customers_name_has_an_end(client: FlaskClient, tester: Customer) -> None:
    longest, at = "ü" * MOST_NAME, f"/_control/customers/{tester.username}"

    taken = client.patch(at, json={"name": longest})
    refused = client.patch(at, json={"name": longest + "ü"})
    new = client.post("/_control/customers", json={"name": longest + "ü"})

    assert taken.get_json()["name"] == longest
    assert (refused.status_code, new.status_code) == (400, 400)
    assert f"name must be a text of 1 to {MOST_NAME} characters" in new.get_json()["error"]


def test_a_checkbox_is_ticked_on_messenger_only(
    client: FlaskClient, world: World, tester: Customer
) -> None:
    at, body = f"/_control/customers/{tester.username}/opt-ins", {"user_ref": "cart-7"}

    plain = client.post(at, json=body)
    in_body = client.post(at, json={**body, "platform": "messenger"})
    in_query = client.post(f"{at}?platform=messenger", json=body)
    elsewhere = client.post(at, json={**body, "platform": "instagram"})

    assert [one.status_code for one in (plain, in_body, in_query, elsewhere)] == [201] * 3 + [400]
    assert "there are no checkboxes on Instagram" in elsewhere.get_json()["error"]
