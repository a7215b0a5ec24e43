"""The calls of the control API, grouped as a user looks for them: a method a call."""
