"""Notifications of the browser."""

from pytest_bdd import given, parsers, then, when

from harness.evidence import Evidence
from harness.matchers import equals, is_one_of, is_true
from harness.must import must
from harness.steps.abilities import ability
from harness.steps.agent_actor import Agent
from harness.steps.customer_actor import CustomerActor
from harness.steps.front import Front
from harness.steps.watch import Watch
from harness.steps.words import token_of
from harness.targets.contract import AsksNotifications, NotificationView, WindowWish


@given(parsers.parse('a browser in which the agent will select "{choice}"'))
def _(front: Front, choice: str) -> None:
    must(choice, is_one_of(("ALLOW", "BLOCK")), reason="the browser offers two answers")
    front.use(WindowWish(notifications="allow" if choice == "ALLOW" else "block"))


@then("the browser was asked for permission to show notifications")
def _(agent: Agent, watch: Watch) -> None:
    desk = ability(agent.desk, AsksNotifications)
    desk.accept_notifications()
    asked = is_true("asked for permission", "never asked")
    watch.eventually(lambda: desk.notifications().asked, asked, reason="the browser asks")


@when('the agent selects "ALLOW" where the browser asks about notifications')
def _(agent: Agent, watch: Watch, evidence: Evidence) -> None:
    if not isinstance(agent.desk, AsksNotifications):
        evidence.note("Here no browser asks; step 04 is judged in a browser.")
        return
    desk = agent.desk
    desk.accept_notifications()
    asked = is_true("asked for permission", "never asked")
    watch.eventually(lambda: desk.notifications().asked, asked, reason="the browser asks")


@then("the console may show notifications")
def _(agent: Agent, watch: Watch) -> None:
    desk = ability(agent.desk, AsksNotifications)
    reason = "ALLOW lets the console show notifications"
    watch.eventually(lambda: desk.notifications().permission, equals("granted"), reason=reason)


@then("a notification announces the customer")
def _(agent: Agent, customer: CustomerActor, watch: Watch) -> None:
    desk = ability(agent.desk, AsksNotifications)
    announced = is_true("a notification about the customer", "none about the customer")
    reason = "a new conversation is announced"
    watch.eventually(
        lambda: announces(desk.notifications().shown, customer), announced, reason=reason
    )


def announces(shown: tuple[NotificationView, ...], customer: CustomerActor) -> bool:
    """Whether a notification names the customer in any way, or quotes the message."""
    person = customer.profile
    hints = (person.name, person.username, person.igsid[-4:], token_of(customer.last.text))
    return any(hint in f"{seen.title} {seen.body}" for seen in shown for hint in hints)
