"""python-facebook-api: typed reads, paging to the end, tokens."""

from __future__ import annotations

from person import consent
from pyfacebook import FacebookError, GraphAPI
from report import refusal, tell, world

facts = world()
graph = GraphAPI(
    app_id=facts["app_id"],
    app_secret=facts["app_secret"],
    access_token=facts["page_token"],
    version="v24.0",
)


def refused(act: object) -> dict:
    try:
        act()
    except FacebookError as error:
        return refusal(None, error.code, getattr(error, "error_subcode", None))
    return {}


login = GraphAPI(
    app_id=facts["app_id"], app_secret=facts["app_secret"], oauth_flow=True, version="v24.0"
)
asked = {"redirect_uri": facts["redirect_uri"], "scope": ["pages_show_list", "instagram_basic"]}
dialog, _ = login.get_authorization_url(**asked)
short = login.exchange_user_access_token(consent(dialog, facts["person"]), **asked)
pages = graph.get_full_connections(
    object_id=facts["page_id"],
    connection="conversations",
    platform="instagram",
    fields="id",
    limit=1,
)
first = pages["data"][0]["id"]
tell(
    short=short["token_type"],
    long=login.exchange_long_lived_user_access_token()["expires_in"],
    page=login.exchange_page_access_token(facts["page_id"])[:3],
    conversations=len(pages["data"]),
    heard=graph.get_object(facts["mid"], fields="message,from"),
    newest=graph.get_connection(object_id=first, connection="messages", fields="message")["data"][
        0
    ]["message"],
    sent=graph.post_object(
        object_id=facts["page_id"],
        connection="messages",
        data={"recipient": f'{{"id":"{facts["igsid"]}"}}', "message": '{"text":"Olá"}'},
    ),
    token=graph.debug_token(facts["page_token"])["data"]["app_id"],
    app_token=graph.get_app_token()["token_type"],
    unknown=refused(lambda: graph.get_object("12345")),
    wrong_token=refused(
        lambda: GraphAPI(access_token="EAAwrong", version="v24.0").get_object("me")
    ),
)
