"""facebook-sdk: a thin client over requests."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import facebook
from person import consent
from report import refusal, tell, world

facts = world()
graph = facebook.GraphAPI(access_token=facts["page_token"], version="3.1")


def refused(act: object) -> dict:
    try:
        act()
    except facebook.GraphAPIError as error:
        return refusal(None, error.code, error.result.get("error", {}).get("error_subcode"))
    return {}


app = (facts["app_id"], facts["app_secret"])
dialog = graph.get_auth_url(app[0], facts["redirect_uri"], ["pages_show_list", "instagram_basic"])
returned = parse_qs(urlsplit(consent(dialog, facts["person"])).query)
short = graph.get_access_token_from_code(returned["code"][0], facts["redirect_uri"], *app)
person = facebook.GraphAPI(access_token=short["access_token"], version="3.1")
conversations = graph.get_connections(
    facts["page_id"], "conversations", platform="instagram", fields="id,messages.limit(5){message}"
)
tell(
    me=graph.get_object("me")["name"],
    both=sorted(graph.get_objects([facts["page_id"], facts["account_id"]])),
    texts=[one["message"] for one in conversations["data"][0]["messages"]["data"]],
    sent=graph.put_object(
        facts["page_id"],
        "messages",
        recipient=json.dumps({"id": facts["igsid"]}),
        message=json.dumps({"text": "Olá"}),
    ),
    token=graph.debug_access_token(facts["page_token"], facts["app_id"], facts["app_secret"])[
        "data"
    ]["is_valid"],
    app_token=graph.get_app_access_token(facts["app_id"], facts["app_secret"]).split("|")[0],
    short=short["expires_in"],
    long=person.extend_access_token(*app)["expires_in"],
    granted=sorted(person.get_permissions(person.get_object("me")["id"])),
    used_code=refused(
        lambda: graph.get_access_token_from_code(returned["code"][0], facts["redirect_uri"], *app)
    ),
    heard=graph.get_object(facts["mid"], fields="message,from"),
    deletion=facebook.parse_signed_request(facts["signed_request"], facts["app_secret"]),
    forged=facebook.parse_signed_request(facts["signed_request"], "another secret"),
    nobody=refused(
        lambda: graph.put_object(
            facts["page_id"],
            "messages",
            recipient=json.dumps({"id": "1"}),
            message=json.dumps({"text": "Olá"}),
        )
    ),
    no_field=refused(lambda: graph.get_object("me", fields="nonsense")),
)
