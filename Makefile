# Two commands matter: `make run` starts Heard with a fictional council, `make test` checks everything.
# They need Python 3.11 with venv, make, and a way to the package registries; the rest is fetched.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
BIN := .venv/bin
# The requirement file that .venv holds: once it has the test tools it keeps them.
WANTED = $(if $(wildcard .venv/test.stamp),requirements-dev.txt,requirements.txt)
SYNC = sh tools/sync.sh
ASSETS := app/static/built/.stamp
ASSET_SOURCES := package.json package-lock.json .npmrc requirements-assets.txt tools/build_assets.sh \
	$(wildcard assets/*.scss assets/heard/*.scss)

.PHONY: help run test unit fix check assets requirements bench transcripts screenshots carry faults demo-check refusals clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: .venv/run.stamp $(ASSETS) ## Serve Heard with a fictional council on 127.0.0.1 (PORT=8001 for another port)
	@$(BIN)/python -m tools.run --port $(PORT)

test: .venv/test.stamp $(ASSETS) ## Check and test everything, on SQLite and on a PostgreSQL of its own
	@sh tools/test_machine.sh
	@$(MAKE) check
	$(BIN)/pytest -n 2 --cov --cov-report=term:skip-covered

unit: .venv/test.stamp ## Test the pure core only, in seconds
	$(BIN)/pytest -q tests/unit

fix: .venv/test.stamp ## Format the code and mend what the linter can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

check: .venv/test.stamp ## Check format, lint, types, import contracts, spelling and templates
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/codespell
	$(BIN)/djlint app/templates --profile=jinja --lint --quiet

assets: $(ASSETS) ## Build the styles and scripts that pages use

requirements: .venv/uv.stamp ## Compile the requirement files, with hashes, from their .in files
	@for name in requirements requirements-dev requirements-assets requirements-uv; do \
		echo "Compiling $$name.txt"; \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			$$name.in --output-file $$name.txt || exit 1; \
	done

bench: .venv/test.stamp ## Measure speed
	$(BIN)/python -m bench

transcripts: .venv/test.stamp ## Rewrite the golden conversations after a wanted change; read the difference
	$(BIN)/python -m app.flows.play --update

screenshots: .venv/test.stamp $(ASSETS) ## Take a picture of each page, phone-sized and desktop, into tests/screenshots
	$(BIN)/pytest -q -m browser

carry: .venv/test.stamp $(ASSETS) ## Carry labelled replies the whole way into a paper, and compare (FILE=…, DATABASE=… for PostgreSQL)
	$(BIN)/python -m tools.carry $(FILE) $(if $(DATABASE),--database-url "$(DATABASE)")

faults: .venv/test.stamp ## Break running servers and see what is lost
	$(BIN)/pytest -q -m faults

demo-check: .venv/run.stamp $(ASSETS) ## Start the demo twice in an empty folder; tell the seconds to the first page
	$(BIN)/python -m tools.demo_check

refusals: .venv/run.stamp $(ASSETS) ## Show what is refused, the answer each gets, and that nothing changed
	@$(BIN)/python -m tools.refusals

clean: ## Remove what make built; var/ with its data stays
	rm -rf .venv node_modules app/static/built .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage*

.venv/uv.stamp: requirements-uv.txt tools/bootstrap.sh
	@sh tools/bootstrap.sh

.venv/run.stamp: requirements.txt tools/sync.sh .venv/uv.stamp
	@$(SYNC) $(WANTED)
	@touch $@

.venv/test.stamp: requirements-dev.txt tools/sync.sh .venv/uv.stamp
	@$(SYNC) requirements-dev.txt
	@touch .venv/run.stamp $@

$(ASSETS): .venv/uv.stamp $(ASSET_SOURCES)
	@sh tools/build_assets.sh
	@touch $@
