# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
.PHONY: benchmark-coding demo test fuzz check help kill-coding lock measure-deidentification measure-importing measure-suggestions measure-turns translations walk-coding

## demo: serve the invented study on this machine (make demo ARGS=--fresh starts it anew)
demo:
	@.ci/set-up run
	@.venv/bin/ia-workbench demo $(ARGS)

## test: set up what the tests need, a browser included, and run them all
test:
	@.ci/set-up test
	@browser=$$(.ci/find-browser) || { [ "$$CI" != true ] || { echo "No browser was found and none could be installed." >&2; exit 1; }; }; \
	IA_WORKBENCH_BROWSER="$$browser" .venv/bin/python -m pytest -n 2 $(ARGS)

## fuzz: read 10,000 damaged files of each format (make fuzz FILES=100000 for more)
fuzz:
	@.ci/set-up test
	IA_WORKBENCH_FUZZ=$(or $(FILES),10000) .venv/bin/python -m pytest -n 2 tests/fuzz $(ARGS)

## kill-coding: kill the server a hundred times while two people code (make kill-coding KILLS=1000 for more)
kill-coding:
	@.ci/set-up test
	IA_WORKBENCH_KILLS=$(or $(KILLS),100) .venv/bin/python -m pytest tests/whole/test_kills.py $(ARGS)

## walk-coding: two people code in two windows as dice say, twenty times (make walk-coding WALKS=100 for more)
walk-coding:
	@.ci/set-up test
	@browser=$$(.ci/find-browser); \
	IA_WORKBENCH_BROWSER="$$browser" IA_WORKBENCH_WALKS=$(or $(WALKS),20) .venv/bin/python -m pytest -n 2 tests/journeys/test_coding_at_random.py $(ARGS)

## check: lint, format, types and import contracts
check:
	@.ci/set-up test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

## translations: add to es.po what the pages say and it lacks, and tell what is still to be written
translations:
	@.ci/set-up run
	@.venv/bin/python -m ia_workbench.web.translations

## measure-turns: print how well the turns of labelled transcripts are found (needs ../shared/data)
measure-turns:
	@.ci/set-up run
	@.venv/bin/python -m benchmarks.turns

## measure-importing: print what becomes of every real file of ../shared: taken in or refused, and why
measure-importing:
	@.ci/set-up run
	@.venv/bin/python -m benchmarks.shared_data

## measure-suggestions: print how often suggested codes are right, beside naming the most frequent codes
measure-suggestions:
	@.ci/set-up run
	@.venv/bin/python -m benchmarks.suggestions

## lock: work out the pinned dependencies again after pyproject.toml changed
lock:
	@.ci/set-up test
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate .ci/locks/bootstrap.in -o .ci/locks/bootstrap.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml .ci/locks/build.in -o .ci/locks/run.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev --extra model pyproject.toml .ci/locks/build.in -c .ci/locks/run.lock -o .ci/locks/test.lock

## measure-deidentification: proposals against texts that other people marked (ARGS="--half all", "--data FOLDER")
measure-deidentification:
	@.ci/set-up test
	@.venv/bin/python benchmarks/deidentification.py $(ARGS)

## benchmark-coding: coding here and in Taguette, as ratios (ARGS=--quick; installs Taguette into a folder it throws away)
benchmark-coding:
	@.ci/set-up test
	@.venv/bin/python -m benchmarks.coding $(ARGS)

help:
	@sed -n 's/^## //p' Makefile
