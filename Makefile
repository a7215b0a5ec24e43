# Two commands matter: `make run` (the review, end to end) and `make test` (the project's own tests).
# Each installs what it needs first; a second call finds it done.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
# Processes that share the tests; each needs a core or most of one.
TEST_WORKERS ?= 2
BIN := $(VENV)/bin
DONE := .make
CODE := harness fake_meta system_under_test reports tests benchmarks

.PHONY: help setup clients run test audit check static unit format lint types imports index load soak serve bench clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(DONE)/venv: pyproject.toml constraints.txt tools/make_venv.sh
	@bash tools/make_venv.sh $(VENV)
	@mkdir -p $(DONE) && touch $@

$(DONE)/chromium: tools/ensure_chromium.sh | $(DONE)/venv
	@bash tools/ensure_chromium.sh $(BIN)/python
	@mkdir -p $(DONE) && touch $@

$(DONE)/clients.done: tools/make_clients.sh tests/clients/requirements.txt tests/clients/constraints.txt tests/clients/package.json | $(DONE)/venv
	@bash tools/make_clients.sh $(BIN)/python $(DONE)/clients
	@touch $@

$(DONE)/postgres: tools/ensure_postgres.sh
	@bash tools/ensure_postgres.sh
	@mkdir -p $(DONE) && touch $@

clients: $(DONE)/clients.done ## install other people's client libraries, for tests/clients

setup: $(DONE)/venv $(DONE)/chromium ## create the environment, install the pinned dependencies and a Chromium

run: setup ## App Review of the reference console, in a real browser, with a report
	@$(BIN)/homolog run

test: setup clients $(DONE)/postgres ## the project's own tests
	@$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadfile

audit: $(DONE)/venv ## known weaknesses of the pinned dependencies; needs PyPI's advisory service
	@bash tools/audit.sh $(BIN)/python $(DONE)/audit

check: $(DONE)/venv static unit ## format, lint, types, import contracts, unit tests

static: format lint types imports ## all of these but the tests

format: $(DONE)/venv
	@$(BIN)/ruff format --check $(CODE)

lint: $(DONE)/venv
	@$(BIN)/ruff check $(CODE)

types: $(DONE)/venv
	@$(BIN)/mypy

imports: $(DONE)/venv
	@$(BIN)/lint-imports

unit: $(DONE)/venv ## unit and architecture tests only
	@$(BIN)/python -m pytest -q -n $(TEST_WORKERS) --dist loadfile tests/unit tests/architecture

index: $(DONE)/venv ## write the generated pages: contents of features/, configuration, faults
	@$(BIN)/homolog list --markdown > features/README.md
	@$(BIN)/python -m harness.config_page > docs/configuration.md
	@$(BIN)/python -m fake_meta.faults.page > docs/faults.md
	@$(BIN)/python -m fake_meta.choices_page docs/fake_meta-limits.md

load: setup ## 40 customers on 2 agents for 20 s, judged afterwards
	@$(BIN)/homolog load --users 40 --agents 2 --duration 20

PROOFS = tests/unit/system_under_test/test_floor.py tests/unit/system_under_test/test_hammer.py \
	tests/integration/test_review_on_processes.py
soak: setup $(DONE)/postgres ## long proofs, then 55 kills on each engine under load, judged; writes docs/guarantees.md (half an hour)
	@rm -rf $(DONE)/proofs
	@LONG_PROOFS=$(DONE)/proofs $(BIN)/python -m pytest -q $(PROOFS)
	@$(BIN)/homolog soak --page docs/guarantees.md --proofs $(DONE)/proofs

serve: setup ## emulator and reference console to try by hand, until Ctrl-C
	@$(BIN)/homolog serve

bench: setup ## what it costs, as ratios within one run (some minutes; best on a quiet machine)
	@$(BIN)/python -m benchmarks start
	@$(BIN)/python -m benchmarks reads
	@$(BIN)/python -m benchmarks deliveries
	@$(BIN)/python -m benchmarks growth
	@$(BIN)/python -m benchmarks costs
	@$(BIN)/python -m benchmarks intake
	@$(BIN)/python -m benchmarks visible
	@$(BIN)/python -m benchmarks visible --agents 500 --customers 4000
	@$(BIN)/python -m benchmarks stored

clean: ## remove what was generated, not the environment
	@rm -rf reports/out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
