"""The test page: the address of the submission and the login form behind it."""

from pytest_bdd import given, parsers, then, when

from harness.matchers import equals, has_item, is_absent, is_true
from harness.must import must
from harness.stage import Stage
from harness.steps.agent_actor import Agent
from harness.steps.expectations import shows_login_form
from harness.steps.front import Front
from harness.targets.contract import Outcome, WindowWish


@given("the address of the test page")
def _(stage: Stage) -> None:
    must(bool(stage.target.console_url), is_true("an address"), reason="there is a test page")


@given(parsers.parse("a browser window {width:d} pixels wide"))
def _(front: Front, width: int) -> None:
    front.use(WindowWish(width=width))


@given("the login page of the console")
def _(front: Front) -> None:
    front.arrive()


@when("the reviewer opens the test page")
def _(front: Front) -> None:
    front.arrive()


@then("the login page is shown")
def _(front: Front) -> None:
    must(front.arrival, shows_login_form(), reason="the address opens the login page")
    must(front.arrival.status, equals(200), reason="the login page answers 200")


@then(parsers.parse('it asks for "{first}" and "{second}"'))
def _(front: Front, first: str, second: str) -> None:
    for label in (first, second):
        must(front.arrival.labels, has_item(label), reason=f'the login page asks for "{label}"')


@then(parsers.parse('it offers the button "{label}"'))
def _(front: Front, label: str) -> None:
    must(front.arrival.buttons, has_item(label), reason=f'the login page offers "{label}"')


@then("the login page was reached without a redirect")
def _(front: Front) -> None:
    must(front.arrival.redirects, is_absent("no redirects"), reason="the address is direct")


@then("the reviewer does not have to choose a product first")
def _(front: Front) -> None:
    must(front.arrival, shows_login_form(), reason="no portal stands before the login page")


@then("the login form fits the window")
def _(front: Front) -> None:
    must(front.arrival, shows_login_form(), reason="the login page is shown in a narrow window")
    fits = is_true("inside the window", "wider than the window")
    must(bool(front.arrival.fits_window), fits, reason="the login form fits the window")


@then("the agent can sign in with it")
def _(agent: Agent) -> None:
    must(agent.sign_in().outcome, equals(Outcome.SIGNED_IN), reason="the form signs the agent in")
