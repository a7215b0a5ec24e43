"""How somebody came to the conversation: links and advertisements (meta-contract §3.2, §3.8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.platforms import Platform

ADVERTISEMENT, SHORT_LINK, OPEN_THREAD = "ADS", "SHORTLINK", "OPEN_THREAD"
_REF = re.compile(r"[A-Za-z0-9_=-]+")
_ON_MESSENGER = (ADVERTISEMENT, SHORT_LINK)
_ORDER = ("ref", "ad_id", "source", "type")

Referral = dict[str, Any]


def of_link(platform: Platform, name: str, wish: Mapping[str, Any], *, page: str = "") -> Referral:
    """An opened link: Instagram's names itself as `source`, Messenger's is a SHORTLINK (§3.8).

    `name` is the account's username; `page` the id in Messenger's link.
    """
    if platform is Platform.MESSENGER:
        usual = {"source": SHORT_LINK, "type": OPEN_THREAD}
        found = _in_order({**usual, **wish})
        return {**_checked(found, platform), "referer_uri": f"https://m.me/{page}"}
    usual = {"source": f"https://ig.me/m/{name}", "type": OPEN_THREAD}
    return _checked(_in_order({**usual, **wish}), platform)


def of_message(platform: Platform, wish: Mapping[str, Any]) -> Referral:
    """What stands in a message: a product of the shop, or an advertisement (§3.2)."""
    if "product" in wish:
        return dict(wish)
    usual = {"source": ADVERTISEMENT, "type": OPEN_THREAD}
    found = _checked(_in_order({**usual, **wish}), platform)
    if platform is Platform.INSTAGRAM and found["source"] != ADVERTISEMENT:
        raise InvalidRequestError(
            f"source of a referral in a message is {ADVERTISEMENT} on Instagram, not "
            f"{found['source']!r}; a link is opened by …/referrals (meta-contract §3.2, §3.8)"
        )
    return found


def _in_order(referral: Mapping[str, Any]) -> Referral:
    """Meta's order of the keys; those that it does not name come last."""
    first = {key: referral[key] for key in _ORDER if key in referral}
    return {**first, **referral}


def _checked(referral: Referral, platform: Platform) -> Referral:
    ref = referral.get("ref")
    if ref is not None and (not isinstance(ref, str) or not _REF.fullmatch(ref)):
        raise InvalidRequestError(
            f"ref is made of letters, digits, -, _ and = (meta-contract §3.8), not {ref!r}"[:200]
        )
    for key in ("source", "type"):
        if not isinstance(referral[key], str) or not referral[key]:
            raise InvalidRequestError(f"{key} of a referral must be a text")
    if platform is Platform.MESSENGER and referral["source"] not in _ON_MESSENGER:
        raise InvalidRequestError(
            f"source must be {' or '.join(_ON_MESSENGER)} on Messenger (meta-contract §3.8), "
            f"not {referral['source']!r}"[:200]
        )
    return referral
