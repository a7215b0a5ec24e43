"""A story mention without its address (meta-contract §9.2, §12 row 12)."""

from __future__ import annotations

from fake_meta.faults.fault import webhook_fault
from fake_meta.faults.plans import Parcel, Values


def _apply(parcel: Parcel, _values: Values) -> Parcel:
    message = parcel.event.item["message"]
    bare = [{**one, "payload": {}} for one in message.get("attachments", ())]
    item = {**parcel.event.item, "message": {**message, "attachments": bare}}
    return parcel.with_item(item)


FAULT = webhook_fault(
    "story_without_url",
    "A story mention comes without the address of the story.",
    "9.2",
    _apply,
    quirks=(12,),
    fixed_scope={"event": "story_mention"},
)
