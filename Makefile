# Two commands do all the set-up: `make run` shows what amity finds in examples/, `make test` passes the tests.
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test dist screenshots clean

$(VENV)/ok: pyproject.toml
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet -e .
	touch $@

$(VENV)/ok-test: $(VENV)/ok
	$(PY) -m pip install --quiet -e ".[test]"
	touch $@

run: $(VENV)/ok  ## read examples/, print what was found, write report.html
	$(VENV)/bin/amity --ledger examples.db read examples
	$(VENV)/bin/amity --ledger examples.db report -o report.html --title "Two alliances under strain"

test: $(VENV)/ok-test  ## lint, types, tests, the gate
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PY) -m pytest -n 2
	$(PY) -m bench.gate

dist: $(VENV)/ok-test  ## the wheel, the same bytes for the same sources; its parts and licences; a run in a clean environment
	$(PY) -m pip install --quiet -e ".[release]"
	SOURCE_DATE_EPOCH=315532800 $(PY) -m build --wheel --no-isolation
	$(PY) -m bench.package

screenshots: $(VENV)/ok-test  ## a picture of every page of the desk and of the report, on the examples (and the seeds, where they stand beside)
	$(PY) docs/screenshots.py examples screenshots/examples
	if [ -d ../shared/seeds ]; then $(PY) docs/screenshots.py ../shared/seeds screenshots/seeds; fi

clean:
	rm -rf $(VENV) report.html examples.db*
