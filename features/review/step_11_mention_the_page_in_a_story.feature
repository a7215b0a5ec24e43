@step-11
Feature: Step 11 — Mention the page in a story
  Still logged in, the tester publishes a story that mentions the company's page. Meta tells the
  console, unless the account is private and the company does not follow it.

  Background:
    Given an agent signed in to the console and able to receive
    And the customer is logged in on the company's page

  @req-guide-step-11 @req-meta-9.2 @case-38
  Scenario: The tester publishes a story that mentions the page
    When the customer publishes a story that mentions the company
    Then the story is published on Instagram
    And Meta sends the mention to the console, which acknowledges it with 200

  @req-meta-9.2
  Scenario: A private account that the company does not follow stays unheard
    Given the account of the customer is private and the company does not follow it
    When the customer publishes a story that mentions the company
    Then the story is published on Instagram
    And Meta sends nothing to the console and the report says why
    And the story does not reach the agent
