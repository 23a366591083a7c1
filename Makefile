PYTHON ?= python3
BIN := .venv/bin
export DENO_NO_UPDATE_CHECK := 1
TESTS := -n auto --dist loadscope --no-loadscope-reorder # whole files, the longest first

.PHONY: run stage test suite quick check bench measure mutants glossary openapi pictures vendor attack

run: ## set up everything and serve on 127.0.0.1:8000
	@$(PYTHON) tools/bootstrap.py requirements.txt
	@$(BIN)/python -m tools.serve

stage: ## load another moment of the demo in place of what its database holds: make stage STAGE=meeting
	@$(PYTHON) tools/bootstrap.py requirements.txt
	@$(BIN)/python -m tools.stage $(STAGE)

test: ## set up everything and run all checks and tests
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/alone.py $(MAKE) --no-print-directory -j 2 check suite

suite: # every test, and that rules and core are covered whole; `make test` runs it beside the checks
	@$(BIN)/python -m pytest $(TESTS) --cov --cov-report= --no-cov-on-fail
	@$(BIN)/coverage report --skip-covered --fail-under=100 --show-missing > .rules-coverage.log \
		|| { cat .rules-coverage.log; exit 1; }

quick: ## rules, actions and views on SQLite, in about a minute
	@$(BIN)/python tools/alone.py $(BIN)/python -m pytest $(TESTS) -k "not postgresql" \
		$(wildcard $(foreach kind,rules actions views,tests/*/test_*$(kind)*.py))

check: ## linters, types, import contracts, templates, styles and scripts
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > .lint-imports.log || { cat .lint-imports.log; exit 1; }
	@$(BIN)/djangofmt --quiet --check templates
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/deno fmt --quiet --check
	@$(BIN)/deno lint --quiet
	@$(BIN)/deno check --quiet static/js tests/scripts
	@$(BIN)/deno test --quiet --no-check tests/scripts > .scripts.log || { cat .scripts.log; exit 1; }

measure: ## how large and how wide the code is, beside its goals
	@$(BIN)/python -m tools.measure

mutants: ## what no test of core, rules and rights notices when it is changed: make mutants ONLY="campaign.core.*"
	@$(PYTHON) tools/bootstrap.py requirements-mutants.txt
	@$(BIN)/python -m tools.mutants $(ONLY)

openapi: ## write docs/openapi.json anew from the views
	@$(BIN)/python -m tools.openapi

glossary: ## write docs/glossary.md anew from the docstrings
	@$(BIN)/python -m tools.glossary

pictures: ## take anew the pictures of the help, of the README, and those that drawings of numbers are held to
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
	@$(BIN)/python -m tests.charts.reference
	@PICTURES=renew $(BIN)/python -m pytest -q tests/journeys/test_pictures.py

vendor: ## renew static/vendor from npm
	@$(BIN)/python -m tools.vendor

bench: ## measure every page beside its bar and its floor
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
	@$(BIN)/python -m bench

attack: ## everybody asks for everything, at every stage, on SQLite and PostgreSQL: make attack ROWS=10 POSTS=3
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
	@$(BIN)/python -m tests.attack --rows $(or $(ROWS),10) --posts $(or $(POSTS),3)

.PHONY: prove
prove: ## what is promised, tried: kill -9, power cuts, faults, load, machines: make prove PART=crash KILLS=300
	@$(PYTHON) tools/bootstrap.py requirements-dev.txt
	@$(BIN)/python -m prove $(or $(PART),crash) $(if $(KILLS),--kills $(KILLS))
