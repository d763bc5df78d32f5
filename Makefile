# Two commands on a fresh machine with Python 3.11 or newer and make:
#   make run    sets everything up, plays a working day in a demo branch and shows its board
#   make test   sets everything up and runs all tests
PYTHON ?= python3
# INSTALL=wheel tests the built wheel in an environment of its own, without src/ on any path.
INSTALL ?= editable
VENV ?= .venv
BIN = $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN = $(VENV)/Scripts
endif
LOCK = requirements-dev.lock
CONTRIB = $(wildcard plugins_contrib/*)
STAMP = $(VENV)/.stamp-$(INSTALL)
DEMO ?= demo-branch
JOBS ?= auto

.PHONY: run test lint bench docs messages wheel clean

run: $(STAMP)
	$(BIN)/branchops demo $(DEMO)

test: $(STAMP)
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m bench $(ARGS)

docs: $(STAMP)
	$(BIN)/python tools/docs.py

messages: $(STAMP)
	$(BIN)/python tools/messages.py

wheel: $(VENV)/.stamp-tools
	rm -rf dist
	$(BIN)/python -m build --no-isolation --wheel --outdir dist .
	for plugin in $(CONTRIB); do $(BIN)/python -m build --no-isolation --wheel --outdir dist $$plugin; done

$(VENV)/.stamp-tools: $(LOCK)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(LOCK)
	touch $@

$(VENV)/.stamp-editable: $(VENV)/.stamp-tools pyproject.toml $(wildcard plugins_contrib/*/pyproject.toml)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . $(addprefix --editable ,$(CONTRIB))
	touch $@

$(VENV)/.stamp-wheel: wheel
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall dist/*.whl
	touch $@

clean:
	rm -rf .venv .venv-* dist build $(DEMO)
