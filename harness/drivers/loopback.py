"""HTTP to programs on this machine."""

from __future__ import annotations

import requests


def loopback_session() -> requests.Session:
    """A session that heeds no proxy, certificate or password of the environment."""
    session = requests.Session()
    session.trust_env = False
    return session
