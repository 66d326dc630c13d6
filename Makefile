# Một cửa. `make` alone lists the targets; each of them does the set-up it needs by itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
# Whoever is done takes over tests of the other: long ones do not wait in one row.
PYTEST := $(BIN)/python -m pytest --dist worksteal
# One more than the cores of a small machine: a test that waits for a browser or a process leaves its core to another.
WORKERS ?= 3
WORKERS_ON_POSTGRES ?= 2
# Journeys hold the seconds of a clerk to a bound, and run on SQLite: what goes on beside them steps back a little.
BESIDE := nice -n 5

# Where this is set, every start would compile every library anew: seconds instead of a blink.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-fast test-sqlite test-postgres test-long lint type migrate ready ready-test lock

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ready ## Serve the demo on http://127.0.0.1:8000 (sets everything up first)
	@$(BIN)/motcua up --demo

# All at once, so that no core waits for the last test of a part; each part is told whole when it is done.
test: ready-test ## Everything CI runs: lint, types, the suite on SQLite and on PostgreSQL
	@echo "Lint, types, SQLite and PostgreSQL run side by side: each is told when it is done."
	@$(MAKE) --no-print-directory --keep-going -j4 --output-sync lint type test-sqlite test-postgres

test-fast: ready-test ## The suite on SQLite without the browser
	$(PYTEST) -n $(WORKERS) -m "not journey and not long"

test-sqlite: ready-test
	MOTCUA_TEST_DATABASE=sqlite $(PYTEST) -n $(WORKERS) -m "not long"

# What cannot differ between databases does not run again (docs/testing.md).
test-postgres: ready-test
	MOTCUA_TEST_DATABASE=postgres $(BESIDE) $(PYTEST) -n $(WORKERS_ON_POSTGRES) -m "both_databases and not long"

test-long: ready-test ## Fault runs of minutes to hours
	$(PYTEST) -m long --timeout 0

lint: ready-test ## Ruff, the import rules, the shell scripts
	$(BESIDE) $(BIN)/ruff check .
	$(BESIDE) $(BIN)/lint-imports --no-cache
	bash -n deploy/*.sh .ci/run

type: ready-test ## mypy, strict for the core
	$(BESIDE) $(BIN)/mypy

migrate: ready ## Bring the database of MOTCUA_HOME up to date
	$(BIN)/motcua db upgrade

ready:
	@deploy/prepare.sh run

ready-test:
	@deploy/prepare.sh test

# Addresses of package indexes stay out of the files: no header, no index lines.
lock: ## Renew the hashed requirements (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
	  --extra build pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
	  --extra build --extra dev pyproject.toml -o requirements-dev.txt -c requirements.txt
