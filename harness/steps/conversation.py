"""The talk between customer and agent, and the name it carries."""

from pytest_bdd import given, parsers, then, when

from harness.matchers import equals, has_count, is_present
from harness.must import must
from harness.steps.agent_actor import Agent
from harness.steps.customer_actor import CustomerActor
from harness.steps.expectations import are_texts, carries_text, in_direct
from harness.steps.names import carries_fallback
from harness.steps.watch import Watch
from harness.steps.words import token_of

PROFILES = {
    "refused for consent": "consent",
    "unknown to Meta": "no_match",
    "too slow to wait for": "timeout",
    "without a name": "empty_name",
}


@given(parsers.parse("a customer whose profile is {profile}"))
def _(customer: CustomerActor, profile: str) -> None:
    customer.traits["profile_fault"] = PROFILES[profile]


@given("a conversation with a customer")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    text = customer.has_written().text
    reason = "a customer's message opens a conversation"
    found = watch.eventually(agent.finder_of(text), carries_text(text), reason=reason)
    agent.take_up(found)


@then("the conversation carries the name of the customer")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "the conversation shows the customer's name"
    watch.eventually(agent.name_shown, equals(customer.profile.name), reason=reason)


@then("the conversation carries a fallback, not an invented name")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    shown = watch.eventually(agent.name_shown, is_present("a name"), reason="a name is shown")
    must(shown, carries_fallback(customer.profile), reason="nothing is invented about a customer")


@when("the agent answers")
def _(agent: Agent, customer: CustomerActor) -> None:
    agent.answer(customer.words.answer())


@then("the customer sees the answer in Direct")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    answer = in_direct(agent.answers[-1], "business")
    watch.eventually(customer.thread, answer, reason="the answer reaches the customer")


@then("the agent can answer the customer")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    agent.answer(customer.words.answer())
    answer = in_direct(agent.answers[-1], "business")
    watch.eventually(customer.thread, answer, reason="the answer reaches the customer")


@then("the console shows the answer once")
def _(agent: Agent, watch: Watch) -> None:
    once = has_count(1, "bubble with the answer")
    tokens = [token_of(agent.answers[-1])]
    watch.eventually(lambda: agent.texts_with(tokens), once, reason="the answer stands once")


@when(parsers.parse("agent and customer take {turns:d} turns each"))
def _(agent: Agent, customer: CustomerActor, turns: int, watch: Watch) -> None:
    for _turn in range(turns):
        agent.answer(customer.words.answer())
        heard = in_direct(agent.answers[-1], "business")
        watch.eventually(customer.thread, heard, reason="the answer reaches the customer")
        text = customer.write().text
        watch.eventually(agent.finder_of(text), carries_text(text), reason="a turn arrives")


@then("the console shows all turns in order")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    expected = are_texts(turns_of(agent, customer))
    reason = "the turns stand in order"
    watch.eventually(lambda: [one.text for one in agent.messages()], expected, reason=reason)


@then("the customer sees all turns in order in Direct")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    expected = are_texts(turns_of(agent, customer))
    reason = "the turns stand in order in Direct"
    watch.eventually(lambda: [seen.text for seen in customer.thread()], expected, reason=reason)


def turns_of(agent: Agent, customer: CustomerActor) -> list[str]:
    """What was said, in the order of saying: the customer began, then they took turns."""
    first, *others = [sent.text for sent in customer.sent]
    pairs = zip(agent.answers, others, strict=True)
    return [first, *(text for pair in pairs for text in pair)]
