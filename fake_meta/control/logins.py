"""Logins: settings of the app, tokens, and the callbacks about people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import flask

from fake_meta.control.company import company_object, company_of
from fake_meta.control.parts import Parts
from fake_meta.control.rendering import Json
from fake_meta.control.requests import (
    Parser,
    boolean,
    json_object,
    member,
    number,
    optional,
    parsed,
    short,
    text,
    texts,
    whole_number,
)
from fake_meta.courier import CallbackWish
from fake_meta.domain.errors import InvalidRequestError
from fake_meta.domain.login import Flavour
from fake_meta.domain.signed_request import CallbackKind, Flaw
from fake_meta.domain.tokens import (
    IG_SHORT_LIFE_MS,
    SHORT_LIFE_MS,
    DeathCause,
    Token,
    TokenKind,
    masked,
)
from fake_meta.journal import told
from fake_meta.world import TokenWish, World
from fake_meta.world.login_state import usual_scopes

_DIALOGS = {
    Flavour.FACEBOOK: "/www.facebook.com/v25.0/dialog/oauth",
    Flavour.INSTAGRAM: "/www.instagram.com/oauth/authorize",
}
_REDIRECT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[\x21\x22\x24-\x7e]+")
_LIVES_MS = {TokenKind.USER: SHORT_LIFE_MS, TokenKind.IG_USER: IG_SHORT_LIFE_MS}


def add_routes(blueprint: flask.Blueprint, parts: Parts) -> None:
    """Routes under /login, /tokens and /callbacks."""
    _add_settings(blueprint, parts.world)
    _add_tokens(blueprint, parts.world)
    _add_callbacks(blueprint, parts)


def login_json(world: World) -> Json:
    """LOGIN of both flavours."""
    return {str(flavour): _flavour_json(world, flavour) for flavour in Flavour}


def _add_settings(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.get("/login")
    def read_logins() -> Json:
        return login_json(world)

    @blueprint.patch("/login/<name>")
    def configure_login(name: str) -> Json:
        flavour = member(Flavour, "the flavour", name)
        world.configure_client(flavour, parsed(json_object(SETTINGS), SETTINGS))
        return _flavour_json(world, flavour)

    @blueprint.post("/login/<name>/secret")
    def reset_secret(name: str) -> Json:
        json_object(())
        flavour = member(Flavour, "the flavour", name)
        world.reset_secret(flavour)
        return _flavour_json(world, flavour)

    @blueprint.post("/login/<name>/kill")
    def kill_tokens_of_person(name: str) -> Json:
        flavour = member(Flavour, "the flavour", name)
        cause = member(DeathCause, "cause", company_object({"cause"}).get("cause"))
        company_of(world)().kill_tokens_of(flavour, cause)
        owner = company_of(world)().person(flavour).id
        doomed = [one for one in world.tokens if one.user_id == owner]
        return {"tokens": [_token_json(world, one) for one in doomed]}


def _add_tokens(blueprint: flask.Blueprint, world: World) -> None:
    @blueprint.get("/tokens")
    def list_tokens() -> Json:
        return {"tokens": [_token_json(world, one) for one in world.tokens]}

    @blueprint.post("/tokens")
    def issue_token() -> tuple[Json, int]:
        wish = _wish(company_object({"kind", "scopes", "age_s", "life_s"}))
        token = company_of(world)().issue_token(wish)
        return {**_token_json(world, token), "access_token": token.value}, 201

    @blueprint.post("/tokens/<token_id>/kill")
    def kill_token(token_id: str) -> Json:
        cause = member(DeathCause, "cause", json_object({"cause"}).get("cause"))
        return _token_json(world, world.kill_token(token_id, cause))


def _add_callbacks(blueprint: flask.Blueprint, parts: Parts) -> None:
    @blueprint.post("/callbacks/replay")
    def replay() -> Json:
        seq = whole_number("seq", json_object({"seq"}).get("seq"))
        return told(parts.callbacks.replay(seq))

    @blueprint.post("/callbacks/<name>")
    def call_back(name: str) -> Json:
        kind = member(CallbackKind, "the callback", name)
        given = company_object({"flavour", "flaw", "user_id", "remove_app"})
        world = company_of(parts.world)()
        flavour = member(Flavour, "flavour", given.get("flavour", Flavour.FACEBOOK))
        wish = CallbackWish(
            kind=kind,
            flavour=flavour,
            flaw=member(Flaw, "flaw", given.get("flaw", Flaw.NONE)),
            user_id=text("user_id", given.get("user_id", world.person(flavour).id)),
        )
        genuine = kind is CallbackKind.DEAUTHORIZE and wish.flaw is Flaw.NONE
        removes = boolean("remove_app", given.get("remove_app", genuine))
        entries = parts.callbacks.send(wish)
        if removes:
            world.remove_app(flavour)
        return {"entries": [told(entry) for entry in entries]}


def _address(name: str, value: Any) -> str:
    url = text(name, value)
    if not url.startswith(("http://", "https://")):
        raise InvalidRequestError(f"{name} must begin with http:// or https://, not {short(value)}")
    return url


def _redirect_uris(name: str, value: Any) -> tuple[str, ...]:
    uris = texts(name, value)
    for uri in uris:
        if not _REDIRECT.fullmatch(uri):
            raise InvalidRequestError(
                f"{name} must be absolute addresses without blanks and #, not {uri!r}"
            )
    return uris


SETTINGS: Mapping[str, Parser] = {
    "redirect_uris": _redirect_uris,
    "deauthorize_url": optional(_address),
    "data_deletion_url": optional(_address),
    "proof_required": boolean,
    "array_answers": boolean,
}


def _wish(given: Mapping[str, Any]) -> TokenWish:
    kind = member(TokenKind, "kind", given.get("kind"))
    scopes = texts("scopes", given["scopes"]) if "scopes" in given else usual_scopes(kind)
    life_ms = _LIVES_MS.get(kind)
    if "life_s" in given:
        life_s = given["life_s"]
        life_ms = None if life_s is None else round(number("life_s", life_s) * 1000)
    age_ms = round(number("age_s", given.get("age_s", 0)) * 1000)
    return TokenWish(kind, scopes, life_ms, age_ms)


def _flavour_json(world: World, flavour: Flavour) -> Json:
    client, person = world.client(flavour), world.person(flavour)
    return {
        "client_id": client.id,
        "client_secret": client.secret,
        "dialog": f"{world.origin}{_DIALOGS[flavour]}",
        "person": {
            "id": person.id,
            "name": person.name,
            "login": person.login,
            "password": person.password,
        },
        "granted": dict(world.grants(flavour)),
        "redirect_uris": list(client.redirect_uris),
        "deauthorize_url": client.deauthorize_url,
        "data_deletion_url": client.data_deletion_url,
        "proof_required": client.proof_required,
        "array_answers": client.array_answers,
    }


def _token_json(world: World, token: Token) -> Json:
    death = token.death_at(world.now_ms())
    return {
        "id": token.id,
        "kind": token.kind,
        "masked": masked(token.value),
        "subject": token.subject,
        "user_id": token.user_id,
        "scopes": list(world.scopes_in_force(token)),
        "issued_ms": token.issued_ms,
        "expires_ms": token.expires_ms,
        "data_access_until_ms": token.data_access_until_ms,
        "alive": death is None,
        "cause": death,
    }
