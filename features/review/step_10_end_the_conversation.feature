@step-10
Feature: Step 10 — End the conversation
  "End" closes the conversation and frees its slot. The customer may come back at any time.

  Background:
    Given an agent signed in to the console and able to receive
    And a conversation with a customer

  @req-guide-step-10 @req-contact-centre-R9
  Scenario: End closes the conversation
    When the agent presses "End"
    Then the console shows the conversation no more

  @req-contact-centre-R9
  Scenario: End frees the slot
    When the agent presses "End"
    Then the slot of the conversation is free

  @req-contact-centre-R10 @case-72
  Scenario: The next message of the customer opens a new conversation
    When the agent presses "End"
    And the customer sends a message
    Then the console shows a new conversation with only that message

  @req-contact-centre-R10
  Scenario: The new conversation is linked to the previous one
    When the agent presses "End"
    And the customer sends a message
    Then the new conversation names the previous one
