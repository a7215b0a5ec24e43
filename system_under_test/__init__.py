"""Interact, the reference console: a contact centre for Instagram Direct."""
