"""The application window: how it opens, who is in it, who takes over."""

from pytest_bdd import given, then, when

from harness.matchers import equals, is_one_of, is_present, is_true
from harness.must import must
from harness.steps.abilities import ability
from harness.steps.agent_actor import OPERATING, Agent
from harness.steps.front import Front
from harness.steps.watch import Watch
from harness.targets.contract import OffersLink, Outcome, SaysTakenOver, WindowWish


@then("the application opened in a new browser window")
def _(front: Front) -> None:
    opened = front.attempts[-1].new_window is True
    must(opened, is_true("a new window", "the same window"), reason="ENTER opens a new window")


@then("the console shows the name of the agent")
def _(agent: Agent, watch: Watch) -> None:
    name = agent.credentials.name
    shows = is_true(f'the name "{name}"', "not on the screen")
    reason = "the console knows who entered"
    watch.eventually(lambda: agent.desk.holds(name), shows, reason=reason)


@given("a browser that blocks new windows")
def _(front: Front) -> None:
    front.use(WindowWish(blocks_windows=True))


@then("the login page offers a link to the application")
def _(front: Front) -> None:
    possible = (Outcome.WINDOW_BLOCKED, Outcome.SIGNED_IN)
    must(front.attempts[-1].outcome, is_one_of(possible), reason="ENTER works without new windows")
    link = ability(front.console, OffersLink).link()
    must(link, is_present("a visible link"), reason="a link replaces the blocked window")


@then("the link opens the application, signed in")
def _(front: Front) -> None:
    followed = ability(front.console, OffersLink).follow_link()
    must(followed.outcome, equals(Outcome.SIGNED_IN), reason="the link opens the application")


@given("an agent signed in to the console")
def _(agent: Agent) -> None:
    agent.enter()


@given("an agent signed in to the console and able to receive")
def _(agent: Agent) -> None:
    agent.enter()
    agent.take_up_duty()


@when("the same agent signs in a second time")
def _(agent: Agent, second_front: Front) -> None:
    seen = second_front.sign_in(agent.credentials)
    must(seen.outcome, equals(Outcome.SIGNED_IN), reason="a second sign-in is accepted")


@then("the second console is the one that works")
def _(second_front: Front, watch: Watch) -> None:
    desk = second_front.attempts[-1].desk
    assert desk is not None
    desk.select_status(OPERATING)
    watch.eventually(desk.status, equals(OPERATING), reason="the second console works")


@then("the first console says that it was taken over")
def _(agent: Agent, watch: Watch) -> None:
    desk = ability(agent.desk, SaysTakenOver)
    reason = "the first window says that it was taken over"
    watch.appears(desk.taken_over, expected="a notice of the takeover", reason=reason)
