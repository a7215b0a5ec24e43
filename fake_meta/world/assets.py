"""The verb behind the CDN: what an address shows, as long as it shows anything."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from fake_meta.domain.errors import AssetGoneError
from fake_meta.domain.identifiers import Igsid
from fake_meta.domain.stories import is_over
from fake_meta.world.core import CDN_PATH, WorldCore
from fake_meta.world.state import Asset


@dataclass(frozen=True, slots=True)
class AssetView:
    """What the CDN shows: `content` when Meta downloaded it, else a drawing.

    `kind` is story, image, video, audio, file or profile; `id` is the `asset_id`.
    """

    kind: str
    label: str
    tint: int
    content: tuple[str, bytes] | None = None
    id: str = ""


class AssetVerbs(WorldCore):
    """Things on the CDN."""

    def asset(self, asset_id: str, signature: str) -> AssetView:
        """What lies at this address; `AssetGoneError` when nothing does (meta-contract §9.2)."""
        with self._lock:
            asset = self._state.assets.get(asset_id)
            if asset is None or not hmac.compare_digest(
                asset.signature.encode(), signature.encode()
            ):
                raise AssetGoneError(f"the CDN has no asset {asset_id!r} with this signature")
            if self._is_gone(asset):
                raise AssetGoneError(f"the asset {asset_id} went with its story or message")
            return AssetView(asset.kind, asset.label, int(asset_id), asset.content, asset_id)

    def asset_at(self, url: str) -> AssetView | None:
        """What lies at one of the CDN's own addresses; None elsewhere, and for what is gone."""
        if CDN_PATH not in url:
            return None
        asked = parse_qs(urlsplit(url).query)
        try:
            return self.asset(asked["asset_id"][0], asked["signature"][0])
        except (AssetGoneError, KeyError):
            return None

    def profile_picture(self, igsid: str) -> AssetView:
        """The picture of a customer or of the company."""
        with self._lock:
            name = self._name_of(igsid)
            if name is None:
                raise AssetGoneError(f"the CDN has no picture of {igsid!r}")
            initials = "".join(word[0] for word in name.split()[:2])
            return AssetView("profile", initials, int(igsid) if igsid.isdecimal() else 0)

    def _name_of(self, owner: str) -> str | None:
        state = self._state
        if owner in state.inboxes:
            return state.inboxes[owner].account.name
        for inbox in state.all_inboxes():
            if owner in inbox.by_igsid:
                return inbox.by_igsid[Igsid(owner)].customer.name
        return None

    def _is_gone(self, asset: Asset) -> bool:
        inbox = self._inbox_of(asset.home)
        if asset.story_id is not None:
            story = inbox.stories[asset.story_id]
            return story.gone or is_over(story.published_ms, self._clock.now_ms())
        if asset.mid is not None:
            place = self._state.archive.place_of(asset.mid)
            return place is not None and self._state.archive.at(*place).unsent
        return False
