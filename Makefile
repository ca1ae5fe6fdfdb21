# The commands of Kring. `make run` is all a newcomer needs; docs/contract.md says what each promises.
SHELL := /bin/bash
PY ?= python3
V := .venv
PORT ?= 8000
DATA ?= var
export DATA
PYTHON := $(V)/bin/python
MINOR := $(shell $(PY) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
STAMP = $(V)/.stamp-$(MINOR)-$(shell cksum < requirements/base.txt | cut -d' ' -f1)
TEST_STAMP = $(V)/.stamp-test-$(MINOR)-$(shell cksum < requirements/test.txt | cut -d' ' -f1)

.PHONY: run test check bench faults advisories clean

run: $(STAMP)
	@PYTHONUNBUFFERED=1 BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} $(PYTHON) site/manage.py serve --prepare --port $(PORT)

$(STAMP): requirements/base.txt
	@sh .ci/prerequisites.sh "$(PY)"
	@echo "Kring: making a virtual environment with the locked libraries (once, about a minute) …"
	@if [ -d $(V) ] && ! ls $(V)/.stamp-$(MINOR)-* $(V)/.stamp-test-$(MINOR)-* >/dev/null 2>&1; then rm -rf $(V); fi
	@$(PY) -m venv $(V)
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(TEST_STAMP): $(STAMP) requirements/test.txt
	@echo "Kring: adding what the tests need …"
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

test: $(TEST_STAMP)
	@sh .ci/browser.sh $(PYTHON)
	@$(PYTHON) site/manage.py compile_catalogues --quiet
ifdef PYTEST_ARGS
	@$(PYTHON) -m pytest $(PYTEST_ARGS)
else
	@$(PYTHON) -m pytest -n auto -m "not browser $(ONLY)"
	@$(PYTHON) -m pytest -m "browser $(ONLY)"
endif

check: $(TEST_STAMP)
	@$(PYTHON) site/manage.py compile_catalogues --quiet
	@PYTHON=$(PYTHON) bash .ci/check.sh

bench: $(TEST_STAMP)
	@$(PYTHON) -m tests.bench
	@$(PYTHON) -m tests.bench.text_bounds

faults: $(TEST_STAMP)
	@$(PYTHON) -m tests.faults

advisories:
	@$(PY) .ci/supply.py advisories

clean:
	rm -rf $(V) var
