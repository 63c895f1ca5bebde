# Truceline: `make demo` and `make test` each work alone on a fresh machine with Python 3.11 or newer.
# Everything is installed into .venv, pinned and hash-checked by requirements.lock; nothing else is touched.

PYTHON ?= python3
JOBS ?= 2

BIN := .venv/bin
READY := .venv/.ready
EXTRAS := .venv/.extras
MUTANTS := .venv/.mutants
PEERS := .venv-bench/.ready
CORE := src/truceline/basics/*,src/truceline/terms/*,src/truceline/evidence/*,src/truceline/plan/*,src/truceline/locate/*,src/truceline/judge/*

.DELETE_ON_ERROR:
.PHONY: help setup extras bench bench-parts bench-peers demo test torture mutants lint type format docs pages lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## install Truceline and its tools into .venv

extras: $(READY) $(EXTRAS) ## install Spark and the data frame libraries too (half a gigabyte)

demo: $(READY) ## check southern Syria 2017 and write out/south-syria-2017/report.html
	@$(BIN)/truceline demo

test: lint type $(READY) ## lint, types, layers, all tests and doctests, coverage floors
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n $(JOBS) --cov --cov-report=
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --include='$(CORE)' --fail-under=100

torture: $(READY) ## the ledger under ten thousand power cuts, a thousand kills, every bit turned over (two hours)
	TRUCELINE_TORTURE=1 TRUCELINE_FLIPS=0 $(BIN)/pytest -n $(JOBS) tests/store tests/api/test_ledger*.py

mutants: $(MUTANTS) ## change the judge and the plan 8,000 times, and count what the tests notice (hours; ONLY='truceline.judge.when*')
	TRUCELINE_EXAMPLES=25 CI=1 $(BIN)/mutmut run --max-children $(JOBS) $(ONLY)
	@$(BIN)/mutmut results && $(BIN)/mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json

lint: $(READY) ## ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

type: $(READY) ## mypy, strict
	$(BIN)/mypy

format: $(READY) ## let ruff mend what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

pages: $(READY) ## draw docs/agreements from the library of agreements
	@$(BIN)/truceline library --pages docs/agreements

docs: $(READY) ## check that the documentation and the program say the same
	$(BIN)/pytest tests/test_docs.py tests/test_examples.py

bench: $(READY) ## measure Truceline, and its peers where they are installed; rewrites docs/benchmarks.md (an hour)
	@test -e $(PEERS) || echo "the peers are not installed: 'make bench-peers' does it; what is missing is named"
	$(BIN)/python benchmarks/compare.py --write
	$(BIN)/python benchmarks/locate.py
	$(BIN)/python benchmarks/area.py
	$(BIN)/python benchmarks/check.py
	$(BIN)/python benchmarks/log.py
	$(BIN)/python benchmarks/ledger.py

bench-peers: $(PEERS) ## install what Truceline is measured against into .venv-bench (1.6 GB; PostGIS comes with the system)

bench-parts: $(PEERS) ## measure the parts of a check against the last time
	.venv-bench/bin/python -m pytest benchmarks/parts -q -o pythonpath=benchmarks --benchmark-storage=file://./out/benchmarks --benchmark-autosave \
	  --benchmark-columns=median,iqr,rounds $$(test -d out/benchmarks && echo --benchmark-compare --benchmark-compare-fail=median:50%)

PIP_COMPILE := $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-options \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(READY) ## pin the newest versions of what pyproject.toml asks for
	$(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); print(*p["project"]["dependencies"], *p["dependency-groups"]["dev"], sep="\n")' > .venv/requirements.in
	$(PIP_COMPILE) --output-file requirements.lock .venv/requirements.in
	$(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]; print(*p["spark"], *p["frames"], sep="\n")' > .venv/extras.in
	$(PIP_COMPILE) --constraint requirements.lock --output-file requirements-extras.lock .venv/extras.in
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["mutants"])' > .venv/mutants.in
	$(PIP_COMPILE) --constraint requirements.lock --output-file requirements-mutants.lock .venv/mutants.in
	$(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); print(*p["project"]["dependencies"], *p["build-system"]["requires"], "editables", open("benchmarks/requirements.in").read(), sep="\n")' > .venv/bench.in
	$(PIP_COMPILE) --constraint requirements.lock --output-file requirements-bench.lock .venv/bench.in

clean: ## remove what was made, .venv and .venv-bench
	rm -rf .venv .venv-bench out build dist mutants .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for both: while it is younger than the lock and pyproject.toml, nothing is installed and no network is needed.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Truceline needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
	  echo "Name another one: make PYTHON=python3.12 demo"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
	  rm -rf .venv; echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "installing into .venv (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(EXTRAS): requirements-extras.lock $(READY)
	@echo "installing Spark and data frame libraries into .venv (a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-extras.lock
	@touch $@

$(MUTANTS): requirements-mutants.lock $(READY)
	@echo "installing mutmut into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-mutants.lock
	@touch $@

$(PEERS): requirements-bench.lock $(READY)
	@echo "installing into .venv-bench (a few minutes)"
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-bench.lock
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
