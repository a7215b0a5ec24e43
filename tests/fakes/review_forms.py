"""A submission to App Review that nothing is wrong with, filed by the control API."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

MESSAGES, BASIC = "instagram_manage_messages", "instagram_basic"
DETAILS: dict[str, Any] = {
    "icon": {"width": 1024, "height": 1024},
    "contact_email": "app@example.com",
    "category": "Business and Pages",
    "privacy_policy_url": "http://app.example/privacy",
    "data_deletion_url": "http://app.example/deletion",
    "business_verified": True,
    "data_handling_answered": True,
}
ACCESS = {
    "login_url": "http://app.example/interact_multiagent",
    "steps": "1. Open the page and log in.\n2. Press ENTER.\n3. Choose Operating and Ready.",
    "username": "reviewer",
    "password": "secret of the app",
}
RECORDING = {
    "file_name": "walkthrough.webm",
    "size_bytes": 4_000_000,
    "width": 1440,
    "height": 900,
    "shows": ["login", "grant", "message", "reply", "unsend", "direct", "profile"],
}
FORMS: dict[str, dict[str, Any]] = {
    MESSAGES: {
        "description": "Agents of the company read the messages of customers, by name, in one "
        "console and answer them there; without the permission nobody is served on Instagram.",
        "recording": RECORDING,
        "account": "@empresa.exemplo",
        "experience": "live_agent",
        "story_replies": "They open a conversation that shows the story.",
        "story_mentions": "They open a conversation of their own.",
        "unsent_messages": "The text gives way to the words Message deleted.",
        "escalation": "Every conversation is answered by a human being.",
        "dependencies": ["business_management"],
    },
    BASIC: {
        "description": "The console shows the name and picture of the profile that writes, so "
        "that the agent knows whom they talk to instead of seeing a number.",
        "recording": RECORDING,
    },
}


def file_everything(client: FlaskClient) -> None:
    """Fill in all forms of the draft."""
    say(client, "PATCH", "", DETAILS)
    say(client, "PATCH", "/access", ACCESS)
    for permission, form in FORMS.items():
        say(client, "PUT", f"/permissions/{permission}", form)


def say(client: FlaskClient, method: str, path: str, body: Any = None) -> dict[str, Any]:
    """One call of App Review's part of the control API, which must succeed."""
    answer = client.open(f"/_control/app-review{path}", method=method, json=body)
    assert answer.status_code in (200, 201), answer.json
    assert answer.json is not None
    return dict(answer.json)
