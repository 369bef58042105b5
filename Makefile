# Two commands matter: `make run` and `make test`. Each sets up what it needs; the second time that takes no time.

.PHONY: help run test check bench chaos fuzz schema lock clean
.DEFAULT_GOAL := help

python := .venv/bin/python
uv := .venv/uv/bin/uv
pages := adapters/http/panel/package-lock.json
args ?=

# Everything here starts Python processes over and over; a machine that forbids compiled modules makes each compile all anew.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make run     start everything on this machine; Ctrl-C stops it"
	@echo "make test    all tests                      (args='-k burst' for some)"
	@echo "make check   format, lint, types, layers, tests: what CI runs"
	@echo "make bench   how fast it is, beside a peer   (args=--help)"
	@echo "make chaos   what it survives, in ten minutes (args='--month' for the agenda's whole month, half an hour)"
	@echo "make fuzz    the API asked everything its document allows (args='--seed 7')"
	@echo "make schema  after a change in migrations/tenant: the script that makes a new company's tables"
	@echo "make lock    newest versions of everything we depend on"
	@echo "make clean   remove what was built; data in var/ stay"

run: .venv/ready
	@exec $(python) -m secretaria run --until-parent-ends

test: .venv/ready-dev
	@exec ops/test $(args)

check: .venv/ready-dev
	@exec ops/check

bench: .venv/ready-dev
	@exec $(python) -m ops.load.bench $(args)

chaos: .venv/ready-dev
	@exec $(python) -m ops.chaos.run $(args)

fuzz: .venv/ready-dev
	@exec $(python) -m ops.fuzz.run $(args)

schema: .venv/ready
	@exec $(python) -m adapters.postgres.trees

lock: $(uv)
	$(uv) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(uv) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --constraint requirements.lock --extra dev pyproject.toml -o requirements-dev.lock
	cd $(dir $(pages)) && PATH="$$PATH:$(CURDIR)/.venv/bin" npm update --loglevel=error

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	rm -rf adapters/http/panel/node_modules adapters/http/panel/static/vendor
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What runs is a part of what tests need, so a tree set up for tests is also ready to run.
.venv/ready: requirements.lock ops/setup ops/frontend $(pages)
	@ops/setup requirements.lock
	@rm -f .venv/ready-dev && touch $@

.venv/ready-dev: requirements-dev.lock requirements.lock ops/setup ops/frontend $(pages)
	@ops/setup requirements-dev.lock
	@touch .venv/ready $@

$(uv): ops/setup
	@ops/setup
