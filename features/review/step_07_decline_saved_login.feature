@step-07
Feature: Step 07 — Decline to save the login
  Instagram may ask "Save your login information?". The reviewer selects "Not now".

  Background:
    Given an agent signed in to the console and able to receive

  @req-guide-step-7
  Scenario: The reviewer selects Not now
    When the customer opens the company's page on Instagram
    And the customer presses "Enter" and logs in
    Then Instagram asks "Save your login information?"
    When the customer selects "Not now"
    Then the company's page offers "Send Message"

  @req-guide-step-7
  Scenario: Instagram does not ask again in that session
    Given the customer is logged in on the company's page
    When the customer opens the company's page on Instagram
    Then Instagram does not ask "Save your login information?"

  @req-contact-centre-R15
  Scenario: Logging in alone brings nothing to the console
    When the customer opens the company's page on Instagram
    And the customer presses "Enter" and logs in
    Then the console shows no conversation
