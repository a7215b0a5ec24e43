@step-13
Feature: Step 13 — Unsend a message
  The customer presses a message for about two seconds in the phone app and unsends it. The console
  shows "Message deleted" in its place and keeps neither text nor media.

  Background:
    Given an agent signed in to the console and able to receive
    And a conversation with a customer

  @mobile-journey @req-guide-step-13 @req-meta-9.1 @case-38 @case-47
  Scenario: The unsent message becomes Message deleted
    When the customer sends a message on the phone
    And the console shows the message
    And the customer unsends the message by a long press
    Then the console shows "Message deleted" in place of the message
    And the text of the message is gone from the console

  @mobile-journey @req-meta-9.1 @case-47
  Scenario: Message deleted stays after a reload
    When the customer sends a message on the phone
    And the customer unsends the message by a long press
    And the agent reloads the console
    Then the console shows "Message deleted" in place of the message
    And the text of the message is gone from the console

  @mobile-journey @case-46
  Scenario: An unsent picture is gone too
    When the customer sends a picture
    And the console shows the picture
    And the customer unsends the picture on the phone
    Then the console shows "Message deleted" in place of the message
    And the picture is gone from the console

  @req-guide-about-message-deletions @case-51
  Scenario: Unsending on the website produces no event
    When the customer sends a message on the website
    And the console shows the message
    And the customer unsends the message on the website
    Then the customer sees the message no more
    And Meta sends no event about it
    And the console still shows the message
