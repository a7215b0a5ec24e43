"""The end of a conversation, its slot, and what comes after."""

from functools import partial

from pytest_bdd import then, when

from harness.matchers import differs_from, has_item, is_false, negated
from harness.must import must
from harness.steps.abilities import ability
from harness.steps.agent_actor import Agent
from harness.steps.customer_actor import CustomerActor
from harness.steps.expectations import are_texts, carries_text, is_any_conversation, names
from harness.steps.watch import Watch
from harness.targets.contract import ShowsHistory, ShowsSlots


@when('the agent presses "End"')
def _(agent: Agent) -> None:
    agent.end()


@then("the console shows the conversation no more")
def _(agent: Agent, watch: Watch) -> None:
    ended = agent.previous
    assert ended is not None
    gone = is_false("gone from the list", "still in the list")
    watch.eventually(lambda: agent.is_open(ended), gone, reason="End closes the conversation")


@then("the slot of the conversation is free")
def _(agent: Agent, watch: Watch) -> None:
    desk = ability(agent.desk, ShowsSlots)
    free = negated(has_item(agent.previous))
    reason = "End frees the slot of the conversation"
    watch.eventually(lambda: [s.conversation_id for s in desk.slots()], free, reason=reason)


@then("the console shows a new conversation with only that message")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    text = customer.last.text
    reason = "the next message opens a new conversation"
    seen = watch.eventually(agent.finder_of(text), carries_text(text), reason=reason)
    agent.take_up(seen)
    must(agent.conversation, differs_from(agent.previous), reason=reason)
    must([message.text for message in agent.messages()], are_texts([text]), reason=reason)


@then("the new conversation names the previous one")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    finder = agent.finder_of(customer.last.text)
    reason = "the new conversation is linked to the previous one"
    seen = watch.appears(finder, expected="the new conversation", reason=reason)
    named = partial(ability(agent.desk, ShowsHistory).previous, seen.conversation.id)
    watch.eventually(named, names(agent.previous), reason=reason)


@then("the console shows no conversation")
def _(agent: Agent, watch: Watch) -> None:
    reason = "nobody has written: the console stays empty"
    watch.never(agent.desk.conversations, is_any_conversation(), reason=reason)
