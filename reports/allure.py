"""What Allure shows beside the results: environment, categories; and less noise in them."""

import json
import re
from pathlib import Path

from reports.record import RunRecord

FOLDER_NAME = "allure-results"
CATEGORIES = [
    {"name": "The console breaks a requirement", "matchedStatuses": ["failed"]},
    {"name": "The harness or a dead server left the question open", "matchedStatuses": ["broken"]},
    {"name": "Not applicable or skipped", "matchedStatuses": ["skipped"]},
]
STEP_FIXTURE = re.compile(r"__pytest_bdd_|_pytest_bdd_example")


def write(run: RunRecord, folder: Path) -> Path:
    """Complete the results that the Allure plugin left in a run's folder."""
    results = folder / FOLDER_NAME
    results.mkdir(exist_ok=True)
    facts = {
        "target": run.target,
        "driver": run.driver,
        "journey": run.journey,
        "seed": str(run.seed),
        "homolog": run.homolog_version,
        **run.environment,
    }
    lines = [f"{key}={value}" for key, value in facts.items()]
    (results / "environment.properties").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (results / "categories.json").write_text(json.dumps(CATEGORIES, indent=1), encoding="utf-8")
    for container in results.glob("*-container.json"):
        _drop_step_fixtures(container)
    return results


def _drop_step_fixtures(container: Path) -> None:
    """The BDD plugin finds its steps through fixtures, which Allure would list as preparations."""
    document = json.loads(container.read_text(encoding="utf-8"))
    names = [one.get("name", "") for one in document.get("befores", [])]
    if names and all(STEP_FIXTURE.search(name) for name in names) and not document.get("afters"):
        container.unlink()
