"""The webhook: verification, and what Meta keeps to itself."""

from functools import partial

from pytest_bdd import given, then, when

from harness.drivers.contract import Verification
from harness.drivers.meta_control import MetaControl
from harness.evidence import Evidence
from harness.matchers import contains, equals, is_absent, is_false, is_present, is_true
from harness.must import must
from harness.stage import Stage
from harness.steps.customer_actor import CustomerActor
from harness.steps.expectations import is_acknowledged
from harness.steps.watch import Watch

PERMISSION = "instagram_manage_messages"
DELETIONS_NOTE = (
    "About message deletions: unsent on Instagram's website, a message brings no webhook event, so "
    "no console can learn of it; unsent in the phone app, it does (meta-contract §9.1)."
)


@when("Meta verifies the webhook of the console once more", target_fixture="verification")
def _(meta: MetaControl) -> Verification:
    return meta.verify_webhook()


@when("Meta verifies the webhook of the console with a wrong token", target_fixture="verification")
def _(meta: MetaControl) -> Verification:
    return meta.verify_webhook("not-the-token-of-this-app")


@then("the console returned the challenge")
def _(verification: Verification) -> None:
    returned = is_true("the challenge as it was sent", verification.error or "something else")
    must(verification.verified, returned, reason="the webhook answers Meta's verification")


@then("the console refused the verification")
def _(verification: Verification) -> None:
    refused = is_false("a refusal", "the challenge, although the token was wrong")
    must(verification.verified, refused, reason="a wrong verify token is refused")


@given("a customer without a role on the app, which has Standard Access")
def _(customer: CustomerActor, stage: Stage) -> None:
    access = stage.meta.world().access.get(PERMISSION, "none")
    must(access, equals("standard"), reason="the app has Standard Access before the review")
    customer.traits.update(role=None, role_accepted=False)


@then("the report says that the missing role is the reason")
def _(customer: CustomerActor, evidence: Evidence) -> None:
    (silence,) = customer.silences("message")
    evidence.note(f"Meta sent nothing: {silence.reason}")
    reason = "the report names the missing role"
    must((silence.reason or "").lower(), contains("role"), reason=reason)


@then("Meta sends the mention to the console, which acknowledges it with 200")
def _(customer: CustomerActor, watch: Watch) -> None:
    reason = "the console acknowledges the story mention with 200"
    mention = "story_mention"
    watch.eventually(lambda: customer.deliveries(mention), is_acknowledged(), reason=reason)


@then("Meta sends nothing to the console and the report says why")
def _(customer: CustomerActor, evidence: Evidence) -> None:
    assert customer.story is not None
    why = customer.story.not_sent_because
    evidence.note(f"Meta sent nothing: {why}")
    must(why or "", is_present("a reason"), reason="the report says why Meta stays silent")
    must(customer.deliveries("story_mention"), is_absent("no delivery"), reason="Meta is silent")


@then("Meta sends no event about it")
def _(customer: CustomerActor, watch: Watch) -> None:
    marker = customer.write_marker()
    delivered = partial(customer.deliveries, "message", marker.mid)
    watch.eventually(delivered, is_acknowledged(), reason="a message after it is delivered")
    events = customer.deliveries("unsend", customer.last.mid)
    must(events, is_absent("no event"), reason="unsending on the website produces no event")


@then("the report notes that the website announces no deletions")
def _(customer: CustomerActor, evidence: Evidence) -> None:
    events = customer.deliveries("unsend", customer.last.mid)
    must(events, is_absent("no event"), reason="the note about deletions is true")
    evidence.note(DELETIONS_NOTE)
