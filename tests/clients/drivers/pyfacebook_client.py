"""python-facebook-api: typed reads, paging to the end, tokens."""

from __future__ import annotations

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


pages = graph.get_full_connections(
    object_id=facts["page_id"],
    connection="conversations",
    platform="instagram",
    fields="id",
    limit=1,
)
first = pages["data"][0]["id"]
tell(
    conversations=len(pages["data"]),
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
