"""fbmessenger: sends with appsecret_proof, and takes apart what was delivered."""

from __future__ import annotations

from fbmessenger import BaseMessenger, MessengerClient
from fbmessenger.elements import Text
from fbmessenger.quick_replies import QuickReplies, QuickReply
from report import refusal, tell, world

facts = world()
heard = []


class Bot(BaseMessenger):
    def message(self, message: dict) -> None:
        heard.append(message["message"]["text"])

    def account_linking(self, message: dict) -> None: ...
    def delivery(self, message: dict) -> None: ...
    def optin(self, message: dict) -> None: ...
    def postback(self, message: dict) -> None: ...
    def read(self, message: dict) -> None: ...


def seen(answer: dict) -> dict:
    error = answer.get("error")
    return refusal(None, error["code"], error.get("error_subcode")) if error else answer


client = MessengerClient(facts["page_token"], app_secret=facts["app_secret"], api_version="14.0")
Bot(facts["page_token"]).handle(facts["payload"])
replies = QuickReplies(quick_replies=[QuickReply(title="Sim", payload="YES")])
tell(
    heard=heard,
    name=client.get_user_data(facts["igsid"], fields=["name"])["name"],
    sent=client.send(Text(text="Olá", quick_replies=replies).to_dict(), facts["igsid"]),
    typing=client.send_action("typing_on", facts["igsid"]),
    both=seen(client.send({}, facts["igsid"])),
    wrong_proof=seen(
        MessengerClient(facts["page_token"], app_secret="other", api_version="14.0").send(
            {"text": "x"}, facts["igsid"]
        )
    ),
    unsubscribed=seen(client.subscribe_app_to_page()),
)
