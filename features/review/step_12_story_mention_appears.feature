@step-12
Feature: Step 12 — The story mention appears
  The mention appears at the console as a new conversation with the content of the story, and the
  talk goes on from there.

  Background:
    Given an agent signed in to the console and able to receive

  @req-guide-step-12 @req-meta-9.2 @case-38
  Scenario: The mention appears as a new conversation with the content of the story
    When a customer publishes a story that mentions the company
    Then the console shows a conversation with the story
    And the content of the story is visible

  @req-guide-step-12 @case-56
  Scenario: The mention can be answered
    Given a conversation about a story mention
    When the agent answers
    Then the customer sees the answer in Direct

  @case-37
  Scenario: The mention appears live
    When a customer publishes a story that mentions the company
    Then the console shows a conversation with the story
    And the console was not reloaded

  @req-meta-9.2 @case-40
  Scenario Outline: A story that is <gone> leaves a placeholder
    Given a conversation about a story mention
    When the story is <gone>
    And the agent reloads the console
    Then the console says that the story is no longer available
    And the agent can answer the customer

    Examples:
      | gone    |
      | expired |
      | deleted |

  @req-meta-9.2 @case-41
  Scenario: The console keeps no copy of the story
    Given a conversation about a story mention
    Then the content of the story comes from Meta's address
