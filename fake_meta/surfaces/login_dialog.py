"""The login dialogs of both flavours: log in, grant or decline, return to the app (§6.1, §6.2)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

import flask
from flask.typing import ResponseReturnValue

from fake_meta.domain.login import Flavour, GrantStatus
from fake_meta.domain.tokens import Token
from fake_meta.surfaces.dialog_answers import CODE, GRANTED_SCOPES, TOKEN
from fake_meta.surfaces.dialog_request import (
    REQUIRED,
    DialogRefusedError,
    DialogRequest,
    read_request,
)
from fake_meta.surfaces.dialog_words import BRANDS, LOGIN_LABELS, WORDS
from fake_meta.surfaces.sessions import Session, SessionStore
from fake_meta.world import World

# No form-action: the answer to the form sends the browser to the app's own address.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
REFUSED = "The password that you've entered is incorrect."
EXPIRED = "This page has expired. Try again."


@dataclass(frozen=True, slots=True)
class DialogPlace:
    """Where a dialog lies."""

    flavour: Flavour
    name: str
    prefix: str
    paths: tuple[str, ...]


FACEBOOK = DialogPlace(
    Flavour.FACEBOOK,
    "facebook_dialog",
    "/www.facebook.com",
    ("/dialog/oauth", "/v<int:major>.<int:minor>/dialog/oauth"),
)
INSTAGRAM = DialogPlace(
    Flavour.INSTAGRAM, "instagram_dialog", "/www.instagram.com/oauth", ("/authorize",)
)


def create_blueprint(world: World, place: DialogPlace) -> flask.Blueprint:
    """The dialog at `place`."""
    blueprint = flask.Blueprint(
        place.name,
        __name__,
        url_prefix=place.prefix,
        template_folder="templates",
        static_folder="static/oauth",
        static_url_path="/static",
    )
    dialog = LoginDialog(world, place, SessionStore())
    for path in place.paths:
        for address in (path, f"{path}/"):
            blueprint.add_url_rule(address, "show", dialog.show)
            blueprint.add_url_rule(address, "take", dialog.take, methods=["POST"])
    blueprint.register_error_handler(DialogRefusedError, dialog.refuse)
    blueprint.after_request(dialog.seal)
    return blueprint


class LoginDialog:
    """One dialog; a browser's session is kept apart from those of customers."""

    def __init__(self, world: World, place: DialogPlace, store: SessionStore) -> None:
        self._world = world
        self._place = place
        self._store = store

    @property
    def _cookie(self) -> str:
        return f"{self._place.flavour}_login"

    def show(self, **_version: int) -> ResponseReturnValue:
        """Ask to log in, or for consent."""
        request, session = self._request(), self._session()
        if not self._is_known(session) or request.asks_log_in:
            return self._log_in_form(session)
        return self._consent_form(request, session)

    def take(self, **_version: int) -> ResponseReturnValue:
        """Take what the person typed or ticked."""
        request, session = self._request(), self._session()
        form = flask.request.form
        token = form.get("csrf_token", "")
        if not hmac.compare_digest(token.encode(), session.csrf_token.encode()):
            return self._log_in_form(session, EXPIRED), 403
        if form.get("step") == "log-in":
            return self._log_in(request, session)
        if form.get("step") == "cancel":
            return flask.redirect(request.denied_address(), 302)
        if form.get("step") == "switch":
            return self._log_in_form(self._keep(self._store.log_out(session)))
        if not self._is_known(session):
            return self._log_in_form(session), 401
        return flask.redirect(request.granted_address(self._grant(request, session)), 302)

    def refuse(self, error: Exception) -> ResponseReturnValue:
        """The page instead of a dialog; the browser is sent nowhere."""
        assert isinstance(error, DialogRefusedError)
        return self._render("problem", problem=error), 400

    def seal(self, response: flask.Response) -> flask.Response:
        """Headers and cookie of every answer."""
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        session: Session | None = flask.g.get("dialog_session")
        if session is not None:
            response.headers["Cache-Control"] = "no-store"
            # Under the real host name the address lacks the prefix, so the cookie has no path.
            response.set_cookie(self._cookie, session.id, httponly=True, samesite="Lax")
        return response

    def _whose(self, login: str | None) -> World | None:
        """The world as the person with this log-in has it; None for a stranger."""
        flavour = self._place.flavour
        everybody = self._world.companies() if flavour is Flavour.INSTAGRAM else (self._world,)
        return next((one for one in everybody if one.person(flavour).login == login), None)

    def _is_known(self, session: Session) -> bool:
        return self._whose(session.username) is not None

    def _request(self) -> DialogRequest:
        flavour = self._place.flavour
        request = read_request(flavour, flask.request.args, self._world.client(flavour))
        session = self._store.find(flask.request.cookies.get(self._cookie))
        world = self._whose(None if session is None else session.username) or self._world
        answers = world.grants(flavour).items()
        return request.without([one for one, said in answers if said is GrantStatus.DECLINED])

    def _session(self) -> Session:
        known = self._store.find(flask.request.cookies.get(self._cookie))
        return self._keep(known or self._store.start())

    def _keep(self, session: Session) -> Session:
        flask.g.dialog_session = session
        return session

    def _log_in(self, request: DialogRequest, session: Session) -> ResponseReturnValue:
        form = flask.request.form
        login = form.get("login", "").strip().lower()
        world = self._whose(login)
        password = "" if world is None else world.person(self._place.flavour).password
        right = hmac.compare_digest(form.get("password", "").encode(), password.encode())
        if world is None or not right:
            return self._log_in_form(session, REFUSED, login), 401
        return self._consent_form(request, self._keep(self._store.log_in(session, login)))

    def _log_in_form(self, session: Session, error: str | None = None, login: str = "") -> str:
        label = LOGIN_LABELS[self._place.flavour]
        return self._render("login", session=session, error=error, login=login, label=label)

    def _consent_form(self, request: DialogRequest, session: Session) -> str:
        world = self._whose(session.username) or self._world
        return self._render(
            "consent",
            session=session,
            person=world.person(self._place.flavour),
            account=world.account,
            companies=self._world.companies(),
            words=WORDS,
            required=[one for one in request.scopes if one in REQUIRED],
            optional=[one for one in request.scopes if one not in REQUIRED],
        )

    def _grant(self, request: DialogRequest, session: Session) -> Mapping[str, str]:
        """Note the answers; what the app asked to get for them."""
        flavour, form = self._place.flavour, flask.request.form
        ticked = {*form.getlist("scope"), *REQUIRED}
        granted = [scope for scope in request.scopes if scope in ticked]
        declined = [scope for scope in request.scopes if scope not in ticked]
        world = self._whose(session.username) or self._world
        world.answer_permissions(flavour, granted, declined)
        chosen = form.getlist("asset") if flavour is Flavour.FACEBOOK else None

        def issue_code() -> str:
            return world.issue_code(flavour, request.redirect_uri, chosen, request.scopes).value

        given: dict[str, str] = {}
        if TOKEN in request.answers:
            token = world.redeem_code(flavour, issue_code(), request.redirect_uri)
            given |= _token_answer(token, world.now_ms())
        if CODE in request.answers:
            given["code"] = issue_code()
        if GRANTED_SCOPES in request.answers:
            given |= {"granted_scopes": ",".join(granted), "denied_scopes": ",".join(declined)}
        return given

    def _render(self, template: str, **shown: object) -> str:
        return flask.render_template(
            f"oauth/{template}.html",
            app_name=self._world.app.name,
            brand=BRANDS[self._place.flavour],
            flavour=self._place.flavour,
            **shown,
        )


def _token_answer(token: Token, now_ms: int) -> dict[str, str]:
    assert token.expires_ms is not None, "tokens of a log-in end"
    data_access_ms = token.data_access_until_ms or token.expires_ms
    return {
        "access_token": token.value,
        "data_access_expiration_time": str(data_access_ms // 1000),
        "expires_in": str(-(-(token.expires_ms - now_ms) // 1000)),
    }
