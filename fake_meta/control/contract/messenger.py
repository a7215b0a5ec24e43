"""The call about Messenger, `object: page`."""

from __future__ import annotations

from fake_meta.control.contract.call import Call, Wish
from fake_meta.control.contract.fields import Text
from fake_meta.control.contract.wire import Entry


class MessengerWish(Wish):
    """Whose event, which one, and the words in it; `mid` is the message that it speaks of."""

    customer: Text
    event: Text = None
    text: Text = None
    url: Text = None
    mid: Text = None


CALLS = (Call("POST", "/webhook/messenger", "Send an event of Messenger", Entry, MessengerWish),)
