"""The thirteen review steps and the walkthrough."""

from pathlib import Path

from pytest_bdd import scenarios

scenarios(str(Path(__file__).parents[2] / "features" / "review"))
