@step-09
Feature: Step 09 — The conversation appears
  The message appears at the console as a new conversation that carries the customer's name, and
  the talk goes on from there.

  Background:
    Given an agent signed in to the console and able to receive

  @req-guide-step-9 @req-instagram_basic
  Scenario: The message appears as a new conversation with the customer's name
    When a customer sends a message
    Then the console shows a conversation with the message
    And the conversation carries the name of the customer

  @req-guide-step-9 @req-instagram_manage_messages
  Scenario: The customer sees the answer of the agent in Direct
    Given a conversation with a customer
    When the agent answers
    Then the customer sees the answer in Direct
    And the console shows the answer once

  @req-guide-step-9
  Scenario: Several turns stay in order on both sides
    Given a conversation with a customer
    When agent and customer take 3 turns each
    Then the console shows all turns in order
    And the customer sees all turns in order in Direct

  @case-31 @case-32 @case-33
  Scenario Outline: The conversation appears although the profile is <profile>
    Given a customer whose profile is <profile>
    When the customer sends a message
    Then the console shows a conversation with the message
    And the conversation carries a fallback, not an invented name

    Examples:
      | profile                    |
      | refused for consent        |
      | unknown to Meta            |
      | too slow to wait for       |
      | without a name             |

  @req-contact-centre-R14 @case-20
  Scenario: Ten messages at once from a first-time customer make one conversation
    When a customer sends 10 messages at once
    Then the console shows one conversation with all of them
