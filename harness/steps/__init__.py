"""The vocabulary of the features: one module a noun, fixtures in `actors`."""
