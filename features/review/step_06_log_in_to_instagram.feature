@step-06
Feature: Step 06 — Log in to Instagram
  In another window the reviewer opens the company's page on Instagram and logs in as the tester.
  Only people with a role on the app are heard while the app has Standard Access.

  Background:
    Given an agent signed in to the console and able to receive

  @req-guide-step-6
  Scenario: The company's page carries its name and lets the tester in
    When the customer opens the company's page on Instagram
    Then the title of the page is the name of the company's account
    When the customer presses "Enter" and logs in
    Then the customer is logged in to Instagram

  @req-guide-step-6
  Scenario: The agent stays able to receive while the reviewer is on Instagram
    When the customer opens the company's page on Instagram
    And the customer presses "Enter" and logs in
    Then the status of the agent is "Operating"

  @req-meta-2.2
  Scenario: Meta may verify the company's webhook again at any time
    When Meta verifies the webhook of the console once more
    Then the console returned the challenge
    When Meta verifies the webhook of the console with a wrong token
    Then the console refused the verification

  @req-meta-6.5
  Scenario: Under Standard Access a person without a role is not heard
    Given a customer without a role on the app, which has Standard Access
    When the customer sends a message
    Then the customer sees the message in Direct
    And the message does not reach the agent
    And the report says that the missing role is the reason
