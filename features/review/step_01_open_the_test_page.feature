@step-01
Feature: Step 01 — Open the test page
  The reviewer types the address of the submission and must stand in front of the login form:
  no portal of products, no chain of redirects.

  Background:
    Given the address of the test page

  @req-guide-step-1
  Scenario: The address opens the login page
    When the reviewer opens the test page
    Then the login page is shown
    And it asks for "Login" and "Password"
    And it offers the button "ENTER"

  @req-guide-good-practice-direct-address
  Scenario: Nothing stands between the address and the login page
    When the reviewer opens the test page
    Then the login page was reached without a redirect
    And the reviewer does not have to choose a product first

  @browser @req-contact-centre-F1
  Scenario Outline: The login form works in a window <width> pixels wide
    Given a browser window <width> pixels wide
    When the reviewer opens the test page
    Then the login form fits the window
    And the agent can sign in with it

    Examples:
      | width |
      | 1440  |
      | 360   |
