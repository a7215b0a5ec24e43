"""The virtual clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.clock import ClockReading
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json, clock_json
from fake_meta.control.requests import json_object, number
from fake_meta.domain.errors import InvalidRequestError

SLOWEST, FASTEST = 0.01, 100_000.0
LAST_MS = 32_503_680_000_000
"""The first instant of the year 3000: later ones have no place in what Meta sends."""


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """The routes /clock."""

    @blueprint.get("/clock")
    def read_clock() -> Json:
        return clock_json(parts.clock.read())

    @blueprint.post("/clock")
    def steer_clock() -> Json:
        reading = _steer(parts, json_object({"freeze", "advance_s", "real", "scale"}))
        parts.reviewer.catch_up()
        return clock_json(reading)


def _steer(parts: Parts, wishes: Mapping[str, Any]) -> ClockReading:
    if wishes == {"freeze": True}:
        return parts.courier.freeze_clock()
    if wishes == {"real": True}:
        return parts.courier.real_clock()
    if set(wishes) == {"advance_s"}:
        by_ms = round(number("advance_s", wishes["advance_s"]) * 1000)
        if parts.clock.now_ms() + by_ms > LAST_MS:
            raise InvalidRequestError("the clock goes no further than the year 3000")
        return parts.courier.advance_clock(by_ms)
    if set(wishes) == {"scale"}:
        return parts.courier.scale_clock(_scale(wishes["scale"]))
    raise InvalidRequestError(
        'the clock takes {"freeze":true}, {"advance_s":seconds}, {"scale":times} or {"real":true}'
    )


def _scale(value: Any) -> float:
    scale = number("scale", value)
    if not SLOWEST <= scale <= FASTEST:
        raise InvalidRequestError(
            f"scale must be {SLOWEST:g} to {FASTEST:g} times as fast as real time, not {scale:g}"
        )
    return scale
