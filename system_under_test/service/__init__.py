"""Use cases of the console, over ports."""
