# Relais. `make` alone lists the recipes; each sets up what it needs, the first time it needs it.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo run test check fix bench docs messages lock setup chromium clean

PORT ?= 8000
DATABASES ?= sqlite postgres
PYTHON := .venv/bin/python
# What the commands below call, `node` for npm included, comes from .venv before the machine.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

help: ## list the recipes
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

demo: setup ## Sairon, invented people, every page: http://127.0.0.1:8000 (PORT=... for another)
	@relais demo --port $(PORT)

run: setup ## serve your own data on this machine (var/), reloading as files change
	@$(PYTHON) -m django migrate --settings relais.config.settings --verbosity 0
	@RELAIS_DEBUG=yes $(PYTHON) -m django runserver --settings relais.config.settings 127.0.0.1:$(PORT)

test: setup chromium ## everything, on SQLite and on a PostgreSQL the tests start themselves (DATABASES=sqlite for one)
	@for database in $(DATABASES); do \
	  echo "== $$database: rules, services, pages"; \
	  $(PYTHON) -m pytest --database $$database --no-skips -q -n 2 --ignore tests/browser || exit 1; \
	  echo "== $$database: stories in a browser"; \
	  $(PYTHON) -m pytest --database $$database --no-skips -q -n 2 tests/browser $(ONCE) || exit 1; \
	done

# How a page looks and reads does not depend on the database: every page is walked through once, the stories twice.
ONCE = $$(test $$database = sqlite || echo --ignore tests/browser/test_every_page.py)

check: setup ## what a reviewer should not have to say; edits nothing
	ruff check .
	ruff format --check .
	$(PYTHON) -m mypy $$(find relais \( $(STRICT) \) -name '*.py')
	lint-imports
	$(PYTHON) -m django makemigrations --settings relais.config.settings --check --dry-run
	$(PYTHON) -m relais.cli.docs --check
	$(PYTHON) -m relais.cli.messages --check

# Typed to the last line: what decides, writes and counts.
STRICT := -path 'relais/kernel/*' -o -path 'relais/access/*' \
  -o -name rules.py -o -path '*/services*' -o -name queries.py -o -name matching.py -o -name disclosure.py \
  -o -path 'relais/procedures/assess*' -o -path 'relais/procedures/replay*' \
  -o -path 'relais/procedures/simplify*' -o -path 'relais/procedures/burden*' -o -path 'relais/procedures/actions*' \
  -o -path 'relais/procedures/vector*' -o -path 'relais/procedures/way*' -o -path 'relais/procedures/experience*' \
  -o -path 'relais/procedures/masks*' -o -path 'relais/procedures/lattice*' -o -path 'relais/procedures/limits*' \
  -o -path 'relais/procedures/search*' -o -path 'relais/procedures/solving*' -o -path 'relais/procedures/bundles*' \
  -o -path 'relais/procedures/outside*' -o -path 'relais/procedures/propose*' -o -path 'relais/procedures/costs*' -o -path 'relais/procedures/examples*'

fix: setup ## what a machine can put right: format, imports, docs, messages
	ruff check --fix .
	ruff format .
	@$(MAKE) --no-print-directory docs messages

bench: setup ## measure, print a table and JSON
	@relais bench

docs: setup ## write docs/access.md from the roles and the reach of each verb
	@$(PYTHON) -m relais.cli.docs

messages: setup ## collect what people read into each package's French and Arabic catalogue
	@$(PYTHON) -m relais.cli.messages

lock: setup ## renew requirements/*.txt and package-lock.json
	uv pip compile pyproject.toml --output-file requirements/run.txt $(LOCK)
	uv pip compile pyproject.toml --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt $(LOCK)
	npm update --package-lock-only

# One lock for every platform and Python, with hashes, and with no index or host in it.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
  --custom-compile-command "make lock"

clean: ## undo the set-up; your data in var/ stays
	rm -rf .venv node_modules relais/web/static/built relais/web/published relais/web/icons.json
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov dist
	find relais tests bench \( -name __pycache__ -o -name '*.mo' \) -prune -exec rm -rf {} + 2>/dev/null || true

# --- set-up: each step leaves a stamp and is done again only when what it was made from changes ---------------

setup: .venv/package .venv/assets .venv/messages

.venv/created:
	@for python in python3 python3.13 python3.12 python3.11 ""; do \
	  test -z "$$python" || "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	test -n "$$python" || { echo "Relais needs Python 3.11 or newer: apt-get install python3.11 python3.11-venv"; exit 1; }; \
	"$$python" -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make environments here: apt-get install $$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }; \
	echo "Setting up in .venv (once, some minutes)..."; \
	"$$python" -m venv --clear .venv
	@touch $@

.venv/locked: requirements/dev.txt .venv/created
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@touch $@

.venv/package: pyproject.toml .venv/locked
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/installed: package-lock.json .venv/locked
	@npm ci --silent
	@touch $@

.venv/assets: node_modules/installed .venv/package $(shell find relais -path '*/static/*' -not -path '*/built/*' -type f 2>/dev/null) $(wildcard relais/web/assets*.py relais/web/icons.toml)
	@relais assets
	@touch $@

.venv/messages: .venv/package $(shell find relais -name '*.po' 2>/dev/null)
	@$(PYTHON) -m relais.cli.messages --compile
	@touch $@

chromium: .venv/package
	@$(PYTHON) -m tests.chromium
