"""The company's page on Instagram, the log-in and the offer to save it."""

from pytest_bdd import given, parsers, then, when

from harness.matchers import equals, has_item, is_false, is_true
from harness.must import must
from harness.stage import Stage
from harness.steps.customer_actor import CustomerActor


@when("the customer opens the company's page on Instagram")
def _(customer: CustomerActor) -> None:
    customer.page = customer.website.open_company_page()


@then("the title of the page is the name of the company's account")
def _(customer: CustomerActor, stage: Stage) -> None:
    assert customer.page is not None
    name = stage.world.account_username
    for seen in (customer.page.title, customer.page.heading):
        must(seen, equals(name), reason="the page carries the company's name as its title")


@when('the customer presses "Enter" and logs in')
def _(customer: CustomerActor) -> None:
    customer.page = customer.website.log_in()


@then("the customer is logged in to Instagram")
def _(customer: CustomerActor) -> None:
    assert customer.page is not None
    must(customer.page.logged_in, is_true("logged in"), reason="the tester's login works")


@then(parsers.parse('Instagram asks "{question}"'))
def _(customer: CustomerActor, question: str) -> None:
    assert customer.page is not None
    must(customer.page.asks_to_save_login, is_true(question), reason="Instagram asks")


@then(parsers.parse('Instagram does not ask "{question}"'))
def _(customer: CustomerActor, question: str) -> None:
    assert customer.page is not None
    must(customer.page.asks_to_save_login, is_false(f"not {question}"), reason="asked only once")


@when('the customer selects "Not now"')
def _(customer: CustomerActor) -> None:
    customer.page = customer.website.decline_saved_login()


@then(parsers.parse('the company\'s page offers "{label}"'))
def _(customer: CustomerActor, label: str) -> None:
    assert customer.page is not None
    must(customer.page.offers, has_item(label), reason=f'the company\'s page offers "{label}"')


@given("the customer is logged in on the company's page")
def _(customer: CustomerActor) -> None:
    customer.page = customer.website.arrive_logged_in()
    must(customer.page.logged_in, is_true("logged in"), reason="the customer is logged in")
