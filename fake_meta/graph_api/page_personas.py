"""`/{page-id}/personas` and `/{persona-id}` (meta-contract §4.2)."""

from __future__ import annotations

from typing import Any

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.domain.page_personas import PagePersona
from fake_meta.domain.pages import Placed, page_of
from fake_meta.graph_api.call import Answer, GraphCall
from fake_meta.graph_api.context import GraphContext
from fake_meta.graph_api.fields import asked_of, chosen, plain
from fake_meta.graph_api.paging import edge_of

NODE = "Persona"
_DEFAULTS = plain(("id", "name", "profile_picture_url"))


def create_persona(context: GraphContext, call: GraphCall) -> Answer:
    """`POST /{page-id}/personas`: its id."""
    name, picture_url = call.required("name"), call.required("profile_picture_url")
    if not picture_url.startswith(("http://", "https://")):
        detail = "Param profile_picture_url should represent a valid URL"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    made = context.world.create_page_persona(name, picture_url)
    return Answer({"id": made.id}, event="persona")


def list_personas(context: GraphContext, call: GraphCall) -> Answer:
    """`GET /{page-id}/personas`, the newest first."""
    all_of_them = context.world.page_personas()
    edge, asked = edge_of(call, *call.path), asked_of(call) or _DEFAULTS
    page = page_of(len(all_of_them), edge.span(), lambda place: Placed(place, all_of_them[place]))
    return Answer(edge.render(page, lambda one: chosen(NODE, _fields(one), asked)))


def read_or_delete(context: GraphContext, call: GraphCall, persona: PagePersona) -> Answer:
    """`GET` and `DELETE /{persona-id}`."""
    if call.method == "DELETE":
        context.world.delete_page_persona(persona.id)
        return Answer({"success": True}, event="persona")
    return Answer(chosen(NODE, _fields(persona), asked_of(call) or _DEFAULTS))


def persona_of(context: GraphContext, call: GraphCall) -> str | None:
    """The name under which a message shall come; one that the Page does not have is refused."""
    persona_id = call.text("persona_id")
    if persona_id is None:
        return None
    persona = context.world.page_persona(persona_id)
    if persona is None:
        detail = f"Param persona_id must be the id of a persona of this Page, not {persona_id[:40]}"
        raise GraphCallError(GraphError.PARAMETER, detail=detail)
    return persona.name


def _fields(persona: PagePersona) -> dict[str, Any]:
    return {
        "id": persona.id,
        "name": persona.name,
        "profile_picture_url": persona.picture_url,
    }
