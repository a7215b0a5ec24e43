@step-05
Feature: Step 05 — Select Operating
  In the menu at the left, at the top, the agent chooses in "STATUS" to be able to receive.

  Background:
    Given an agent signed in to the console

  @req-guide-step-5
  Scenario: The agent selects Operating
    When the agent selects "Operating" in the menu "STATUS"
    Then the status of the agent is "Operating"

  @req-contact-centre-R1 @req-contact-centre-R5
  Scenario: Messages wait in the queue until the agent is able to receive
    Given a customer has sent a message
    And the message has not reached the agent
    When the agent selects "Operating" in the menu "STATUS"
    Then the console shows a conversation with the message

  @req-guide-step-6 @req-contact-centre-R1
  Scenario: Ready is able to receive too
    When the agent selects "Ready" in the menu "STATUS"
    And a customer sends a message
    Then the console shows a conversation with the message

  @req-contact-centre-R11
  Scenario: A pause does not receive
    When the agent selects a pause in the menu "STATUS"
    And a customer sends a message
    Then the message does not reach the agent
