"""Log in, "Save your login information?", log out (review steps 6 and 7)."""

import pytest

from fake_meta.world import World
from tests.fakes.listening_world import RecordingOutbox, listening_world
from tests.fakes.surface_visitor import PHONE, WEB, SurfaceVisitor, element


@pytest.fixture
def world() -> World:
    return listening_world(RecordingOutbox())


@pytest.fixture(params=[WEB, PHONE])
def visitor(world: World, request: pytest.FixtureRequest) -> SurfaceVisitor:
    return SurfaceVisitor(world, request.param)


def test_the_company_page_carries_the_username(visitor: SurfaceVisitor) -> None:
    page = visitor.get(visitor.company)

    assert "<title>empresa.exemplo</title>" in page.text
    assert element(page, "page-title").get_text() == "empresa.exemplo"
    assert element(page, "enter").get_text() == "Enter"


def test_a_signed_out_visitor_is_offered_no_message(visitor: SurfaceVisitor) -> None:
    assert element(visitor.get(visitor.company), "send-message") is None


def test_the_address_without_its_last_slash_works(visitor: SurfaceVisitor) -> None:
    page = visitor.get(visitor.company.rstrip("/"), follow_redirects=True)

    assert page.status_code == 200
    assert page.request.path == visitor.company


@pytest.mark.parametrize("path", ["/nobody.here/", "/a/b/c", "/direct/t/nobody.here/"])
def test_other_names_are_not_available(visitor: SurfaceVisitor, path: str) -> None:
    visitor.log_in()

    page = visitor.get(visitor.prefix + path)

    assert page.status_code == 404
    assert "Sorry, this page isn&#39;t available." in page.text


def test_refusals_do_not_tell_who_exists(visitor: SurfaceVisitor) -> None:
    wrong_password = visitor.try_password("wrong")
    unknown_person = visitor.try_password("wrong", username="nobody.here")

    assert (wrong_password.status_code, unknown_person.status_code) == (401, 401)
    assert element(wrong_password, "login-error") == element(unknown_person, "login-error")


def test_logging_in_asks_whether_to_save_it(visitor: SurfaceVisitor) -> None:
    page = visitor.get(visitor.log_in().location)

    assert "Save your login information?" in page.text
    assert element(page, "save-info").get_text() == "Save info"
    assert element(page, "not-now").get_text() == "Not now"


def test_not_now_leads_to_the_company_page(visitor: SurfaceVisitor) -> None:
    visitor.log_in()

    page = visitor.get(visitor.answer_save_login().location)

    assert element(page, "page-title").get_text() == "empresa.exemplo"
    assert element(page, "send-message").get_text() == "Send Message"
    assert element(page, "new-story") is not None


def test_the_question_is_not_asked_again_in_the_session(visitor: SurfaceVisitor) -> None:
    visitor.log_in()
    visitor.answer_save_login()
    visitor.get(f"{visitor.prefix}/accounts/logout/")

    assert visitor.log_in().location == visitor.company


def test_the_question_itself_is_gone_once_answered(visitor: SurfaceVisitor) -> None:
    visitor.log_in()
    visitor.answer_save_login()

    page = visitor.get(f"{visitor.prefix}/accounts/onetap/")

    assert (page.status_code, page.location) == (303, visitor.company)


def test_a_new_session_is_asked(world: World) -> None:
    first = SurfaceVisitor(world)
    first.log_in()
    first.answer_save_login()

    assert "/accounts/onetap/" in SurfaceVisitor(world).log_in().location


@pytest.mark.parametrize("path", ["/direct/t/empresa.exemplo/", "/stories/new/"])
def test_pages_of_a_customer_ask_to_log_in_first(visitor: SurfaceVisitor, path: str) -> None:
    turned_away = visitor.get(visitor.prefix + path)

    assert turned_away.location == f"{visitor.prefix}/accounts/login/?next={visitor.prefix}{path}"


def test_after_logging_in_one_gets_where_one_wanted(visitor: SurfaceVisitor) -> None:
    visitor.get(visitor.log_in(next=visitor.direct).location)
    onetap = f"{visitor.prefix}/accounts/onetap/"

    answer = visitor.submit(f"{onetap}?next={visitor.direct}", onetap, next=visitor.direct)

    assert answer.location == visitor.direct


def test_logging_in_never_leads_off_the_surface(visitor: SurfaceVisitor) -> None:
    answer = visitor.log_in(next="https://evil.example/")

    assert "evil" not in answer.location


def test_logging_out_ends_the_session(visitor: SurfaceVisitor) -> None:
    visitor.log_in()

    visitor.get(f"{visitor.prefix}/accounts/logout/")

    assert element(visitor.get(visitor.company), "enter") is not None


def test_a_customer_whom_a_reset_removed_is_logged_out(
    visitor: SurfaceVisitor, world: World
) -> None:
    stranger = world.create_customer({"username": "stranger", "password": "secret"})
    visitor.try_password("secret", username=stranger.username)

    world.reset()

    assert element(visitor.get(visitor.company), "enter") is not None


def test_following_shows_and_ends(visitor: SurfaceVisitor, world: World) -> None:
    visitor.log_in()
    visitor.answer_save_login()

    visitor.submit(visitor.company, f"{visitor.company}follow")

    assert world.customer(visitor.me.username).follows_business
    assert element(visitor.get(visitor.company), "follow").get_text() == "Following"


def test_the_cookie_is_hidden_from_scripts_and_other_sites(visitor: SurfaceVisitor) -> None:
    (cookie,) = visitor.log_in().headers.getlist("Set-Cookie")

    assert cookie.startswith("ig_sessionid=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_without_its_token_is_refused(visitor: SurfaceVisitor, world: World) -> None:
    visitor.log_in()

    answer = visitor.client.post(visitor.direct, data={"text": "forged"})

    assert answer.status_code == 403
    assert world.thread_of(visitor.me.username) == ()


def test_pages_are_neither_stored_nor_open_to_foreign_scripts(visitor: SurfaceVisitor) -> None:
    headers = visitor.get(visitor.company).headers

    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'self'; img-src 'self' data:" in headers["Content-Security-Policy"]


def test_a_page_loads_nothing_from_elsewhere(visitor: SurfaceVisitor) -> None:
    visitor.log_in()
    visitor.answer_save_login()

    assert "://" not in visitor.get(visitor.company).text
