"""Hands without judgement: the control API, the browser, a customer's fingers."""
