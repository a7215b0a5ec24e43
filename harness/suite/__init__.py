"""Binds the features to pytest."""
