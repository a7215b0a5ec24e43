"""Who is logged in on a surface: sessions, kept on the server."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

MOST_SESSIONS = 20_000


def new_token() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser; `username` is None while nobody is logged in."""

    id: str
    csrf_token: str
    username: str | None = None
    save_login_answered: bool = False


class SessionStore:
    """Sessions by id; beyond `most` the one used longest ago is forgotten."""

    def __init__(self, token: Callable[[], str] = new_token, most: int = MOST_SESSIONS) -> None:
        self._token = token
        self._most = most
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def find(self, session_id: str | None) -> Session | None:
        """The session of this id, or None."""
        with self._lock:
            session = self._sessions.get(session_id or "")
            if session is not None:
                self._sessions.move_to_end(session.id)
            return session

    def start(self) -> Session:
        """A session of nobody yet."""
        return self._keep(Session(self._token(), self._token()))

    def log_in(self, session: Session, username: str) -> Session:
        """The same browser, now `username`'s, under a new id and token."""
        return self._renew(session, username)

    def log_out(self, session: Session) -> Session:
        """The same browser, nobody's again; what it was asked stays known."""
        return self._renew(session, None)

    def answer_save_login(self, session: Session) -> Session:
        """Remember that "Save your login information?" was answered."""
        return self._keep(replace(session, save_login_answered=True))

    def _renew(self, session: Session, username: str | None) -> Session:
        with self._lock:
            self._sessions.pop(session.id, None)
        fresh = replace(session, id=self._token(), csrf_token=self._token(), username=username)
        return self._keep(fresh)

    def _keep(self, session: Session) -> Session:
        with self._lock:
            self._sessions[session.id] = session
            self._sessions.move_to_end(session.id)
            while len(self._sessions) > self._most:
                self._sessions.popitem(last=False)
        return session
