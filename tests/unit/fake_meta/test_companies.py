"""Several companies, each with a Page, an account and an inbox, serve one app (§0.3, §5.1)."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from fake_meta.app import Emulator
from fake_meta.courier import Courier
from fake_meta.domain.accounts import Customer
from fake_meta.domain.errors import NotAllowedError, UnknownAccountError
from fake_meta.domain.login import Flavour
from fake_meta.domain.scopes import USUAL
from fake_meta.domain.signature import sign
from fake_meta.domain.tokens import DAY_MS, TokenKind
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes
from tests.fakes.graph_app import GraphApp, code_of
from tests.fakes.hand_transport import HandTransport
from tests.fakes.surface_visitor import PHONE, WEB, SurfaceVisitor, element

REDIRECT = "https://app.example/done"
SECOND = "loja.dois"


@pytest.fixture
def second(world: World) -> World:
    """The world in the inbox of another company, whose Page the app is installed on."""
    world.create_company(SECOND, "Loja Dois")
    view = world.of(SECOND)
    view.install_on_page(("messages",))
    return view


@pytest.fixture
def first_app(client: FlaskClient, world: World) -> GraphApp:
    return GraphApp(client, world)


@pytest.fixture
def second_app(client: FlaskClient, second: World) -> GraphApp:
    return GraphApp(client, second)


def entries(transport: HandTransport) -> list[dict[str, Any]]:
    return [json.loads(request.body)["entry"][0] for request in transport.requests]


def user_token(world: World, assets: frozenset[str] | None = None) -> str:
    kind = TokenKind.USER
    wish = TokenWish(kind, usual_scopes(kind), DAY_MS, assets=assets)
    return world.issue_token(wish).value


def test_a_new_company_moves_no_id_of_the_first(world: World) -> None:
    before = (world.page, world.account, world.app, world.customers)

    world.create_company()

    assert (world.page, world.account, world.app, world.customers) == before


def test_the_same_seed_makes_the_same_companies(world: World) -> None:
    made = world.create_company()
    token = world.at(made.id).page.access_token
    world.reset()

    again = world.create_company()

    assert (again, world.at(again.id).page.access_token) == (made, token)


def test_a_username_is_given_once(world: World, second: World, tester: Customer) -> None:
    with pytest.raises(NotAllowedError, match=SECOND):
        world.create_company(SECOND.upper())
    with pytest.raises(NotAllowedError, match=tester.username):
        world.create_company(tester.username)
    with pytest.raises(NotAllowedError, match=SECOND):
        world.create_customer({"username": SECOND})


def test_a_company_without_a_wish_gets_a_name_that_is_free(world: World) -> None:
    world.create_company(f"{world.account.username}.3")

    assert world.create_company().username == f"{world.account.username}.4"


def test_an_error_names_a_few_companies_only(world: World) -> None:
    made = [world.create_company() for _ in range(6)]

    with pytest.raises(UnknownAccountError, match="and 2 more") as refusal:
        world.of("x" * 500)

    assert made[-1].username not in refusal.value.sentence
    assert "x" * 41 not in refusal.value.sentence


def test_a_customer_has_another_igsid_with_each_company(
    world: World, second: World, tester: Customer
) -> None:
    there = second.customer(tester.username)

    assert there.igsid != tester.igsid
    assert (there.name, there.role) == (tester.name, tester.role)
    assert second.customer(tester.username) == there


def test_entry_id_tells_whose_inbox_it_is(
    world: World, second: World, tester: Customer, transport: HandTransport
) -> None:
    world.send_text(tester.username, "um")
    second.send_text(tester.username, "dois")

    first, other = entries(transport)
    assert (first["id"], other["id"]) == (world.account.id, second.account.id)
    assert other["messaging"][0]["recipient"]["id"] == second.account.id
    assert other["messaging"][0]["sender"]["id"] == second.customer(tester.username).igsid


def test_threads_stay_apart(world: World, second: World, tester: Customer) -> None:
    second.send_text(tester.username, "dois")

    assert world.thread_of(tester.username) == ()
    assert [one.text for one in second.thread_of(tester.username)] == ["dois"]


def test_each_page_is_subscribed_for_itself(
    world: World, second: World, tester: Customer, transport: HandTransport
) -> None:
    second.uninstall_from_page()
    world.send_text(tester.username, "um")
    second.send_text(tester.username, "dois")

    assert [one["id"] for one in entries(transport)] == [world.account.id]


def test_message_access_is_each_account_s_own(
    world: World, second: World, tester: Customer, transport: HandTransport
) -> None:
    second.set_message_access(is_on=False)
    second.send_text(tester.username, "dois")
    world.send_text(tester.username, "um")

    assert [one["id"] for one in entries(transport)] == [world.account.id]


def test_a_page_token_answers_in_its_own_inbox(
    second: World, second_app: GraphApp, tester: Customer
) -> None:
    second.send_text(tester.username, "dois")

    answer = second_app.send(second.customer(tester.username).igsid, "olá")

    assert answer.status_code == 200, answer.get_json()
    assert [one.text for one in second.thread_of(tester.username)] == ["dois", "olá"]


def test_a_page_token_reaches_no_other_inbox(
    world: World, second: World, second_app: GraphApp, tester: Customer
) -> None:
    mid = world.send_text(tester.username, "um").mid

    assert code_of(second_app.send(tester.igsid))[:2] == (100, 2534014)
    assert second_app.ask(f"/{tester.igsid}").status_code == 400
    assert second_app.ask(f"/{mid}").status_code == 400
    assert second_app.ask(f"/{world.page.id}").status_code == 400


def test_conversations_are_those_of_the_token_s_page(
    world: World, second: World, first_app: GraphApp, second_app: GraphApp, tester: Customer
) -> None:
    world.send_text(tester.username, "um")

    of_first = first_app.read("/me/conversations", platform="instagram")["data"]
    of_second = second_app.read("/me/conversations", platform="instagram")["data"]
    assert (len(of_first), of_second) == (1, [])


def test_a_profile_is_read_by_the_igsid_of_the_inbox(
    second: World, second_app: GraphApp, tester: Customer
) -> None:
    second.send_text(tester.username, "dois")

    igsid = second.customer(tester.username).igsid
    assert second_app.read(f"/{igsid}") == {"name": tester.name, "id": igsid}


def test_me_accounts_lists_every_page_with_its_token(
    world: World, second: World, first_app: GraphApp
) -> None:
    listed = first_app.read(
        "/me/accounts", user_token(world), fields="id,access_token,instagram_business_account"
    )["data"]

    assert [one["id"] for one in listed] == [world.page.id, second.page.id]
    accounts = [one["instagram_business_account"]["id"] for one in listed]
    assert accounts == [world.account.id, second.account.id]
    me = first_app.read("/me", listed[1]["access_token"])
    assert me["id"] == second.page.id


def test_a_person_may_choose_one_page_of_several(
    world: World, second: World, first_app: GraphApp
) -> None:
    token = user_token(world, frozenset({second.page.id}))

    listed = first_app.read("/me/accounts", token)["data"]

    assert [one["id"] for one in listed] == [second.page.id]
    assert first_app.ask(f"/{world.page.id}", token).status_code == 400
    assert first_app.read(f"/{second.page.id}", token)["name"] == "Loja Dois"


def test_debug_token_names_every_page_that_was_granted(
    world: World, second: World, first_app: GraphApp
) -> None:
    token = user_token(world)

    data = first_app.read("/debug_token", input_token=token)["data"]
    targets = {one["scope"]: one["target_ids"] for one in data["granular_scopes"]}

    assert targets["pages_show_list"] == [world.page.id, second.page.id]
    assert targets["instagram_basic"] == [world.account.id, second.account.id]


def test_subscribed_apps_is_about_the_token_s_page(
    world: World, second: World, second_app: GraphApp
) -> None:
    world.uninstall_from_page()

    second_app.post(
        f"/{second.page.id}/subscribed_apps", subscribed_fields="messages,message_echoes"
    )

    assert second.page_fields == ("messages", "message_echoes")
    assert world.page_fields is None


def test_the_greetings_of_one_page_are_not_those_of_another(world: World, second: World) -> None:
    second.set_messenger_profile({"ice_breakers": []})

    assert not world.messenger_profile


def test_media_of_the_second_inbox_is_shown_until_it_is_unsent(
    second: World, client: FlaskClient, tester: Customer
) -> None:
    sent = second.send_media(tester.username, "image")
    path = str(sent.url).removeprefix(second.origin)

    shown = client.get(path).status_code
    second.unsend(tester.username, sent.mid, "mobile")

    assert (shown, client.get(path).status_code) == (200, 404)


def test_what_a_person_is_changes_everywhere_what_they_are_to_one_company_does_not(
    world: World, second: World, tester: Customer
) -> None:
    second.customer(tester.username)

    world.change_customer(tester.username, {"name": "Ana S.", "blocks_business": True})

    there = second.customer(tester.username)
    assert (there.name, there.blocks_business) == ("Ana S.", False)


def test_the_facebook_dialog_offers_every_page(
    client: FlaskClient, world: World, second: World
) -> None:
    page = dialog(client, world, Flavour.FACEBOOK)

    assert re.findall(r'value="(\d+)" data-testid="dialog-page"', page) == [
        world.page.id,
        second.page.id,
    ]


def test_an_account_logs_in_to_itself(client: FlaskClient, second: World) -> None:
    page = dialog(client, second, Flavour.INSTAGRAM)

    assert f"requesting access to {SECOND}" in page


def test_a_code_of_an_account_becomes_its_token(
    client: FlaskClient, world: World, second: World
) -> None:
    second.answer_permissions(Flavour.INSTAGRAM, USUAL[Flavour.INSTAGRAM])
    code = second.issue_code(Flavour.INSTAGRAM, REDIRECT)

    token = world.redeem_code(Flavour.INSTAGRAM, code.value, REDIRECT)

    asked = {"fields": "user_id,username", "access_token": world.prolong(token).value}
    me = client.get("/graph.instagram.com/me", query_string=asked).get_json()
    assert (me["user_id"], me["username"]) == (second.account.id, SECOND)


def test_flavour_b_signs_for_the_account_that_it_subscribed(world: World, second: World) -> None:
    second.install_on_account(("messages",))

    by_b, by_a = second.delivery_target(), world.delivery_target()

    assert by_b is not None
    assert by_a is not None
    assert by_b.secret == world.client(Flavour.INSTAGRAM).secret
    assert by_a.secret == world.app.secret


def dialog(client: FlaskClient, world: World, flavour: Flavour) -> str:
    """The consent page of who logs in."""
    world.configure_client(flavour, {"redirect_uris": (REDIRECT,)})
    paths = {
        Flavour.FACEBOOK: "/www.facebook.com/v25.0/dialog/oauth",
        Flavour.INSTAGRAM: "/www.instagram.com/oauth/authorize",
    }
    asked = {
        "client_id": world.client(flavour).id,
        "redirect_uri": REDIRECT,
        "scope": ",".join(USUAL[flavour]),
    }
    page = client.get(paths[flavour], query_string=asked).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None, page
    person = world.person(flavour)
    typed = {"login": person.login, "password": person.password}
    form = {"csrf_token": token[1], "step": "log-in", **typed}
    return client.post(paths[flavour], query_string=asked, data=form).text


def test_the_control_api_creates_a_company_and_acts_for_it(
    client: FlaskClient, world: World, tester: Customer
) -> None:
    made = client.post("/_control/accounts", json={"username": SECOND})
    written = client.post(
        f"/_control/customers/{tester.username}/messages", json={"text": "oi", "account": SECOND}
    )

    listed = client.get("/_control/world").get_json()["accounts"]
    thread = f"/_control/customers/{tester.username}/thread"
    assert (made.status_code, written.status_code) == (201, 201)
    assert [one["account"]["username"] for one in listed] == [world.account.username, SECOND]
    assert client.get(thread).get_json()["messages"] == []
    there = client.get(thread, query_string={"account": SECOND}).get_json()["messages"]
    assert [one["text"] for one in there] == ["oi"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/_control/account", {"message_access": False}),
        ("/_control/customers/ana.silva", {"follows_business": True}),
    ],
)
def test_a_company_that_is_not_there_is_named(
    client: FlaskClient, world: World, path: str, body: dict[str, Any]
) -> None:
    answer = client.patch(path, json={**body, "account": "nobody"})

    assert answer.status_code == 404
    assert "'nobody'" in answer.get_json()["error"]
    assert world.account.username in answer.get_json()["error"]


def test_the_doctor_examines_one_company(client: FlaskClient, world: World) -> None:
    world.create_company(SECOND)

    first = client.get("/_control/doctor").get_json()["first_wrong"]
    second = client.get("/_control/doctor", query_string={"account": SECOND}).get_json()

    assert first is None or first["layer"] != second["first_wrong"]["layer"]
    assert not second["healthy"]


def test_a_token_is_issued_for_the_account_that_is_named(
    client: FlaskClient, second: World
) -> None:
    token = client.post("/_control/tokens", json={"kind": "page", "account": SECOND}).get_json()

    assert token["subject"] == second.page.id


def test_a_reset_leaves_one_company(client: FlaskClient, world: World, second: World) -> None:
    client.post("/_control/reset")

    assert [one.account.username for one in world.companies()] == [world.account.username]


@pytest.mark.parametrize(("keep", "fields"), [(True, ("messages",)), (False, None)])
def test_a_company_that_comes_again_is_subscribed_as_before(
    client: FlaskClient,
    world: World,
    second: World,
    *,
    keep: bool,
    fields: tuple[str, ...] | None,
) -> None:
    third = world.of(world.create_company().username)
    third.install_on_account(("messages",))
    client.post("/_control/reset", json={"keep_subscriptions": keep})
    client.post("/_control/reset", json={"keep_subscriptions": keep})

    again, later = world.create_company(SECOND), world.create_company()

    assert world.page_fields == fields
    assert world.of(again.username).page_fields == fields
    assert world.of(later.username).page_fields is None
    assert world.of(later.username).account_fields == fields


def fail_for_an_hour(
    failing: World, well: World, tester: Customer, transport: HandTransport, courier: Courier
) -> None:
    """Nothing of one company arrives, everything of the other does."""
    transport.script(500, 200, *[500] * 9)
    failing.send_text(tester.username, "into the void")
    well.send_text(tester.username, "heard")
    courier.advance_clock(3_600_000)


def test_an_hour_of_failure_unsubscribes_the_company_that_failed(
    world: World, second: World, tester: Customer, transport: HandTransport, emulator: Emulator
) -> None:
    courier = emulator.parts.courier
    courier.freeze_clock()

    fail_for_an_hour(second, world, tester, transport, courier)

    assert (world.page_fields, second.page_fields) == (("messages",), None)
    assert world.subscriptions[0].active
    made = len(transport.requests)
    world.send_text(tester.username, "heard")
    second.send_text(tester.username, "unheard")
    assert [one["id"] for one in entries(transport)[made:]] == [world.account.id]


def test_the_subscription_ends_with_its_last_company(
    world: World, second: World, tester: Customer, transport: HandTransport, emulator: Emulator
) -> None:
    courier = emulator.parts.courier
    courier.freeze_clock()
    fail_for_an_hour(second, world, tester, transport, courier)

    transport.script(*[500] * 10)
    world.send_text(tester.username, "into the void")
    courier.advance_clock(3_600_000)

    assert not world.subscriptions[0].active


def test_the_test_button_asks_by_which_login_the_account_is_subscribed(
    client: FlaskClient, world: World, second: World, transport: HandTransport
) -> None:
    second.install_on_account(("messages",))

    client.post("/_control/webhook/test-event", json={"account": world.account.username})
    client.post("/_control/webhook/test-event", json={"account": SECOND})

    by_a, by_b = transport.requests
    by_app, by_instagram = (world.client(one).secret for one in Flavour)
    assert ["messaging" in one for one in entries(transport)] == [True, False]
    assert sign(by_app, by_a.body).items() <= by_a.headers.items()
    assert sign(by_instagram, by_b.body).items() <= by_b.headers.items()


def test_calls_that_are_about_no_company_refuse_to_be_told_one(client: FlaskClient) -> None:
    answer = client.post("/_control/customers", json={"account": SECOND})

    assert answer.status_code == 400
    assert "unknown key 'account'" in answer.get_json()["error"]


@pytest.fixture(params=[WEB, PHONE])
def visitor(
    client: FlaskClient, world: World, second: World, request: pytest.FixtureRequest
) -> SurfaceVisitor:
    """The tester, logged in to a surface, before the second company's door."""
    visitor = SurfaceVisitor(world, request.param, client)
    visitor.log_in()
    visitor.answer_save_login()
    visitor.direct = f"{request.param}/direct/t/{SECOND}/"
    return visitor


def test_every_company_has_a_page_of_its_own(visitor: SurfaceVisitor) -> None:
    page = visitor.get(f"{visitor.prefix}/{SECOND}/")

    title, way = element(page, "page-title"), element(page, "send-message")
    assert title is not None
    assert way is not None
    assert (title.text, way["href"]) == (SECOND, visitor.direct)


def test_what_is_written_in_direct_goes_to_the_company_of_the_thread(
    world: World, second: World, visitor: SurfaceVisitor, tester: Customer
) -> None:
    visitor.write("Olá, loja")

    assert [one.text for one in second.thread_of(tester.username)] == ["Olá, loja"]
    assert world.thread_of(tester.username) == ()


def test_nobody_else_has_a_thread(visitor: SurfaceVisitor) -> None:
    assert visitor.get(f"{visitor.prefix}/direct/t/somebody/").status_code == 404
    assert visitor.get(f"{visitor.prefix}/somebody/").status_code == 404


def test_a_story_tells_the_company_that_it_mentions(
    world: World, second: World, visitor: SurfaceVisitor, tester: Customer
) -> None:
    new = f"{visitor.prefix}/stories/new/"

    visitor.submit(new, new, caption=f"Com @{SECOND}", mention="")

    assert [one.kind for one in second.thread_of(tester.username)] == ["story_mention"]
    assert world.thread_of(tester.username) == ()
