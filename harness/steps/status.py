"""The agent's status."""

from pytest_bdd import parsers, then, when

from harness.matchers import equals, is_present
from harness.must import must
from harness.steps.agent_actor import Agent
from harness.steps.watch import Watch


@when(parsers.parse('the agent selects "{label}" in the menu "STATUS"'))
def _(agent: Agent, label: str) -> None:
    agent.desk.select_status(label)


@when('the agent selects a pause in the menu "STATUS"')
def _(agent: Agent, watch: Watch) -> None:
    pauses = [option.label for option in agent.desk.statuses() if option.is_pause]
    must(pauses, is_present("a pause"), reason='the menu "STATUS" offers a pause')
    agent.desk.select_status(pauses[0])
    watch.eventually(agent.desk.status, equals(pauses[0]), reason="the agent is in a pause")


@then(parsers.parse('the status of the agent is "{label}"'))
def _(agent: Agent, label: str, watch: Watch) -> None:
    watch.eventually(agent.desk.status, equals(label), reason=f"the status is {label}")
