# Everything runs from here; CI runs the same targets. `make` alone lists them.
PY ?= python3
PORT ?= 8000
V := .venv
BIN := $(CURDIR)/$(V)/bin
SHELL := /bin/bash
export PATH := $(BIN):$(PATH)
UV := VIRTUAL_ENV=$(CURDIR)/$(V) $(BIN)/uv
INSTALL = $(UV) pip install --quiet --require-hashes -r
BUNDLE := src/tanxin/web/static/bundle/.built
MESSAGES := .build/messages
WORKERS ?= 2

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

demo: $(V)/.run $(BUNDLE) $(MESSAGES) ## set up everything and open a lively demo on SQLite (PORT=8000, FRESH=1 rebuilds it)
	@tanxin demo --port $(PORT) $(if $(FRESH),--fresh)

test: $(V)/.test $(V)/.dev $(BUNDLE) $(MESSAGES) chromium ## every test, on SQLite and PostgreSQL, browser included
	$(PY) tools/run_tests.py

check: $(V)/.test $(V)/.dev $(MESSAGES) ## format, lint, types, layers, house rules, translations
	ruff format --check src tests tools bench
	ruff check src tests tools bench
	lint-imports --no-logo
	$(PY) tools/house_rules.py
	TANXIN_SECRET_KEY=check-check-check-check-check-check-check-check mypy
	djlint --quiet --lint src/tanxin/web/templates
	python tools/messages.py check
	python tools/reference.py check
	codespell src tests docs tools bench README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md
	$(PY) tools/django_checks.py

fix: $(V)/.dev ## format and mend what can be mended without thinking
	ruff check --fix src tests tools bench
	ruff format src tests tools bench

prove: $(V)/.test $(BUNDLE) $(MESSAGES) chromium softhsm ## the long checks at full size
	pytest -q -m prove -p no:randomly

bench: $(V)/.test $(MESSAGES) ## ratios to a floor measured in the same run (SIZE=full for 1,000,000 people)
	python tools/bench.py $(if $(SIZE),--size $(SIZE))
	python -m bench.audit
	python -m bench.likeness

screens: $(V)/.test $(BUNDLE) $(MESSAGES) chromium ## screenshots of every page, zh/en, light/dark, desktop/phone, into var/screens
	python tools/screens.py

lock: $(V)/.uv ## renew requirements/*.txt from pyproject.toml
	$(UV) pip compile -q pyproject.toml -c requirements/constraints.in --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements/run.txt
	for group in build node test dev; do $(UV) pip compile -q --group $$group -c requirements/run.txt -c requirements/constraints.in --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements/$$group.txt; done

chromium: $(V)/.test
	@$(PY) tools/find_chromium.py

softhsm:
	@command -v softhsm2-util >/dev/null || apt-get install -y -qq softhsm2 >/dev/null 2>&1 \
	|| echo "not run: keys in a PKCS#11 token, because softhsm2 is missing and cannot be installed here"

$(V)/.uv:
	$(PY) -m venv $(V)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(V)/.run: $(V)/.uv requirements/run.txt requirements/build.txt
	$(INSTALL) requirements/run.txt
	$(INSTALL) requirements/build.txt
	$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(V)/.test: $(V)/.run requirements/test.txt
	$(INSTALL) requirements/test.txt
	@touch $@

$(V)/.dev: $(V)/.run requirements/dev.txt
	$(INSTALL) requirements/dev.txt
	@touch $@

$(V)/.node: $(V)/.run
	@if ! tools/has_node.sh; then $(INSTALL) requirements/node.txt; fi
	@touch $@

$(BUNDLE): $(V)/.node frontend/package-lock.json $(shell find frontend/src -type f 2>/dev/null) $(wildcard frontend/*.js frontend/*.json frontend/*.mjs)
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build
	@touch $@

$(MESSAGES): $(V)/.run tools/messages.py $(wildcard src/tanxin/locale/*/*.po)
	@python tools/messages.py compile
	@mkdir -p $(@D) && touch $@

.PHONY: help demo test check fix prove bench screens lock chromium softhsm
