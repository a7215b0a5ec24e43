@walkthrough
Feature: Walkthrough — The review as a reviewer does it
  One reviewer, one console window, one Instagram window, every step after the other. The journey on
  the web has twelve steps and a note about deletions; with a phone at hand there are thirteen and no note.

  @mobile-journey @req-guide-journey-mobile
  Scenario: Thirteen steps with a phone at hand
    Given the address of the test page
    And a browser in which the agent will select "ALLOW"
    When the reviewer opens the test page
    Then the login page is shown
    When the agent signs in
    Then the agent is signed in
    When the agent selects "ALLOW" where the browser asks about notifications
    And the agent selects "Operating" in the menu "STATUS"
    Then the status of the agent is "Operating"
    When the customer opens the company's page on Instagram
    Then the title of the page is the name of the company's account
    When the customer presses "Enter" and logs in
    Then Instagram asks "Save your login information?"
    When the customer selects "Not now"
    Then the company's page offers "Send Message"
    When the customer presses "Send Message" and sends a message
    Then the console shows a conversation with the message
    And the conversation carries the name of the customer
    When the agent answers
    Then the customer sees the answer in Direct
    When the agent presses "End"
    Then the console shows the conversation no more
    When the customer publishes a story that mentions the company
    Then the console shows a conversation with the story
    When the agent answers
    Then the customer sees the answer in Direct
    When the agent presses "End"
    Then the console shows the conversation no more
    When the customer sends a message on the phone
    Then the console shows a conversation with the message
    When the customer unsends the message by a long press
    Then the console shows "Message deleted" in place of the message

  @web-journey @req-guide-journey-web
  Scenario: Twelve steps on the web with a note about deletions
    Given the address of the test page
    And a browser in which the agent will select "ALLOW"
    When the reviewer opens the test page
    Then the login page is shown
    When the agent signs in
    Then the agent is signed in
    When the agent selects "ALLOW" where the browser asks about notifications
    And the agent selects "Operating" in the menu "STATUS"
    Then the status of the agent is "Operating"
    When the customer opens the company's page on Instagram
    Then the title of the page is the name of the company's account
    When the customer presses "Enter" and logs in
    Then Instagram asks "Save your login information?"
    When the customer selects "Not now"
    Then the company's page offers "Send Message"
    When the customer presses "Send Message" and sends a message
    Then the console shows a conversation with the message
    And the conversation carries the name of the customer
    When the agent answers
    Then the customer sees the answer in Direct
    When the agent presses "End"
    Then the console shows the conversation no more
    When the customer publishes a story that mentions the company
    Then the console shows a conversation with the story
    When the agent answers
    Then the customer sees the answer in Direct
    When the customer sends a message on the website
    And the console shows the message
    And the customer unsends the message on the website
    Then Meta sends no event about it
    And the report notes that the website announces no deletions
