@step-03
Feature: Step 03 — Enter the console
  "ENTER" opens a new browser window with the application, and the agent is signed in there.

  Background:
    Given the login page of the console

  @browser @req-guide-step-3
  Scenario: ENTER opens a new browser window with the application
    When the agent signs in
    Then the application opened in a new browser window
    And the agent is signed in

  @req-guide-step-3
  Scenario: The console knows who entered
    When the agent signs in
    Then the console shows the name of the agent

  @browser @req-contact-centre-F1
  Scenario: A visible link does the same when the browser blocks the new window
    Given a browser that blocks new windows
    When the agent signs in
    Then the login page offers a link to the application
    And the link opens the application, signed in

  @req-contact-centre-A2
  Scenario: A second sign-in takes over
    Given an agent signed in to the console
    When the same agent signs in a second time
    Then the second console is the one that works
    And the first console says that it was taken over
