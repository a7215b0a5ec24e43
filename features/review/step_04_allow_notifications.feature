@step-04
Feature: Step 04 — Allow notifications
  The browser asks whether the console may show notifications. Whoever says no loses the
  notifications and nothing else.

  @browser @req-guide-step-4
  Scenario: The browser asks for permission and the agent selects ALLOW
    Given a browser in which the agent will select "ALLOW"
    When the agent signs in
    Then the browser was asked for permission to show notifications
    And the console may show notifications

  @browser @req-guide-step-4
  Scenario: A new conversation is announced
    Given a browser in which the agent will select "ALLOW"
    And an agent signed in to the console and able to receive
    When a customer sends a message
    Then a notification announces the customer
    And the console shows a conversation with the message

  @browser @req-contact-centre-F1
  Scenario: The console is fully usable when notifications are denied
    Given a browser in which the agent will select "BLOCK"
    And an agent signed in to the console and able to receive
    When a customer sends a message
    Then the console shows a conversation with the message
    And the agent can answer the customer
