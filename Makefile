# Needs Python 3.11 or newer and make; everything else is installed into .venv and kept in var.

SHELL := /bin/sh
BIN := .venv/bin
# Standard error is set aside until Python is awake, so that an early Ctrl-C shows no traceback.
EMBEDDED = @python=$$(sh orcs_portal/embedded/python.sh) && \
	ORCS_PORTAL_STDERR=3 exec "$$python" -m orcs_portal.embedded $(1) 3>&2 2>/dev/null
INSTALL = $(call EMBEDDED,install requirements.lock)
INSTALL_DEV = $(call EMBEDDED,install requirements-dev.lock)
INSTALL_BENCH = $(call EMBEDDED,install requirements-bench.lock)

.DEFAULT_GOAL := help
.PHONY: help run stop reset manage test faults bench check lock

help: ## says what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1: /p' Makefile

run: ## installs, starts everything and serves in the foreground (PORT=8000)
	$(call EMBEDDED,install requirements.lock run)

stop: ## ends a `make run` of this clone, or what a killed one left behind
	$(call EMBEDDED,stop)

reset: ## removes var after asking, so that the next start begins anew (FORCE=1 does not ask)
	$(call EMBEDDED,reset)

manage: ## runs a command of manage.py: make manage ARGS="showmigrations"
	$(INSTALL)
	@exec $(BIN)/python manage.py $(ARGS)

test: ## runs the suite with services of its own (ARGS= goes to pytest)
	$(INSTALL_DEV)
	@exec $(BIN)/python -m pytest -n 2 $(ARGS)

faults: ## kills, freezes and interrupts real processes, and tries the comparison at length (FULL=1: longer)
	$(INSTALL_DEV)
	@$(BIN)/python -m pytest tests/faults -p no:xdist -s $(ARGS)
	@$(if $(ARGS),,exec env READER_LOADS=10 TRUTH=all $(BIN)/python -m pytest -n 2 $(WORLDS))

# Two thousand random worlds against a slow reading, and every seed of a synthetic city on every day.
WORLDS := tests/compliance/test_reader.py tests/compliance/test_truth.py

bench: ## measures and writes docs/benchmarks.md (ARGS="-k drain" picks some)
	$(INSTALL_BENCH)
	@exec $(BIN)/python -m pytest tests/benchmarks -p no:xdist -s $(ARGS)

check: ## runs what CI runs besides tests
	$(INSTALL_DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djade --check --target-version 5.2 $$(find templates -name '*.html')
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/python manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

lock: ## resolves the packages anew
	$(INSTALL_DEV)
	$(COMPILE) --output-file requirements-image.lock
	$(COMPILE) --extra embedded --constraint requirements-image.lock --output-file requirements.lock
	$(COMPILE) --extra embedded --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --extra embedded --extra dev --extra bench --constraint requirements-dev.lock \
		--output-file requirements-bench.lock

# Wheels and hashes without addresses, for every Python from 3.11 on; a larger lock keeps to the smaller one's versions.
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	--no-header --no-annotate --only-binary :all:

# What `check --deploy` looks at; nothing is connected to.
PRODUCTION := DATABASE_URL=postgres://check:check@localhost/check REDIS_URL=redis://localhost:6379/0 \
	SECRET_KEY=only-for-check-deploy-0123456789-abcdefghijklmnopqrstuvwxyz ALLOWED_HOSTS=localhost \
	PUBLIC_BASE_URL=https://localhost EMAIL_URL=smtp+tls://check:check@localhost:587
