# The commands of this project. Each sets up what it needs first (see setup.sh); the second time that takes no time.
PYTHON ?= python3
VENV ?= .venv
ARGS ?=
export PYTHON VENV

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile
	@echo 'ARGS="..." adds arguments, PYTHON=python3.13 VENV=.venv-3.13 chooses another Python.'

run: ready-run  ## open the simulated room with the robot in it
	$(VENV)/bin/bowlby sim $(ARGS)

doctor: ready-run  ## check every part of this machine
	$(VENV)/bin/bowlby doctor $(ARGS)

test: ready-dev  ## run every test
	$(VENV)/bin/pytest $(ARGS)

quick: ready-dev  ## run the tests that are not marked slow
	$(VENV)/bin/pytest -m 'not slow' $(ARGS)

lint: ready-dev  ## check style, types and shell scripts
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	shellcheck setup.sh .ci/run

format: ready-dev  ## bring the code into the one style
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

bench: ready-dev  ## measure; one JSON line a figure
	@for file in benchmarks/bench_*.py; do \
	  $(VENV)/bin/python -m "benchmarks.$$(basename "$$file" .py)" || exit 1; \
	done

firmware: ready-dev  ## build the firmware that ships in the package
	$(MAKE) -C hardware/firmware

bench-firmware: firmware  ## measure the firmware on a simulated ATmega328P, and the line at its worst
	$(MAKE) -C tests/simavr
	$(VENV)/bin/python -m benchmarks.bench_firmware
	$(VENV)/bin/python -m benchmarks.bench_line

fuzz: ready-dev  ## fuzz the firmware's core for a minute (needs libclang-rt-19-dev)
	$(MAKE) -C hardware/firmware fuzz

COMPILE = $(VENV)/bin/uv pip compile -q --universal -p 3.11 --generate-hashes --no-header --no-annotate $(ARGS)
constraints:  ## pin what pyproject.toml names; with ARGS=--upgrade, the newest that it allows
	@./setup.sh run
	$(COMPILE) --extra fast pyproject.toml -o constraints/run.txt
	$(COMPILE) --extra fast pyproject.toml --group dev -c constraints/run.txt -o constraints/dev.txt
	echo uv | $(COMPILE) - -o constraints/uv.txt
	printf 'hatchling==1.27.0\nsetuptools\n' | $(COMPILE) - -o constraints/build.txt

clean:  ## remove virtual environments and caches
	rm -rf .venv* .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready-run:
	@./setup.sh run
ready-dev:
	@./setup.sh dev

.PHONY: help run doctor test quick lint format bench firmware bench-firmware fuzz constraints clean ready-run ready-dev
