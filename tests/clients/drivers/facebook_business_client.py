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


def api(token: str) -> FacebookAdsApi:
    return FacebookAdsApi.init(
        facts["app_id"], facts["app_secret"], token, crash_log=False, api_version="v25.0"
    )


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
conversations = page_api.call(
    "GET",
    (facts["page_id"], "conversations"),
    {"platform": "instagram", "fields": "id,messages{message}"},
).json()["data"]
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
    texts=[one["message"] for one in conversations[0]["messages"]["data"]],
    batch=bodies,
    sent=page_api.call("POST", (facts["page_id"], "messages"), message).json(),
    too_long=refused(
        lambda: page_api.call(
            "POST",
            (facts["page_id"], "messages"),
            {**message, "message": {"text": "á" * 501}},
        )
    ),
    wrong_token=refused(lambda: Page("me", api=api("EAAwrong")).api_get()),
)
