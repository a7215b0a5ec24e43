"""Sign-in: credentials, refusals, throttling, the first login."""

from pytest_bdd import then, when

from harness.matchers import equals
from harness.must import fail, must
from harness.stage import Stage
from harness.steps.agent_actor import Agent
from harness.steps.front import Front
from harness.steps.staff import newcomer_of, spare_of, unknown, with_wrong_password
from harness.targets.contract import Outcome

MOST_ATTEMPTS = 20


@when("the agent signs in")
def _(agent: Agent) -> None:
    agent.sign_in()


@then("the agent is signed in")
def _(agent: Agent) -> None:
    seen = agent.front.attempts[-1]
    must(seen.outcome, equals(Outcome.SIGNED_IN), reason=f"the agent signs in {seen.message}")
    agent.desk.conversations()


@then("no password has to be created")
def _(front: Front) -> None:
    outcome = front.attempts[-1].outcome
    must(outcome, equals(Outcome.SIGNED_IN), reason="the reviewer's agent is past the first login")


@when("someone signs in as the agent with a wrong password")
def _(front: Front, stage: Stage) -> None:
    front.sign_in(with_wrong_password(stage.target.staff.agent))


@when("someone signs in with a login that does not exist")
def _(front: Front) -> None:
    front.sign_in(unknown())


@then("the sign-in is refused")
def _(front: Front) -> None:
    outcome = front.attempts[-1].outcome
    must(outcome, equals(Outcome.REFUSED), reason="a wrong password is refused")


@then("both refusals read the same")
def _(front: Front) -> None:
    first, second = front.attempts[-2:]
    for attempt in (first, second):
        must(attempt.outcome, equals(Outcome.REFUSED), reason="wrong credentials are refused")
    reason = "a refusal does not say which part was wrong"
    must(second.message, equals(first.message), reason=reason)


@when("someone signs in as the spare agent with a wrong password until the console slows it down")
def _(front: Front, stage: Stage) -> None:
    wrong = with_wrong_password(spare_of(stage.target.staff))
    outcomes = (front.sign_in(wrong).outcome for _ in range(MOST_ATTEMPTS))
    if Outcome.THROTTLED not in outcomes:
        reason = "repeated failures are throttled"
        fail(reason, expected="throttled", actual=f"{MOST_ATTEMPTS} refusals")


@then("even the right password of the spare agent has to wait")
def _(front: Front, stage: Stage) -> None:
    outcome = front.sign_in(spare_of(stage.target.staff)).outcome
    must(outcome, equals(Outcome.THROTTLED), reason="a throttled login has to wait")


@when("an agent who never signed in before signs in")
def _(front: Front, stage: Stage) -> None:
    front.sign_in(newcomer_of(stage.target.staff))


@then("the console asks to create a password")
def _(front: Front) -> None:
    outcome = front.attempts[-1].outcome
    must(outcome, equals(Outcome.PASSWORD_CREATION), reason="the first login creates the password")
