"""instagram-platform-sdk: Instagram Login on graph.instagram.com, by its own base address."""

from __future__ import annotations

from instagram_platform import InstagramClient
from instagram_platform.exceptions import InstagramAPIError
from instagram_platform.services.webhooks import parse_webhook_payload, verify_webhook_signature
from report import refusal, tell, world

facts = world()


def client(token: str) -> InstagramClient:
    base = "https://graph.instagram.com"
    return InstagramClient(
        token, facts["account_id"], base_url=base, api_version="v25.0", max_retries=0
    )


def refused(act: object) -> dict:
    try:
        act()
    except InstagramAPIError as error:
        return refusal(None, error.code, error.subcode)
    return {}


instagram = client(facts["instagram_token"])
listed = instagram.messaging.get_conversations()
first = listed.data[0]
tell(
    profile=instagram.messaging.get_user_profile(facts["igsid"]).name,
    conversations=len(listed.data),
    texts=[
        one["message"] if isinstance(one, dict) else one.message
        for one in instagram.messaging.get_conversation_messages(first.id).messages["data"]
    ],
    sent=instagram.messaging.send_message(facts["igsid"], "Olá").model_dump(),
    signed=verify_webhook_signature(facts["body"], facts["signature"], facts["app_secret"]),
    heard=parse_webhook_payload(facts["body"])["entry"][0]["messaging"][0]["message"]["text"],
    refreshed=client(facts["old_token"]).auth.refresh_long_lived_token().expires_in,
    too_young=refused(instagram.auth.refresh_long_lived_token),
    nobody=refused(lambda: instagram.messaging.send_message("1", "Olá")),
    wrong_token=refused(lambda: client("IGAAwrong").messaging.get_user_profile(facts["igsid"])),
)
