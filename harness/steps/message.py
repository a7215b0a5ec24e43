"""What customers write, and where it arrives."""

from pytest_bdd import given, parsers, step, then, when

from harness.matchers import has_count, is_false
from harness.must import must
from harness.steps.agent_actor import Agent
from harness.steps.causes import explained
from harness.steps.customer_actor import CustomerActor
from harness.steps.expectations import are_texts, carries_text, in_direct, is_sighting
from harness.steps.watch import Watch
from harness.steps.words import token_of


@given("a customer has sent a message")
def _(customer: CustomerActor) -> None:
    customer.has_written()


@when("a customer sends a message")
@when("the customer sends a message")
@when('the customer presses "Send Message" and sends a message')
@when("the customer sends a message on the website")
def _(customer: CustomerActor) -> None:
    customer.write()


@when(parsers.parse('the customer presses "Send Message" and sends a text with {content}'))
def _(customer: CustomerActor, content: str) -> None:
    customer.write(customer.words.containing(content))


@when(parsers.parse("a customer sends {count:d} messages at once"))
def _(customer: CustomerActor, count: int) -> None:
    customer.write_at_once(count)


@then("the customer sees the message in Direct")
def _(customer: CustomerActor, watch: Watch) -> None:
    sent = in_direct(customer.last.text, "customer")
    watch.eventually(customer.thread, sent, reason="Direct shows what the customer sent")


@then("the console shows a conversation with the message")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    text = customer.last.text
    reason = "the message appears at the console unchanged"
    seen = explained(
        lambda: watch.eventually(agent.finder_of(text), carries_text(text), reason=reason),
        customer.fate_of_last,
    )
    agent.take_up(seen)


@then("the console shows the text as text")
def _(agent: Agent, customer: CustomerActor) -> None:
    seen = agent.find(token_of(customer.last.text))
    must(seen, is_sighting("the text"), reason="the text is at the console")
    assert seen is not None
    must(seen.message.has_markup, is_false("text", "markup"), reason="text never becomes markup")


@given("the message has not reached the agent")
@then("the message does not reach the agent")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "Meta delivers the message or says why not"
    fate = watch.appears(customer.fate_of_last, expected="an answer or a reason", reason=reason)
    token, arrived = token_of(customer.last.text), is_sighting("the message")
    watch.never(lambda: agent.find(token), arrived, reason="the message does not arrive")
    agent.has_left_waiting = fate.outcome == "delivered"


@then("the console shows one conversation with all of them")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    texts = sorted(sent.text for sent in customer.sent)
    tokens = [token_of(text) for text in texts]
    reason = "all messages stand once in one conversation"
    watch.eventually(lambda: sorted(agent.texts_with(tokens)), are_texts(texts), reason=reason)
    must(agent.places_of(tokens), has_count(1, "conversation"), reason=reason)


@then("the console still shows the message")
@step("the console shows the message")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    text = customer.last.text
    reason = "the console shows the message"
    explained(
        lambda: watch.eventually(agent.finder_of(text), carries_text(text), reason=reason),
        customer.fate_of_last,
    )


@then("the customer sees the message no more")
def _(customer: CustomerActor, watch: Watch) -> None:
    gone = is_false("a thread without the message", "a thread with the message")
    watch.eventually(customer.sees_last, gone, reason="an unsent message leaves Direct")
