"""Secrets do not travel in reports."""

import pytest

from reports.masking import MASK, masked, masked_entry


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/me?fields=id&access_token=abc", f"/me?fields=id&access_token={MASK}"),
        ('{"access_token": "a\\"b", "text": "hi"}', f'{{"access_token": "{MASK}", "text": "hi"}}'),
        ("login=ana&password=Aa123*", f"login=ana&password={MASK}"),
        ("Authorization: Bearer xyz", f"Authorization: Bearer {MASK}"),
        ("token EAABsbCS1iHgBO7 ends", f"token {MASK} ends"),
        ("?hub.verify_token=v&hub.challenge=9", f"?hub.verify_token={MASK}&hub.challenge=9"),
        ("my password is easy", "my password is easy"),
    ],
)
def test_secrets_in_known_places_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_known_values_are_masked_wherever_they_stand_also_encoded() -> None:
    assert masked("a=s/1 b=s%2F1", ["s/1"]) == f"a={MASK} b={MASK}"


def test_an_empty_secret_masks_nothing() -> None:
    assert masked("abc", [""]) == "abc"


def test_an_entry_is_masked_in_depth_and_keeps_its_numbers_and_its_signature() -> None:
    entry = {
        "seq": 3,
        "request": {
            "url": "/me?access_token=abc",
            "headers": {"Cookie": "s=1", "X-Hub-Signature-256": "sha256=ff"},
        },
        "mids": ["m1"],
    }

    assert masked_entry(entry) == {
        "seq": 3,
        "request": {
            "url": f"/me?access_token={MASK}",
            "headers": {"Cookie": MASK, "X-Hub-Signature-256": "sha256=ff"},
        },
        "mids": ["m1"],
    }
