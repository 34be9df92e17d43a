# Everything one does here; `make` or `make help` lists it. A machine needs git, make and python3 (3.11+) with venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
ARGS   ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: bench clean coverage demo docs help install lint run shots test vendor

help: ## list these targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  Options go in ARGS: make run ARGS="--host 127.0.0.1"'

install: $(VENV)/.has-run ## install what the server needs into .venv

run: $(VENV)/.has-run ## start the server on this network and print its addresses
	@exec $(BIN)/facilitate run $(ARGS)

demo: $(VENV)/.has-run ## play a real consultation into a room that you can watch
	@exec $(BIN)/facilitate demo $(ARGS)

test: $(VENV)/.has-test ## install what the tests need, the browser too, and run them all
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder $(ARGS)

coverage: $(VENV)/.has-test ## measure which branches the tests reach
	@$(BIN)/python -m coverage run -m pytest -q $(ARGS)
	@$(BIN)/python -m coverage report

lint: $(VENV)/.has-lint ## check style, types and templates
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/djlint templates --lint --quiet

bench: $(VENV)/.has-bench ## measure the hot path against its targets
	@$(BIN)/python -m bench $(ARGS)

shots: $(VENV)/.has-test ## photograph every screen and state into build/shots, as contact sheets
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m tests.browser.shots $(ARGS)

docs: $(VENV)/.has-run ## rewrite the pages of docs/ that come from the code
	@$(BIN)/python docs/generate.py

vendor: ## rebuild static/js/vendor and static/fonts from npm with pinned versions
	@./vendor/build $(ARGS)

clean: ## remove what was built, the environment too; instance/ with its data stays
	@rm -rf $(VENV) build dist

# The marks below make a second run fast: nothing is installed again until pyproject.toml changes.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.exit(0 if sys.version_info >= (3, 11) else f"Python 3.11 or newer is needed, this is {v}: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Install the package python3-venv, then try again."; exit 1; }

$(VENV)/.has-run: pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing what the server needs into $(VENV)."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.has-%: $(VENV)/.has-run
	@echo "Installing what make $* needs into $(VENV)."
	@$(PIP) install --editable '.[$*]'
	@touch $@
