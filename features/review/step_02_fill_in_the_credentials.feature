@step-02
Feature: Step 02 — Fill in the credentials
  The login and the password of the submission open the console at the first attempt. Whoever
  guesses learns nothing and is slowed down.

  Background:
    Given the login page of the console

  @req-guide-step-2
  Scenario: The credentials of the submission are accepted
    When the agent signs in
    Then the agent is signed in

  @req-guide-good-practice-first-login
  Scenario: The reviewer's agent is past the first login
    When the agent signs in
    Then no password has to be created

  @req-contact-centre-security
  Scenario: A wrong password is refused
    When someone signs in as the agent with a wrong password
    Then the sign-in is refused

  @req-contact-centre-security
  Scenario: A refusal does not say which part was wrong
    When someone signs in as the agent with a wrong password
    And someone signs in with a login that does not exist
    Then both refusals read the same

  @req-contact-centre-security
  Scenario: Repeated failures are throttled
    When someone signs in as the spare agent with a wrong password until the console slows it down
    Then even the right password of the spare agent has to wait

  @req-guide-good-practice-first-login
  Scenario: The first login of an agent asks to create the password
    When an agent who never signed in before signs in
    Then the console asks to create a password
