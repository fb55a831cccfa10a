PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FAST := not browser and not real_data and not real_server

.PHONY: run test check format lock browser real-data real-server bench clean

run: $(VENV)/run.stamp  ## install what is needed and start the page
	$(BIN)/python app.py

test: $(VENV)/dev.stamp  ## the fast tests: offline, no key
	$(BIN)/pytest -n 2 -m "$(FAST)"

check: $(VENV)/dev.stamp  ## the gate: format, lint, types, import rules, catalog, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/chatrec data check
	$(BIN)/chatrec prompts check
	$(BIN)/pytest -n 2 -m "$(FAST)"

browser: $(VENV)/dev.stamp  ## a real Chromium holds a conversation with the page
	$(BIN)/pytest -m browser tests/browser

real-data: $(VENV)/dev.stamp  ## the tests on data sets outside the project (REAL_DATA names their folder)
	$(BIN)/pytest -m real_data tests

real-server: $(VENV)/real-server.stamp  ## the tests with a real model server, which is built first (about 6 minutes)
	$(BIN)/pytest -m real_server tests/real_server

bench: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/turns.py
	$(BIN)/python benchmarks/wishes.py

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## compile requirements.txt (what runs, and what Spaces installs) and requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --group dev --extra community --extra eval --extra ollama --extra parquet -c requirements.txt -o requirements-dev.txt

$(VENV)/run.stamp: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@ $(VENV)/run.stamp

$(VENV)/real-server.stamp: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements-dev.txt "llama-cpp-python[server]>=0.3.16" "gguf>=0.17"
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache dist build
