"""The catalogue of real bugs of contact centres on Instagram, by number; a test proves each.

`must` and `should` are the suite's; numbers are those of the catalogue and have gaps.
"""

from __future__ import annotations

from collections.abc import Mapping

MUST: Mapping[int, str] = {
    1: "anyone could inject messages",
    2: "signature mismatch only for some texts",
    4: "the same message two or three times",
    5: "event acknowledged and lost",
    6: "only the first event of a batch handled",
    7: "batch of mixed kinds crashes",
    8: "one unknown event floods with retries",
    10: "intake fails for long message ids",
    16: "the app never subscribed to the Page",
    19: "the same webhook redelivered",
    20: "one album, many conversations",
    21: "messages dropped in a burst",
    23: "our own message as a new customer",
    24: "greeting shown twice",
    25: "the agent's reply doubled",
    28: "customer of page B answered in page A's room",
    31: "Meta's review bot without a profile",
    32: "consent missing",
    33: "invented name",
    34: "no name without the permission",
    37: "mention broken until refresh",
    38: "mention and unsend unsupported",
    39: "empty message for unsupported content",
    40: "expired story shows a broken picture",
    41: "story media stored",
    43: "story reply without its story",
    44: "new attachment type fails",
    46: "text says deleted, picture stays",
    47: "deletion visible only after refresh",
    48: "deletion handled before the message",
    51: "unsend on the website not reflected",
    52: "delete in the console, message stays in Instagram",
    56: "composer locked although the window is open",
    57: "HUMAN_AGENT on everything",
    58: "message outside the window looked sent",
    59: "bytes and characters confused",
    62: "token expired and nobody told",
    63: "inbound discarded while the token is bad",
    66: "a freed slot does not pull the queue",
    67: "uneven load",
    68: "cap not enforced",
    69: "chat stuck with an absent agent",
    71: "agent works on a stale screen",
    72: "reopen versus new",
}
SHOULD: Mapping[int, str] = {
    11: "handshake reflects markup",
    12: "right verify token refused after a restart",
    14: "read receipts of two shapes",
    15: "the dashboard's test button creates junk",
    17: "some users' messages never arrive in development mode",
    18: "another app owns the thread",
    27: "answer of a send lost",
    35: "first message on a new channel fails",
    42: "outgoing pictures vanished",
    53: "reactions lost or counted as messages",
    54: "ice-breaker clicks invisible",
    60: "voice notes fail, PDF wrongly blocked",
    65: "automatic greeting to every mention",
}
# What no test can prove yet, and why.
UNPROVED: Mapping[int, str] = {}
