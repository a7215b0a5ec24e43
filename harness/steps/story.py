"""Stories that mention the company."""

from pytest_bdd import given, parsers, then, when

from harness.drivers.meta_control import MetaControl
from harness.matchers import equals, is_present
from harness.must import must
from harness.stage import Stage
from harness.steps.abilities import ability
from harness.steps.agent_actor import Agent
from harness.steps.customer_actor import CustomerActor
from harness.steps.expectations import is_served_by, is_sighting, says_unavailable, shows_content
from harness.steps.watch import Watch
from harness.targets.contract import KnowsReload


@given("the account of the customer is private and the company does not follow it")
def _(customer: CustomerActor, meta: MetaControl) -> None:
    meta.change_customer(customer.profile.username, private=True, followed_by_business=False)


@when("the customer publishes a story that mentions the company")
@when("a customer publishes a story that mentions the company")
def _(customer: CustomerActor, stage: Stage) -> None:
    customer.publish(stage.world.account_username)


@then("the story is published on Instagram")
def _(customer: CustomerActor) -> None:
    assert customer.story is not None
    must(customer.story.id, is_present("a story"), reason="Instagram publishes the story")


@then("the console shows a conversation with the story")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "the mention appears as a conversation"
    seen = watch.appears(
        lambda: agent.find_story(customer.story), expected="the mention", reason=reason
    )
    agent.take_up(seen)


@given("a conversation about a story mention")
def _(agent: Agent, customer: CustomerActor, stage: Stage, watch: Watch) -> None:
    story = customer.has_published(stage.world.account_username)
    reason = "the mention appears as a conversation"
    seen = watch.appears(lambda: agent.find_story(story), expected="it", reason=reason)
    agent.take_up(seen)


@then("the story does not reach the agent")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "a mention that Meta keeps to itself reaches nobody"
    arrived = is_sighting("the story")
    watch.never(lambda: agent.find_story(customer.story), arrived, reason=reason)


@then("the content of the story is visible")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "the content of the story is shown"
    watch.eventually(lambda: agent.find_story(customer.story), shows_content(), reason=reason)


@then("the console was not reloaded")
def _(agent: Agent) -> None:
    reloads = ability(agent.desk, KnowsReload).reloads()
    must(reloads, equals(0), reason="the mention appears without a reload")


@when(parsers.parse("the story is {gone}"))
def _(customer: CustomerActor, meta: MetaControl, gone: str) -> None:
    assert customer.story is not None
    act = {"expired": meta.expire_story, "deleted": meta.delete_story}[gone]
    act(customer.profile.username, customer.story.id)


@when("the agent reloads the console")
def _(agent: Agent) -> None:
    agent.desk.reload()


@then("the console says that the story is no longer available")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    reason = "a story that is gone leaves a placeholder"
    watch.eventually(lambda: agent.find_story(customer.story), says_unavailable(), reason=reason)


@then("the content of the story comes from Meta's address")
def _(agent: Agent, customer: CustomerActor, meta: MetaControl, watch: Watch) -> None:
    reason = "the console shows the story from Meta and keeps no copy"
    seen = watch.eventually(
        lambda: agent.find_story(customer.story), shows_content(), reason=reason
    )
    assert seen is not None
    must(seen.message.media_url, is_served_by(meta.base_url), reason=reason)
