# Two commands: make run, make test. Needs Python 3.11+ and a package registry, nothing else.
PY ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8050
export HOST PORT
export UV_PYTHON_DOWNLOADS := never
export UV_COMPILE_BYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help run test data check fix bench peers docs lock browser

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-7s %s\n", $$1, $$2}'

run: .venv/.ok  ## set up, build the release if figures or code changed, serve on http://$HOST:$PORT
	@$(BIN)/python -m etl build --if-changed
	@$(BIN)/python app.py

# Code compiled once: many tests start the product anew, and some machines are set to keep nothing.
test: .venv/.dev browser  ## set up, a browser included, and run all tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile

data: .venv/.ok  ## build a release of data/raw and publish it
	@$(BIN)/python -m etl build

check: .venv/.dev  ## lint, format, types, contracts; edits nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: .venv/.dev  ## format, and mend what can be mended by machine
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/.dev data  ## measure, each figure beside an alternative in the same run
	@$(BIN)/python -m bench

peers: .venv/.dev  ## set up the other tools that the bench looks at, beside the product
	@test -x bench/peers/.venv/bin/python || $(PY) -m venv bench/peers/.venv
	@bench/peers/.venv/bin/python -m pip install -q --disable-pip-version-check -r bench/peers/requirements.txt

docs: .venv/.dev  ## write the generated pages of docs/
	@$(BIN)/python -m docs.generate

lock: .venv/.dev  ## resolve the dependencies anew (maintainers)
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header -q -c requirements.lock -o requirements-dev.lock

browser: .venv/.dev
	@$(BIN)/python tests/browser/install.py

# uv installs in a third of pip's time; where it cannot be had, pip does the same.
define install
	@$(PY) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PY=python3.12")'
	@test -x $(BIN)/python || $(PY) -m venv .venv
	@echo "installing $(1)"
	@if $(BIN)/python -m pip install -q --disable-pip-version-check 'uv>=0.13,<0.14' 2>/dev/null; then \
	  $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1); \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); fi
endef

.venv/.ok: requirements.lock
	$(call install,requirements.lock)
	@$(BIN)/python -m dashboard.bundle
	@$(BIN)/python -m dashboard.parts
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.ok
	$(call install,requirements-dev.lock)
	@touch $@
