"""`?ids=a,b`: several nodes, or one edge of several nodes, in one call (meta-contract §5.5)."""

from __future__ import annotations

from collections.abc import Callable

from fake_meta.domain.graph_errors import GraphCallError, GraphError
from fake_meta.graph_api.call import Answer, GraphCall

MOST_IDS = 50


def read_many(call: GraphCall, read_one: Callable[[GraphCall], Answer]) -> Answer:
    """An object of answers by id; one id that cannot be read fails the whole."""
    ids = tuple(dict.fromkeys(call.names("ids")))
    if len(ids) > MOST_IDS:
        raise GraphCallError(GraphError.TOO_MANY_IDS, most=str(MOST_IDS), given=str(len(ids)))
    rest = {name: value for name, value in call.parameters.items() if name != "ids"}
    answers = {one: read_one(call._replace(path=(one, *call.path), parameters=rest)) for one in ids}
    customers = {answer.customer for answer in answers.values()}
    return Answer(
        {one: answer.body for one, answer in answers.items()},
        customer=customers.pop() if len(customers) == 1 else None,
        mids=tuple(mid for answer in answers.values() for mid in answer.mids),
    )
