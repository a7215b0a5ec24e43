@step-08
Feature: Step 08 — Send a direct message
  "Send Message" opens Direct. What the customer writes there arrives at the console letter by
  letter, as text and never as markup.

  Background:
    Given an agent signed in to the console and able to receive
    And the customer is logged in on the company's page

  @req-guide-step-8
  Scenario: A text sent in Direct reaches the console
    When the customer presses "Send Message" and sends a message
    Then the customer sees the message in Direct
    And the console shows a conversation with the message

  @req-meta-2.4 @case-02
  Scenario Outline: A text with <content> arrives unchanged
    When the customer presses "Send Message" and sends a text with <content>
    Then the console shows a conversation with the message
    And the console shows the text as text

    Examples:
      | content                |
      | emoji                  |
      | accents                |
      | symbols and markup     |
      | right-to-left letters  |
      | line breaks            |
      | 1000 bytes             |
