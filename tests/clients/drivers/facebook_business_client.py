"""facebook-business: Meta's own SDK, as a company's back end uses it."""

from __future__ import annotations

import os

from facebook_business.adobjects.page import Page
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from report import refusal, tell, world

facts = world()
os.environ.pop("FACEBOOK_CRASH_LOG", None)


def api(token: str, secret: str = facts["app_secret"]) -> FacebookAdsApi:
    """Every call has the appsecret_proof of this secret."""
    return FacebookAdsApi.init(facts["app_id"], secret, token, crash_log=False, api_version="v25.0")


def refused(act: object) -> dict:
    try:
        act()
    except FacebookRequestError as error:
        return refusal(error.http_status(), error.api_error_code(), error.api_error_subcode())
    return {}


user_api = api(facts["user_token"])
accounts = User("me", api=user_api).get_accounts(fields=["name", "access_token"])
page_api = api(facts["page_token"])
page = Page(facts["page_id"], api=page_api)
conversations = page.get_conversations(
    fields=["messages{message}"], params={"platform": "instagram", "limit": 1}
)
on_first_page = len(conversations)
batch = page_api.new_batch()
bodies = []
batch.add("GET", ("me",), success=lambda answer: bodies.append(answer.json()["name"]))
batch.add("GET", (facts["page_id"],), success=lambda answer: bodies.append(answer.json()["name"]))
batch.execute()
page.delete_subscribed_apps()
uninstalled = page.get_subscribed_apps()
page.create_subscribed_app(params={"subscribed_fields": ["messages"]})
message = {"recipient": {"id": facts["igsid"]}, "message": {"text": "Olá da SDK"}}
tell(
    accounts=[one["name"] for one in accounts],
    token=api(facts["app_token"])
    .call("GET", ("debug_token",), {"input_token": facts["page_token"]})
    .json()["data"]["type"],
    uninstalled=[one["id"] for one in uninstalled],
    installed=[one["id"] for one in page.get_subscribed_apps()],
    on_first_page=on_first_page,
    texts=[one["messages"]["data"][-1]["message"] for one in conversations],
    heard=page_api.call("GET", (facts["mid"],), {"fields": "message,from"}).json(),
    batch=bodies,
    sent=page_api.call("POST", (facts["page_id"], "messages"), message).json(),
    nobody=refused(
        lambda: page_api.call(
            "POST", (facts["page_id"], "messages"), {**message, "recipient": {"id": "1"}}
        )
    ),
    wrong_proof=refused(
        lambda: Page("me", api=api(facts["page_token"], "another secret")).api_get()
    ),
    too_long=refused(
        lambda: page_api.call(
            "POST",
            (facts["page_id"], "messages"),
            {**message, "message": {"text": "á" * 501}},
        )
    ),
    wrong_token=refused(lambda: Page("me", api=api("EAAwrong")).api_get()),
)
