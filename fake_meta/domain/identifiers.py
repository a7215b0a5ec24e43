"""Ids in the shapes Meta's have, drawn from a source of bits that the caller passes in.

Source of the shapes: meta-contract §0.3.
"""

from __future__ import annotations

import base64
import binascii
from typing import NewType, Protocol

Igsid = NewType("Igsid", str)
Igid = NewType("Igid", str)
Mid = NewType("Mid", str)
StoryId = NewType("StoryId", str)
ThreadNumber = NewType("ThreadNumber", str)

_THREAD_PREFIX = "340282366841710300949128"
_ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_URL_SAFE = _ALPHANUMERIC + "-_"
_URL_SAFE_BASE64 = bytes.maketrans(b"+/", b"-_")
_PSID_DIGITS = 17
_POWERS = tuple(10**count for count in range(40))


class Randomness(Protocol):
    """The part of `random.Random` that ids are made from."""

    def getrandbits(self, k: int, /) -> int:
        """Return `k` random bits as an integer."""
        ...


def digits(source: Randomness, count: int) -> str:
    """`count` decimal digits; leading zeros are possible."""
    return str(source.getrandbits(count * 4) % _POWERS[count]).zfill(count)


def text_of(source: Randomness, alphabet: str, count: int) -> str:
    """`count` characters of `alphabet`."""
    number, base = source.getrandbits(count * 7), len(alphabet)
    chosen = []
    for _ in range(count):
        number, index = divmod(number, base)
        chosen.append(alphabet[index])
    return "".join(chosen)


def new_igid(source: Randomness) -> Igid:
    """Id of an Instagram professional account: 17 digits that start 178414."""
    return Igid("178414" + digits(source, 11))


def new_igsid(source: Randomness) -> Igsid:
    """Instagram-scoped id of a customer: 16 digits that never start 17841."""
    return Igsid(str(3 + source.getrandbits(16) % 7) + digits(source, 15))


def new_page_id(source: Randomness) -> str:
    """Id of a Facebook Page: 15 digits."""
    return "1" + digits(source, 14)


def new_app_id(source: Randomness) -> str:
    """Id of a Meta app: 16 digits."""
    return "2" + digits(source, 15)


def new_secret(source: Randomness) -> str:
    """App secret: 32 lowercase hex digits."""
    return f"{source.getrandbits(128):032x}"


def new_verify_token(source: Randomness) -> str:
    """The token that the app's owner types into the App Dashboard."""
    return "verify-" + text_of(source, _ALPHANUMERIC, 20)


def new_access_token(source: Randomness) -> str:
    """Page access token: EAA and 180 letters and digits."""
    return "EAA" + text_of(source, _ALPHANUMERIC, 180)


def new_instagram_token(source: Randomness) -> str:
    """Instagram user access token: IGAA and 180 letters and digits."""
    return "IGAA" + text_of(source, _ALPHANUMERIC, 180)


def new_app_token_end(source: Randomness) -> str:
    """The opaque part of an app token, after app-id|."""
    return text_of(source, _URL_SAFE, 27)


def new_scoped_id(source: Randomness) -> str:
    """App-scoped id of a person who logs in: 17 digits that never start 17841."""
    return "2" + digits(source, 16)


def new_code(source: Randomness) -> str:
    """An authorization code: AQ and 200 characters that need no escape in an address."""
    return "AQ" + text_of(source, _URL_SAFE, 200)


def new_password(source: Randomness) -> str:
    """A password that can be read aloud to a reviewer."""
    return "Ig-" + text_of(source, "abcdefghjkmnpqrstuvwxyz23456789", 8)


def new_story_id(source: Randomness) -> StoryId:
    """Id of a story: 17 digits that start 180."""
    return StoryId("180" + digits(source, 14))


def new_asset_id(source: Randomness) -> str:
    """`asset_id` of a CDN address: 16 digits."""
    return "1" + digits(source, 15)


def new_asset_signature(source: Randomness) -> str:
    """`signature` of a CDN address."""
    return "Ab" + text_of(source, _URL_SAFE, 40)


def new_trace_id(source: Randomness) -> str:
    """`fbtrace_id`: A and 22 characters."""
    drawn = binascii.b2a_base64(source.getrandbits(136).to_bytes(17, "big"), newline=False)
    return "A" + drawn[:22].translate(_URL_SAFE_BASE64).decode()


def new_thread_number(source: Randomness) -> ThreadNumber:
    """Number of a Direct thread: 39 digits with the observed beginning."""
    return ThreadNumber(_THREAD_PREFIX + digits(source, 15))


def new_psid(source: Randomness) -> Igsid:
    """Page-scoped id of a person: 17 digits, which no IGSID has (meta-contract §0.3)."""
    return Igsid("2" + digits(source, _PSID_DIGITS - 1))


def looks_like_psid(person_id: str) -> bool:
    """The shape that `new_psid` makes."""
    return len(person_id) == _PSID_DIGITS and person_id[0] == "2" and person_id.isdecimal()


def new_messenger_thread(source: Randomness) -> ThreadNumber:
    """Number of a Messenger thread, which is its conversation's id: t_ and 15 digits."""
    return ThreadNumber("t_1" + digits(source, 14))


def new_messenger_mid(source: Randomness) -> Mid:
    """Id of a Messenger message: m_ and 86 characters (meta-contract §0.3)."""
    return Mid("m_" + text_of(source, _URL_SAFE, 86))


def new_mid(source: Randomness, account: Igid, thread: ThreadNumber) -> Mid:
    """Id of a message of `thread` as `account` sees it: 164 characters."""
    item = "3" + digits(source, 34)
    return Mid(escape(f"ig_dm_item:1:IGMessageID:{account}:{thread}:{item}"))


def conversation_id(account: Igid, thread: ThreadNumber) -> str:
    """Id of a conversation as the Conversations API shows it."""
    return escape(f"ig_dm:1:IGMessageThread:{account}:{thread}")


def escape(plain: str) -> str:
    """Base64 with Meta's observed escapes: every Z becomes ZA, every = becomes ZD."""
    encoded = base64.b64encode(plain.encode()).decode()
    return encoded.replace("Z", "ZA").replace("=", "ZD")


def unescape(escaped: str) -> str:
    """The Base64 that `escape` hid."""
    return escaped.replace("ZD", "=").replace("ZA", "Z")
