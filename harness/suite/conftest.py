"""Teaches pytest the vocabulary of the features."""

from importlib import import_module

import pytest

VOCABULARY = (
    "actors",
    "application",
    "conversation",
    "ending",
    "instagram",
    "message",
    "notification",
    "sign_in",
    "status",
    "story",
    "test_page",
    "unsend",
    "webhook",
)


def pytest_configure(config: pytest.Config) -> None:
    """Register the step modules; their steps are fixtures of their modules."""
    for noun in VOCABULARY:
        name = f"harness.steps.{noun}"
        config.pluginmanager.register(import_module(name), name)
