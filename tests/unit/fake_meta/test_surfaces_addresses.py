"""Addresses: no open redirect, nothing loaded from elsewhere."""

import pytest

from fake_meta.surfaces.addresses import own_path, safe_next

HOME = "/www.instagram.com/company/"


@pytest.mark.parametrize(
    "wanted",
    [
        "/www.instagram.com/direct/t/company/",
        "/www.instagram.com/stories/new/?draft=1",
        "/www.instagram.com/direct/t/company/unsend?mid=aWdf//x=",
    ],
)
def test_an_address_inside_the_surface_is_kept(wanted: str) -> None:
    assert safe_next(wanted, "/www.instagram.com", HOME) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/www.instagram.com.evil.example/",
        "/www.instagram.com",
        "/instagram-app/direct/t/company/",
        "/www.instagram.com/..//evil.example/",
        "/www.instagram.com//evil.example/",
        "/www.instagram.com/x\r\nSet-Cookie: a=b",
        "/www.instagram.com/x?\\evil",
        "/www.instagram.com/accounts/logout/",
    ],
)
def test_any_other_address_falls_back(wanted: str | None) -> None:
    assert safe_next(wanted, "/www.instagram.com", HOME) == HOME


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://meta.test:8701/lookaside/?a=1", "/lookaside/?a=1"),
        ("http://meta.test:87010/lookaside/?a=1", None),
        ("https://elsewhere.test/picture.png", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_only_what_lies_on_the_emulator_has_a_path(url: str | None, path: str | None) -> None:
    assert own_path(url, "http://meta.test:8701") == path
