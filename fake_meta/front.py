"""The page that names the doors."""

from __future__ import annotations

import flask

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>fake_meta</title>
<style>body{font:16px/1.5 system-ui;margin:3rem auto;max-width:42rem;color:#1c1e21}
code{background:#f0f2f5;padding:.1em .4em;border-radius:4px}li{margin:.4rem 0}</style>
<h1>fake_meta</h1><p>An emulated Meta for tests. Nothing here is the real Instagram.</p><ul>
<li><code>/v25.0/…</code> and <code>/…</code> Graph API
<li><a href="/www.instagram.com/">/www.instagram.com/</a> Instagram's website
<li><a href="/instagram-app/">/instagram-app/</a> Instagram's phone app
<li><code>/lookaside.fbsbx.com/ig_messaging_cdn/</code> CDN
<li><a href="/_control/world">/_control/…</a> control API
</ul></html>
"""


def create_blueprint() -> flask.Blueprint:
    """The root address and the icon that browsers ask for."""
    blueprint = flask.Blueprint("front", __name__)

    @blueprint.get("/")
    def doors() -> str:
        return _PAGE

    @blueprint.get("/favicon.ico")
    def icon() -> tuple[str, int]:
        return "", 204

    return blueprint
