# Logic lives in scripts/; what runs before the environment exists needs Python's standard library alone.
PYTHON ?= python3
VENV_PYTHON = .venv/bin/python

.PHONY: demo test lint bench bench-search assets messages lock wheel development

demo:  ## the filled site at http://localhost:8000 (PORT=…, RESET=1, SEARCH=elasticsearch)
	@PORT="$(PORT)" RESET="$(RESET)" SEARCH="$(SEARCH)" $(PYTHON) -m scripts.demo

test: development  ## the whole suite (TESTS="tests/portal -k mail" for a part)
	@$(VENV_PYTHON) -m scripts.run_tests -- $(TESTS)

lint: development  ## code rules, types, layers, catalogues, migrations, production checks
	@$(VENV_PYTHON) -m scripts.checks

bench: development  ## the figures to reach, each beside its baseline
	@$(VENV_PYTHON) -m scripts.bench

bench-search: development  ## what words find and how fast, on both databases (REAL_DATA=…, BENCH_SEED=…)
	@$(VENV_PYTHON) -m scripts.bench --search

assets:  ## styles, scripts and typeface from npm packages; compiled catalogues
	@$(PYTHON) -m scripts.environment

messages: development  ## extract texts into locale/
	@$(VENV_PYTHON) -m scripts.messages

lock: development  ## requirements*.txt from requirements*.in, package-lock.json from package.json
	@$(VENV_PYTHON) -m scripts.lock

wheel: development
	@$(VENV_PYTHON) -m build --wheel --no-isolation

development:
	@$(PYTHON) -m scripts.system_packages
	@$(PYTHON) -m scripts.environment --development
