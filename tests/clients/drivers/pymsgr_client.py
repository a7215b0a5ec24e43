"""pymsgr: a strictly typed client and receiver with its own signature check."""

from __future__ import annotations

from pymsgr import GraphAPIError, Messenger
from pymsgr.errors import SignatureVerificationError
from pymsgr.security import verify_webhook_signature
from pymsgr.types.events import WebhookPayload
from report import refusal, tell, world

facts = world()
bot = Messenger(
    facts["page_token"], facts["verify_token"], facts["app_secret"], api_version="v25.0"
)
body = facts["body"].encode()


def refused(act: object) -> dict:
    try:
        act()
    except GraphAPIError as error:
        return refusal(getattr(error, "http_status", None), error.code, error.subcode)
    return {}


def is_signed(secret: str) -> bool:
    try:
        verify_webhook_signature(body, facts["signature"], app_secret=secret)
    except SignatureVerificationError:
        return False
    return True


heard_on_messenger = []


@bot.on_message
def heard(message: object) -> None:
    heard_on_messenger.append(message.text)


bot.process_webhook(facts["page_payload"])
event = WebhookPayload.model_validate_json(body).entry[0].messaging[0]
tell(
    signed=is_signed(facts["app_secret"]),
    forged=is_signed("other"),
    heard=event.message.text,
    heard_on_messenger=heard_on_messenger,
    profile=bot.get_user_profile(facts["igsid"], page_id=facts["page_id"], fields="name"),
    answered=bot.send_text(facts["psid"], page_id=facts["page_id"], text="Olá, Messenger"),
    sent=bot.send_text(facts["igsid"], page_id=facts["page_id"], text="Olá"),
    nobody=refused(lambda: bot.send_text("1", page_id=facts["page_id"], text="Olá")),
    too_long=refused(
        lambda: bot.send_text(facts["igsid"], page_id=facts["page_id"], text="a" * 1001)
    ),
)
