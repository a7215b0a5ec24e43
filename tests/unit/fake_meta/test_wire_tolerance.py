"""What real client libraries together demand on the wire: one test or more for each demand.

The number in a test's name is that of the demand; `doubt_…` are demands on which clients differ.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from fake_meta.domain.change_events import MediaType
from fake_meta.domain.login import Flavour
from fake_meta.graph_api.tokens import proof_of
from fake_meta.world import World
from tests.fakes.graph_app import REDIRECT, GraphApp, code_of
from tests.fakes.hand_transport import HandTransport

DEMANDS = {f"{number:02}" for number in range(1, 16)}
DOUBTS = {"case", "fields", "quotes", "entries", "versions", "user_id"}
SHA1, SHA256 = "X-Hub-Signature", "X-Hub-Signature-256"


@pytest.fixture
def app(client: Any, world: World) -> GraphApp:
    return GraphApp(client, world)


@pytest.fixture
def igsid(app: GraphApp) -> str:
    """A customer who has written."""
    app.world.send_text(app.tester.username, "oi")
    return app.tester.igsid


def instagram_token(app: GraphApp, **wish: Any) -> str:
    issued = app.client.post("/_control/tokens", json={"kind": "ig_user", **wish})
    return str(issued.get_json()["access_token"])


def message_to(igsid: str, **more: Any) -> dict[str, Any]:
    return {"recipient": {"id": igsid}, "message": {"text": "Olá"}, **more}


def is_sent(response: TestResponse, igsid: str) -> bool:
    answer = response.get_json()
    return set(answer) == {"recipient_id", "message_id"} and answer["recipient_id"] == igsid


def test_every_demand_has_a_test() -> None:
    names = [name.split("_") for name in globals() if name.startswith("test_")]

    assert {rest[0] for _, kind, *rest in names if kind == "demand"} == DEMANDS
    doubted = {"_".join(rest) for _, kind, *rest in names if kind == "doubt"}
    assert {doubt for doubt in DOUBTS if any(one.startswith(doubt) for one in doubted)} == DOUBTS


@pytest.mark.parametrize(
    "place",
    [
        {"query_string": {"access_token": "TOKEN"}},
        {"headers": {"Authorization": "Bearer TOKEN"}},
        {"headers": {"Authorization": "OAuth TOKEN"}},
        {"json": {"access_token": "TOKEN"}},
        {"data": {"access_token": "TOKEN"}},
    ],
    ids=["query", "bearer", "oauth", "json", "form"],
)
def test_demand_01_the_token_stands_in_any_place(app: GraphApp, place: dict[str, Any]) -> None:
    token = app.world.page.access_token
    given = json.loads(json.dumps(place).replace("TOKEN", token))

    response = app.client.delete("/v25.0/me/subscribed_apps", **given)

    assert response.get_json() == {"success": True}


def test_demand_01_an_app_token_is_id_and_secret(app: GraphApp) -> None:
    token = f"{app.world.app.id}|{app.world.app.secret}"

    assert app.read(f"/v25.0/{app.world.app.id}/subscriptions", token)["data"]


def sends_by(igsid: str) -> dict[str, dict[str, Any]]:
    """One message as clients of every kind encode it; `TOKEN` is in the query."""
    whole = message_to(igsid)
    texts = {key: json.dumps(value) for key, value in whole.items()}
    recipient, message = ({key: texts[key]} for key in texts)
    return {
        "json": {"json": whole},
        "form": {"data": texts},
        "form, objects by brackets": {
            "data": {"recipient[id]": igsid, "message[text]": "Olá"},
        },
        "query, empty body": {"query_string": texts},
        "multipart": {"data": texts, "content_type": "multipart/form-data"},
        "query and form": {"query_string": recipient, "data": message},
        "query and json": {"query_string": recipient, "json": {"message": whole["message"]}},
        "query and multipart": {
            "query_string": message,
            "data": recipient,
            "content_type": "multipart/form-data",
        },
        "json, objects as text": {"json": texts},
    }


@pytest.mark.parametrize("encoding", sends_by("0"))
def test_demand_02_parameters_come_in_every_encoding(
    app: GraphApp, igsid: str, encoding: str
) -> None:
    bearer = {"Authorization": f"Bearer {app.world.page.access_token}"}

    response = app.client.post("/v25.0/me/messages", headers=bearer, **sends_by(igsid)[encoding])

    assert is_sent(response, igsid)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_demand_02_reads_and_deletes_may_have_a_body(app: GraphApp, method: str) -> None:
    asked = {"access_token": app.world.page.access_token}

    answered = {
        body: app.client.open(
            "/v25.0/me/subscribed_apps",
            method=method,
            query_string=asked,
            data=body,
            content_type="application/json",
        ).status_code
        for body in ("{}", "true", '{"fields": "subscribed_fields"}', "")
    }

    assert set(answered.values()) == {200}, answered


VERSIONS = {
    "v3.1": "v18.0", "v3.2": "v18.0", "v6.0": "v18.0", "v11.0": "v18.0", "v14.0": "v18.0",
    "v15.0": "v18.0", "v16.0": "v18.0", "v20.0": "v20.0", "v21.0": "v21.0", "v24.0": "v24.0",
    "v25.0": "v25.0", "v26.0": "v26.0", "": "v25.0",
}  # fmt: skip


@pytest.mark.parametrize("slash", ["", "/"])
def test_demand_03_versions_and_none_with_and_without_a_slash(app: GraphApp, slash: str) -> None:
    paths = {version: "/".join(["", *filter(None, [version, "me"])]) for version in VERSIONS}

    answers = {version: app.ask(path + slash) for version, path in paths.items()}

    assert {one.status_code for one in answers.values()} == {200}
    assert {
        version: one.headers["facebook-api-version"] for version, one in answers.items()
    } == VERSIONS


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v24.0/me", 400),
        ("GET", "/v24.0/nobody/nothing/at/all", 400),
        ("POST", "/v24.0/oauth/access_token", 400),
        ("GET", "/v24.0/graph.instagram.com/refresh_access_token", 400),
        ("POST", "/v24.0", 400),
        ("PUT", "/v24.0/me", 400),
        ("PATCH", "/v24.0/me", 400),
        ("PUT", "/me", 400),
        ("HEAD", "/v24.0/me?access_token=TOKEN", 200),
    ],
)
def test_demand_03_every_answer_names_its_version(
    app: GraphApp, method: str, path: str, status: int
) -> None:
    address = path.replace("TOKEN", app.world.page.access_token)

    response = app.client.open(address, method=method)

    assert response.status_code == status
    assert response.headers["facebook-api-version"] == ("v24.0" if "v24" in path else "v25.0")


def test_demand_03_a_method_that_graph_does_not_have_is_an_error_of_graph(app: GraphApp) -> None:
    response = app.client.put("/v25.0/me", json={"access_token": app.world.page.access_token})

    assert response.status_code == 400
    assert code_of(response) == (100, None)
    assert response.get_json()["error"]["message"] == "Unsupported request - method type: put"


def edges_of(igsid: str) -> dict[str, tuple[str, str, dict[str, Any]]]:
    picture = {"type": "image", "payload": {"url": "https://app.example/a.png"}}
    greeting = {"ice_breakers": [{"question": "Horário?", "payload": "HOURS"}]}
    return {
        "send": ("POST", "messages", message_to(igsid)),
        "upload": ("POST", "message_attachments", {"message": {"attachment": picture}}),
        "list": ("GET", "conversations", {"platform": "instagram"}),
        "greet": ("POST", "messenger_profile", greeting),
        "greeted": ("GET", "messenger_profile", {"fields": "ice_breakers"}),
        "ungreet": ("DELETE", "messenger_profile", {"fields": ["ice_breakers"]}),
        "subscribe": ("POST", "subscribed_apps", {"subscribed_fields": "messages"}),
        "subscribed": ("GET", "subscribed_apps", {}),
        "unsubscribe": ("DELETE", "subscribed_apps", {}),
    }


@pytest.mark.parametrize("is_me", [True, False])
@pytest.mark.parametrize("flavour", ["page", "instagram"])
def test_demand_04_me_and_the_own_id_are_the_same_sender(
    app: GraphApp, igsid: str, flavour: str, *, is_me: bool
) -> None:
    host, own, token = {
        "page": ("graph.facebook.com", app.world.page.id, app.world.page.access_token),
        "instagram": ("graph.instagram.com", app.world.account.id, instagram_token(app)),
    }[flavour]
    headers = {"Host": host, "Authorization": f"Bearer {token}"}
    node = "me" if is_me else own

    answered = {
        edge: app.client.open(f"/v25.0/{node}/{name}", method=method, json=body, headers=headers)
        for edge, (method, name, body) in edges_of(igsid).items()
    }

    assert {edge: one.text for edge, one in answered.items() if one.status_code != 200} == {}


LISTS = ["name,id", "name, id", '["name","id"]', "['name', 'id']", ["name", "id"], " name , id "]


@pytest.mark.parametrize("written", LISTS, ids=str)
def test_demand_05_lists_are_read_in_every_spelling(app: GraphApp, written: Any) -> None:
    asked = {"access_token": app.world.page.access_token, "fields": written}

    answer = app.client.get("/v25.0/me", query_string=asked).get_json()

    assert set(answer) == {"name", "id"}


@pytest.mark.parametrize("name", ["subscribed_fields", "subscribed_fields[]"])
def test_demand_05_a_repeated_parameter_is_a_list(app: GraphApp, name: str) -> None:
    fields = urlencode([(name, "messages"), (name, "messaging_seen")])
    token = app.world.page.access_token

    app.client.post(f"/v25.0/me/subscribed_apps?access_token={token}", data=fields,
                    content_type="application/x-www-form-urlencoded")  # fmt: skip

    assert app.world.page_fields == ("messages", "messaging_seen")


def test_demand_05_fields_nest_and_are_limited(app: GraphApp, igsid: str) -> None:
    app.send(igsid, "um")
    app.send(igsid, "dois")

    [found] = app.read(
        "/v25.0/me/conversations",
        platform="instagram",
        fields="id, messages.limit(2){message, from{id,username}}",
    )["data"]

    listed = found["messages"]["data"]
    assert [(set(one), one["message"]) for one in listed] == [
        ({"message", "from", "id"}, "dois"),
        ({"message", "from", "id"}, "um"),
    ]


@pytest.mark.parametrize(
    "extra",
    [
        {"id": "1"}, {"message_type": "RESPONSE"}, {"summary": True},
        {"notification_type": "SILENT_PUSH"}, {"nested": {"a": [1, None]}},
    ],
    ids=lambda one: next(iter(one)),
)  # fmt: skip
def test_demand_06_strange_keys_of_a_send_are_ignored(
    app: GraphApp, igsid: str, extra: dict[str, Any]
) -> None:
    response = app.post("/v25.0/me/messages", **message_to(igsid, **extra))

    assert is_sent(response, igsid)


def test_demand_07_a_proof_is_of_the_token_that_is_used(app: GraphApp) -> None:
    page, user = app.world.page.access_token, str(app.redeem().get_json()["access_token"])
    of_user = proof_of(user, app.world.app.secret)

    assert app.ask("/v25.0/me", user, appsecret_proof=of_user).status_code == 200
    assert code_of(app.ask("/v25.0/me", page, appsecret_proof=of_user))[0] == 100


def test_demand_07_a_proof_is_missed_only_where_it_is_demanded(app: GraphApp) -> None:
    assert app.ask("/v25.0/me").status_code == 200

    app.client.patch("/_control/login/facebook", json={"proof_required": True})

    assert code_of(app.ask("/v25.0/me"))[0] == 100


def test_demand_08_pages_lead_to_each_other_and_end(app: GraphApp, igsid: str) -> None:
    app.send(igsid, "um")
    thread = app.read("/v25.0/me/conversations", platform="instagram")["data"][0]["id"]

    first = app.read(f"/v25.0/{thread}/messages", fields="id, message", limit="1")
    follow = urlsplit(first["paging"]["next"])
    last = app.client.get(f"{follow.path}?{follow.query}").get_json()

    repeated = parse_qs(follow.query)
    assert set(first["paging"]["cursors"]) == {"before", "after"}
    assert repeated["access_token"] == [app.world.page.access_token]
    assert (repeated["fields"], repeated["limit"]) == (["id, message"], ["1"])
    assert [one["message"] for one in (*first["data"], *last["data"])] == ["um", "oi"]
    assert "next" not in last["paging"]
    assert set(last["paging"]["cursors"]) == {"before", "after"}


def test_demand_08_an_empty_page_has_data_and_no_cursors(app: GraphApp) -> None:
    answer = app.read("/v25.0/me/conversations", platform="instagram")

    assert answer["data"] == []
    assert "cursors" not in answer.get("paging", {})


@pytest.mark.parametrize(
    ("edge", "keys"),
    [
        ("send", {"recipient_id", "message_id"}),
        ("greet", {"result"}),
        ("ungreet", {"result"}),
        ("subscribe", {"success"}),
        ("unsubscribe", {"success"}),
    ],
)
def test_demand_09_each_call_answers_its_own_keys(
    app: GraphApp, igsid: str, edge: str, keys: set[str]
) -> None:
    method, name, body = edges_of(igsid)[edge]
    bearer = {"Authorization": f"Bearer {app.world.page.access_token}"}

    answer = app.client.open(f"/v25.0/me/{name}", method=method, json=body, headers=bearer)

    assert set(answer.get_json()) == keys
    assert {"result": "success", "success": True}.items() >= {
        (key, value) for key, value in answer.get_json().items() if len(keys) == 1
    }


def test_demand_09_a_sender_action_answers_the_recipient_alone(app: GraphApp, igsid: str) -> None:
    answer = app.post("/me/messages", recipient={"id": igsid}, sender_action="typing_on")

    assert answer.get_json() == {"recipient_id": igsid}


def test_demand_10_an_error_has_metas_envelope(app: GraphApp) -> None:
    response = app.send("1")

    error = response.get_json()["error"]
    assert (response.status_code, list(response.get_json())) == (400, ["error"])
    assert list(error) == ["message", "type", "code", "error_subcode", "fbtrace_id"]
    assert json.loads(response.headers["x-app-usage"]).keys() == {
        "call_count", "total_time", "total_cputime",
    }  # fmt: skip


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_demand_10_an_error_may_have_any_status_and_ask_to_wait(app: GraphApp, status: int) -> None:
    wish = {"code": 4, "subcode": 0, "status": status, "retry_after_s": 30}
    app.client.post("/_control/faults", json={"name": "graph_error", **wish})

    response = app.ask("/v25.0/me")

    assert (response.status_code, code_of(response)) == (status, (4, None))
    assert response.headers["Retry-After"] == "30"


def test_demand_10_nobody_is_told_to_wait_who_was_not_meant(app: GraphApp) -> None:
    assert "Retry-After" not in app.ask("/v25.0/me", "EAAwrong").headers


ITEMS = [
    {"method": "GET", "relative_url": "me?fields=id"},
    {"method": "GET", "relative_url": "12345"},
    {"method": "POST", "relative_url": "me/subscribed_apps", "body": "subscribed_fields=messages"},
]


@pytest.mark.parametrize(
    ("version", "encoding", "headers"),
    [
        ("/", "json", True),
        ("/v25.0", "data", False),
        ("/v25.0/", "data", True),
        ("/v25.0", "json", False),
    ],
)
def test_demand_11_a_batch_answers_in_order(
    app: GraphApp, version: str, encoding: str, *, headers: bool
) -> None:
    items = ITEMS if encoding == "json" else json.dumps(ITEMS)
    given = {"access_token": app.world.page.access_token, "batch": items}
    wish = headers if encoding == "json" else str(headers).lower()

    answers = app.client.post(version, **{encoding: {**given, "include_headers": wish}}).get_json()

    assert [one["code"] for one in answers] == [200, 400, 200]
    assert [type(one["body"]) for one in answers] == [str] * 3
    assert json.loads(answers[0]["body"]) == {"id": app.world.page.id}
    assert ["headers" in one for one in answers] == [headers] * 3


@pytest.mark.parametrize(("header", "digest"), [(SHA1, hashlib.sha1), (SHA256, hashlib.sha256)])
def test_demand_12_every_delivery_is_signed_twice(
    app: GraphApp, transport: HandTransport, igsid: str, header: str, digest: Any
) -> None:
    app.send(igsid, "👗 é/<&")
    assert len(transport.requests) == 2

    for request in transport.requests:
        mac = hmac.new(app.world.app.secret.encode(), request.body, digest)
        assert request.headers[header] == f"{mac.name.removeprefix('hmac-')}={mac.hexdigest()}"


def test_demand_13_a_picture_can_be_loaded_until_it_expires(app: GraphApp, igsid: str) -> None:
    url = app.read(f"/v25.0/{igsid}", fields="profile_pic")["profile_pic"]

    loaded = app.client.get(urlsplit(url).path, query_string=urlsplit(url).query)

    assert int(parse_qs(urlsplit(url).query)["ext"][0]) > app.world.now_ms() // 1000
    assert loaded.headers["Content-Type"].startswith("image/")
    assert int(loaded.headers["Content-Length"]) == len(loaded.data) > 0


def test_demand_13_an_attachment_can_be_loaded(app: GraphApp, transport: HandTransport) -> None:
    app.client.post(
        f"/_control/customers/{app.tester.username}/messages", json={"attachment": "audio"}
    )
    [item] = json.loads(transport.requests[-1].body)["entry"][0]["messaging"]
    url = urlsplit(item["message"]["attachments"][0]["payload"]["url"])

    loaded = app.client.get(url.path, query_string=url.query)

    assert loaded.headers["Content-Type"].startswith("audio/")
    assert int(loaded.headers["Content-Length"]) == len(loaded.data) > 0


def ways_to_identify(app: GraphApp) -> dict[str, dict[str, Any]]:
    client = app.world.client(Flavour.FACEBOOK)
    parameters = {"client_id": client.id, "client_secret": client.secret}
    basic = base64.b64encode(f"{client.id}:{client.secret}".encode()).decode()
    return {
        "query": {"query_string": parameters},
        "form": {"data": parameters},
        "json": {"json": parameters},
        "basic": {"headers": {"Authorization": f"Basic {basic}"}},
    }


def asked_for(app: GraphApp, grant: str) -> dict[str, str]:
    """The parameters of a grant; a code and a token of its own each time."""
    if grant == "code":
        code = app.world.issue_code(Flavour.FACEBOOK, REDIRECT).value
        return {"code": code, "redirect_uri": REDIRECT}
    if grant == "client_credentials":
        return {"grant_type": grant}
    return {"grant_type": grant, grant: app.redeem().get_json()["access_token"]}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("grant", ["code", "client_credentials", "fb_exchange_token"])
def test_demand_14_tokens_are_got_in_every_way(app: GraphApp, method: str, grant: str) -> None:
    app.world.answer_permissions(Flavour.FACEBOOK, ("instagram_basic",))

    answers = {
        way: app.client.open(
            "/v25.0/oauth/access_token",
            method=method,
            **{**given, "query_string": {**asked_for(app, grant), **given.get("query_string", {})}},
        ).get_json()
        for way, given in ways_to_identify(app).items()
    }

    assert {way: one.get("token_type") for way, one in answers.items()} == dict.fromkeys(
        ("query", "form", "json", "basic"), "bearer"
    )


@pytest.mark.parametrize("version", ["", "/v25.0"])
@pytest.mark.parametrize(
    ("path", "grant"),
    [("access_token", "ig_exchange_token"), ("refresh_access_token", "ig_refresh_token")],
)
def test_demand_14_instagram_prolongs_without_version(
    app: GraphApp, version: str, path: str, grant: str
) -> None:
    is_refresh = grant == "ig_refresh_token"
    token = instagram_token(app, **({"age_s": 90_000, "life_s": 5_000_000} if is_refresh else {}))
    asked = {
        "grant_type": grant,
        "access_token": token,
        "client_secret": app.world.client(Flavour.INSTAGRAM).secret,
    }

    answer = app.client.get(
        f"{version}/{path}", query_string=asked, headers={"Host": "graph.instagram.com"}
    ).get_json()

    assert answer["token_type"] == "bearer"
    assert answer["expires_in"] == 60 * 24 * 3600


def test_demand_14_a_used_code_is_36009(app: GraphApp) -> None:
    client = app.world.client(Flavour.FACEBOOK)
    code = app.world.issue_code(Flavour.FACEBOOK, REDIRECT).value
    asked = {
        "client_id": client.id,
        "client_secret": client.secret,
        "redirect_uri": REDIRECT,
        "code": code,
    }
    app.client.get("/oauth/access_token", query_string=asked)

    again = app.client.get("/oauth/access_token", query_string=asked)

    assert code_of(again) == (100, 36009)


@pytest.mark.parametrize("holder", ["app", "opaque app", "page", "user"])
def test_demand_15_a_token_is_inspected_with_any_of_the_same_app(
    app: GraphApp, holder: str
) -> None:
    inspected = app.world.page.access_token
    token = {
        "app": app.world.app.token,
        "opaque app": app.world.app_token,
        "page": inspected,
        "user": str(app.redeem().get_json()["access_token"]),
    }[holder]

    data = app.read("/v25.0/debug_token", token, input_token=inspected)["data"]

    assert (data["is_valid"], data["app_id"]) == (True, app.world.app.id)


@pytest.mark.parametrize("written", ["RESPONSE", "Response", "response"])
def test_doubt_case_of_messaging_type_is_folded(app: GraphApp, igsid: str, written: str) -> None:
    response = app.post("/me/messages", **message_to(igsid, messaging_type=written))

    assert is_sent(response, igsid)


def test_doubt_fields_of_a_subscription_are_required(app: GraphApp) -> None:
    response = app.post("/v14.0/me/subscribed_apps")

    assert code_of(response) == (100, None)
    assert "subscribed_fields" in response.get_json()["error"]["message"]


def test_doubt_quotes_may_be_single(app: GraphApp) -> None:
    app.post("/me/subscribed_apps", subscribed_fields="['messages', 'messaging_postbacks']")

    assert app.world.page_fields == ("messages", "messaging_postbacks")


@pytest.mark.parametrize("subscribed", [True, False])
def test_doubt_entries_without_messaging_go_where_they_were_asked_for(
    app: GraphApp, transport: HandTransport, *, subscribed: bool
) -> None:
    fields = ("messages", "comments") if subscribed else ("messages",)
    callback = {"callback_url": "http://app.example/webhook", "fields": list(fields)}
    app.client.post("/_control/webhook/subscription", json=callback)
    transport.requests.clear()
    post = app.world.publish_post(MediaType.FEED, "")

    app.world.comment(app.tester.username, post.id, "Tem azul?")

    assert [b'"changes"' in one.body for one in transport.requests] == [True] * subscribed


@pytest.mark.parametrize("version", ["v3.2", "v2.12"])
def test_doubt_versions_that_are_gone_are_served_by_the_oldest(
    app: GraphApp, igsid: str, version: str
) -> None:
    response = app.post(f"/{version}/me/messages", **message_to(igsid))

    assert is_sent(response, igsid)
    assert response.headers["facebook-api-version"] == "v18.0"


@pytest.mark.parametrize("form", [str, int])
def test_doubt_user_id_is_taken_as_number_and_as_text(app: GraphApp, igsid: str, form: Any) -> None:
    message = {"recipient": {"id": form(igsid)}, "message": {"text": "Olá"}}

    assert is_sent(app.post("/me/messages", **message), igsid)
