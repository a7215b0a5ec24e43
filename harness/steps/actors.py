"""Fixtures: who acts in a scenario. Three deep at most: stage, front or customer, agent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from faker import Faker

from harness.catalogue import Case
from harness.drivers.meta_control import MetaControl
from harness.evidence import Evidence
from harness.stage import Stage
from harness.steps.agent_actor import Agent
from harness.steps.customer_actor import CustomerActor
from harness.steps.front import Front
from harness.steps.watch import Watch
from harness.steps.words import Words
from harness.targets.contract import WindowWish


@pytest.fixture
def watch(stage: Stage, evidence: Evidence) -> Watch:
    """Waiting with the configured limits."""
    return Watch(stage.config.patience, evidence.saw)


@pytest.fixture
def meta(stage: Stage) -> MetaControl:
    """The control API of the emulated Meta."""
    return stage.meta


@pytest.fixture
def words(stage: Stage, case: Case, faker_for_case: Faker) -> Words:
    """Texts and names of this case, decided by the run's seed."""
    brazilian = Faker("pt_BR")
    brazilian.seed_instance(f"{stage.config.run.seed}:{case.id}")
    return Words(faker_for_case, (faker_for_case, brazilian))


@pytest.fixture
def front(stage: Stage, evidence: Evidence) -> Front:
    """The reviewer's window in front of the login page; the stage closes it with its trace."""
    return Front(stage.target, evidence)


@pytest.fixture
def agent(stage: Stage, front: Front, watch: Watch, evidence: Evidence) -> Iterator[Agent]:
    """The agent of the submission, not signed in yet."""
    person = Agent(stage.target, front, watch, evidence)
    yield person
    person.leave()


@pytest.fixture
def customer(stage: Stage, words: Words, evidence: Evidence) -> CustomerActor:
    """A customer with the accepted role of tester, created when first needed."""
    return CustomerActor(stage.meta, stage.hands, words, evidence)


@pytest.fixture
def second_front(stage: Stage, evidence: Evidence) -> Front:
    """Another window of the reviewer, on another machine."""
    window = Front(stage.target, evidence)
    window.use(WindowWish(label="second-console"))
    return window
