# `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Marks of the tests to run: empty runs everything, as .ci/run does.
MARK ?= not slow
WORKERS ?= auto
DEMO ?= careload-demo
# Without bytecode Textual imports four times slower.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check lint bench lock snapshots clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.installed ## a rehearsal organisation through the whole way, then the desk
	@$(BIN)/careload demo --people 240 --dir $(DEMO)

test: $(VENV)/.developing ## the tests (without the slow ones; MARK= runs all)
	@$(BIN)/python -m pytest -n $(WORKERS) -m "$(MARK)"

check: lint test ## format, lint, types, import contracts, tests

lint: $(VENV)/.developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.developing ## start-up, key to paint, saving, scoring: ratios of one interleaved run
	@$(BIN)/python -m benchmarks

snapshots: $(VENV)/.developing ## accept how the screens look now (look at the report first)
	@$(BIN)/python -m pytest -q -k looks --snapshot-update

lock: $(VENV)/.developing ## choose the newest versions that the ranges allow
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --group dev --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links --upgrade -o dev.lock pyproject.toml

clean: ## remove what make made
	rm -rf $(VENV) $(DEMO)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "careload needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -q "pip>=25.1"

$(VENV)/.installed: pyproject.toml dev.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV) ..."
	@$(PIP) install -q -c dev.lock -e ".[report]"
	@$(BIN)/python -m compileall -q instruments store scoring tui
	@touch $@

$(VENV)/.developing: pyproject.toml dev.lock | $(VENV)/bin/python
	@echo "Installing into $(VENV), with what the tests need ..."
	@$(PIP) install -q -c dev.lock -e . --group dev
	@$(BIN)/python -m compileall -q instruments store scoring tui tests
	@touch $@ $(VENV)/.installed
