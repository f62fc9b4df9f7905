# `make run` sets up what is missing and serves; `make test` tests everything. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV ?= .venv
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/var
DEMO ?= 1
TEST_PROCESSES ?= 2
export VENV PORT DATA_DIR DEMO
MARKS := .cache
BIN := $(VENV)/bin
RIXIN := $(BIN)/rixin
PIP := $(BIN)/python -m pip --disable-pip-version-check
STATIC := rixin/config/static_build
FRONTEND := $(shell find frontend/src -type f) frontend/vite.config.ts frontend/tsconfig.json
# Tests have secrets, files and keys of their own, and never the demonstration's settings.
TEST := env -u DATABASE_URL DEMO= DATA_DIR=$(CURDIR)/$(MARKS)/test
.PHONY: help run setup build dev system messages test test-sqlite test-postgres check format screenshots bench paths lock clean demo

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

run: setup ## set up what is missing, then serve on http://localhost:8000 (PORT=, HOST=, DATABASE_URL=, DEMO=)
	@exec $(RIXIN) serve

setup: build ## tables, units, areas, definitions; with DEMO=1 (the default) a demo year
	@$(RIXIN) setup

demo: build ## make the demo year anew in an empty database
	@$(RIXIN) demo

build: $(MARKS)/venv $(MARKS)/frontend messages ## dependencies, front end and translations

messages: $(MARKS)/venv
	@$(BIN)/python tools/messages.py compile

$(MARKS)/venv: requirements.lock pyproject.toml
	@mkdir -p $(MARKS)
	@echo "Python packages …"
	@[ -x $(BIN)/python ] || { python=$$(sh tools/python.sh) && "$$python" -m venv $(VENV); }
	@$(PIP) install -q --require-hashes -r requirements.lock || { echo "Packages could not be installed: see above. Check the network, then run make again." >&2; exit 1; }
	@$(PIP) install -q --no-deps --no-build-isolation -e . 2>/dev/null || $(PIP) install -q --no-deps -e .
	@touch $@

$(MARKS)/dev: $(MARKS)/venv requirements-dev.lock
	@echo "Packages for tests and checks …"
	@$(PIP) install -q --require-hashes -r requirements-dev.lock
	@touch $@

dev: $(MARKS)/dev $(MARKS)/frontend messages ## what `build` gives, and the tools for tests and checks

$(MARKS)/node: frontend/package.json frontend/package-lock.json | $(MARKS)/venv
	@echo "Front-end packages …"
	@sh tools/node.sh npm --prefix frontend ci --no-audit --no-fund --loglevel=error || { echo "npm ci failed: see above. Check the network, then run make again." >&2; exit 1; }
	@touch $@

$(MARKS)/frontend: $(MARKS)/node $(FRONTEND)
	@echo "Front end …"
	@sh tools/node.sh npm --prefix frontend run --silent build -- --logLevel warn
	@touch $@

system:
	@sh tools/system.sh

test: dev system check test-sqlite test-postgres ## everything: checks, all tests on SQLite and again on PostgreSQL

test-sqlite: dev
	@echo "Tests on SQLite, with a browser …"
	@$(TEST) $(BIN)/python -m pytest -q -n $(TEST_PROCESSES) $(PYTEST)

test-postgres: dev
	@echo "Tests on PostgreSQL …"
	@$(TEST) $(BIN)/python -m tools.postgres $(BIN)/python -m pytest -q -n $(TEST_PROCESSES) --with-database $(PYTEST)

check: dev ## style, types, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .
	@sh tools/node.sh npm --prefix frontend run --silent types
	@$(BIN)/python tools/messages.py check
	@$(TEST) $(BIN)/mypy --cache-dir $(MARKS)/mypy rixin tools benchmarks

format: $(MARKS)/dev ## put the code into the house's form
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format -q .

paths: $(MARKS)/dev ## draw the bundled ways on foot anew from places.csv and lines.geojson
	@$(BIN)/python -m tools.paths

screenshots: dev system ## pictures of every page into docs/screenshots
	@env -u DATABASE_URL DATA_DIR=$(CURDIR)/$(MARKS)/screenshots $(BIN)/python -m tools.screenshots

bench: dev ## measure; see benchmarks/
	@$(TEST) $(BIN)/python -m benchmarks

lock: $(MARKS)/dev ## write the lock files from pyproject.toml (UPGRADE=1: newest versions)
	@sh tools/lock.sh

clean: ## remove what was built; data in var/ stays
	rm -rf $(MARKS) $(VENV) $(STATIC) frontend/node_modules rixin.egg-info build dist
	find rixin -name '*.mo' -delete
