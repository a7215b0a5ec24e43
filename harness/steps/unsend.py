"""Messages that the customer takes back."""

from pytest_bdd import parsers, step, then, when

from harness.matchers import is_false
from harness.steps.agent_actor import Agent
from harness.steps.customer_actor import CustomerActor
from harness.steps.expectations import says_deleted, shows_content
from harness.steps.watch import Watch
from harness.steps.words import token_of


@when("the customer sends a message on the phone")
def _(customer: CustomerActor) -> None:
    customer.write_on_phone()


@when("the customer unsends the message by a long press")
@when("the customer unsends the picture on the phone")
def _(customer: CustomerActor, watch: Watch) -> None:
    reason = "the message was delivered before it is unsent"
    watch.appears(customer.fate_of_last, expected="an answer", reason=reason)
    customer.phone.unsend(customer.last.mid)


@when("the customer unsends the message on the website")
def _(customer: CustomerActor) -> None:
    customer.website.unsend(customer.last.mid)


@when("the customer sends a picture")
def _(customer: CustomerActor) -> None:
    customer.send_picture()


@step("the console shows the picture")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "the console shows the picture"
    sent = customer.last
    seen = watch.eventually(lambda: agent.find_sent(sent), shows_content(), reason=reason)
    customer.picture_url = seen.message.media_url if seen else None


@then(parsers.parse('the console shows "{words}" in place of the message'))
def _(agent: Agent, customer: CustomerActor, words: str, watch: Watch) -> None:
    reason = f'an unsent message becomes "{words}"'
    sent = customer.last
    watch.eventually(lambda: agent.find_sent(sent), says_deleted(words), reason=reason)


@then("the text of the message is gone from the console")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    token = token_of(customer.last.text)
    gone = is_false("no trace of the text", "the text is still there")
    reason = "the text of an unsent message is gone"
    watch.eventually(lambda: agent.desk.holds(token), gone, reason=reason)


@then("the picture is gone from the console")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    address = customer.picture_url
    assert address is not None
    gone = is_false("no trace of the picture", "the picture is still there")
    reason = "the picture of an unsent message is gone"
    watch.eventually(lambda: agent.desk.holds(address), gone, reason=reason)
