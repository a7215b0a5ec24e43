"""What Allure shows beside the results: environment, categories; and less noise in them."""

import json
from pathlib import Path

from reports.record import RunRecord

FOLDER_NAME = "allure-results"
CATEGORIES = [
    {"name": "The console breaks a requirement", "matchedStatuses": ["failed"]},
    {"name": "The harness or a dead server left the question open", "matchedStatuses": ["broken"]},
    {"name": "Not applicable or skipped", "matchedStatuses": ["skipped"]},
]
BDD_PARAMETER = "_pytest_bdd_example"


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
        _drop_uneventful(container)
    for result in results.glob("*-result.json"):
        _tidy(result)
    return results


def _drop_uneventful(container: Path) -> None:
    """Fixtures that worked, steps of the BDD plugin among them, would fill every page."""
    document = json.loads(container.read_text(encoding="utf-8"))
    fixtures = [*document.get("befores", []), *document.get("afters", [])]
    if all(one.get("status", "passed") == "passed" for one in fixtures):
        container.unlink()


def _tidy(result: Path) -> None:
    """Drop the BDD plugin's own parameter, and the quotes around the others."""
    document = json.loads(result.read_text(encoding="utf-8"))
    parameters = [one for one in document.get("parameters", []) if one["name"] != BDD_PARAMETER]
    if "parameters" in document:
        document["parameters"] = [{**one, "value": one["value"].strip("'")} for one in parameters]
        result.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
