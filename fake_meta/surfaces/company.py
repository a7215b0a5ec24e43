"""Whose page or thread an address of a surface names."""

from __future__ import annotations

import flask

from fake_meta.domain.errors import UnknownAccountError
from fake_meta.surfaces.visitors import Visitors
from fake_meta.world import World


def company_in_address(world: World) -> World:
    """The world in the inbox of the company that the present address names; else the first's."""
    name = (flask.request.view_args or {}).get("name")
    if name is None:
        return world
    try:
        return world.of(str(name))
    except UnknownAccountError:
        return world


class CompanyPages:
    """Pages about the company that their address names."""

    def __init__(self, world: World, visitors: Visitors) -> None:
        self._everything = world
        self._visitors = visitors

    @property
    def _world(self) -> World:
        return company_in_address(self._everything)
