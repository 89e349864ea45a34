# The commands of this project. Each sets up what it needs first (see setup.sh); the second time that takes no time.
PYTHON ?= python3
VENV ?= .venv
ARGS ?=
# One more than the cores of a small machine: a third of the time a test waits, for a browser or a second that passes.
JOBS ?= 3
export PYTHON VENV
# Python keeps what it has compiled, whatever the caller's environment says: without, each start takes a second longer.
export PYTHONDONTWRITEBYTECODE =

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile
	@echo 'ARGS="..." adds arguments, JOBS=8 runs so many tests at once,'
	@echo 'PYTHON=python3.13 VENV=.venv-3.13 chooses another Python, EXTRAS="faces zenoh" what is installed as well.'

run: ready-run  ## open the simulated room with the robot in it
	$(VENV)/bin/bowlby sim $(ARGS)

doctor: ready-run  ## check every part of this machine
	$(VENV)/bin/bowlby doctor $(ARGS)

# Run by the system's own Python; what it installs gets an environment of its own under /opt/bowlby.
HOST = $(if $(filter 0,$(shell id -u)),,sudo) env ASSUME_YES="$(ASSUME_YES)" SKIP_APT="$(SKIP_APT)" \
  $(PYTHON) -B -m hardware.host.install
CHOICE = $(if $(filter undefined,$(origin EXTRAS)),,--extras "$(EXTRAS)")
install:  ## install this robot on this computer as a service, beside what runs now
	$(HOST) install $(CHOICE) $(ARGS)

first-boot:  ## put this robot onto a card that Raspberry Pi Imager has written (ARGS=where its bootfs is mounted)
	$(PYTHON) -B -m hardware.host.first_boot $(ARGS)

update:  ## fetch what is new and install that
	git pull --ff-only
	$(HOST) install $(CHOICE) $(ARGS)

rollback:  ## go back to the version before; again to go forward
	$(HOST) rollback $(ARGS)

uninstall:  ## remove the robot from this computer, but for what it keeps of people
	$(HOST) uninstall $(ARGS)

PYTEST = $(VENV)/bin/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
# Of the tests that ARGS choose, one half may be empty: pytest ends with 5 then.
OR_NONE = $(if $(ARGS),|| [ $$? = 5 ])
# Those that wait in real time hardly use the machine, but cannot wait for it: they run beside the others, which give way.
test: ready-dev  ## run every test
	@told=$$(mktemp); trap 'kill "$$waiting" 2>/dev/null; rm -f "$$told"' EXIT; trap 'exit 130' INT TERM; \
	$(MAKE) paced >"$$told" 2>&1 & waiting=$$!; ended=0; \
	nice -n 5 $(MAKE) together || ended=$$?; \
	wait "$$waiting" || ended=$$?; cat "$$told"; \
	$(MAKE) alone || ended=$$?; exit "$$ended"

together: ready-dev  ## run the tests that may run beside others
	$(PYTEST) -m 'not soak and not alone and not paced' $(ARGS) $(OR_NONE)

# To collect all files for the few that have such a test takes fifteen seconds.
MARKED = $(or $(ARGS),$$(grep -rlwE 'mark\.$(1)' tests --include='test_*.py'))
paced: ready-dev  ## run the tests that wait in real time, two at a time
	$(VENV)/bin/pytest -n 2 --dist worksteal -m 'paced and not soak' $(call MARKED,paced) $(OR_NONE)

alone: ready-dev  ## run the tests that nothing else may run beside
	$(VENV)/bin/pytest -m 'alone and not soak' $(call MARKED,alone) $(OR_NONE)

quick: ready-dev  ## run the tests that are not marked slow
	$(PYTEST) -m 'not slow and not soak and not alone and not paced' $(ARGS)

soak: ready-dev  ## run the tests that take minutes, and a simulated day
	$(VENV)/bin/pytest -m soak $(ARGS)
	$(VENV)/bin/python -m benchmarks.attack_files 500
	$(VENV)/bin/python -m benchmarks.judge_scenarios --body kinematic --body mujoco --seeds 5
	$(VENV)/bin/python -m benchmarks.judge_scenarios --longest 400
	$(VENV)/bin/python -m benchmarks.soak_day
	$(VENV)/bin/python -m benchmarks.soak_faults
	$(VENV)/bin/python -m benchmarks.soak_service

lint: ready-dev  ## check style, types and shell scripts
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	shellcheck setup.sh .ci/run hardware/host/bowlby

format: ready-dev  ## bring the code into the one style
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

bench: ready-dev  ## measure; one JSON line a figure, and a table of all in benchmarks/results.md
	$(VENV)/bin/python -m benchmarks.run_all $(ARGS)

bench-service: ready-dev  ## install, kill, hang, update and remove it in a fresh Debian under systemd (needs root)
	$(VENV)/bin/python -m benchmarks.service_in_container $(ARGS)

check-arm64: ready-dev  ## set it up in a bare Debian for Arm, and compare it with this machine (needs root)
	$(VENV)/bin/python -m benchmarks.arm64_in_container $(ARGS)

month: ready-run  ## live thirty simulated days, and check duties and bond each day
	$(VENV)/bin/bowlby month $(ARGS)

bench-senses: ready-dev  ## measure sight, hearing and sound; one JSON line a figure
	@for name in sight hearing sound; do $(VENV)/bin/python -m benchmarks.bench_$$name || exit 1; done

firmware: ready-dev  ## build the firmware that ships in the package
	$(MAKE) -C hardware/firmware

bench-firmware: firmware  ## measure the firmware on a simulated ATmega328P, and the line at its worst
	$(MAKE) -C sim/board/emulators/simavr
	$(VENV)/bin/python -m benchmarks.bench_firmware
	$(VENV)/bin/python -m benchmarks.bench_line

fuzz: ready-dev  ## fuzz the firmware's core for a minute (needs libclang-rt-19-dev)
	$(MAKE) -C hardware/firmware fuzz

COMPILE = $(VENV)/bin/uv pip compile -q --universal -p 3.11 --generate-hashes --no-header --no-annotate $(ARGS)
# Which files may be installed on which machine: sum and name, for the Pythons and machines that this runs on.
WHEELS = sed -n 's|.*/\([^/"]*\.whl\)".* sha256 = "\([0-9a-f]*\)".*|\2  \1|p' | \
  grep -E -- '-(any|[^-]*manylinux[^-]*_(x86_64|aarch64)[^-]*)\.whl$$' | \
  grep -vE -- '-(pp3|graalpy|cp3(8|9|10|14|15)-cp3[0-9]+-|cp3[0-9]+-cp3[0-9]+t-)' | LC_ALL=C sort -k 2
constraints:  ## pin what pyproject.toml names; with ARGS=--upgrade, the newest that it allows
	@./setup.sh run
	$(COMPILE) --extra fast pyproject.toml -o constraints/run.txt
	$(COMPILE) --extra fast pyproject.toml -c constraints/run.txt --format pylock.toml | $(WHEELS) >constraints/wheels.txt
	$(COMPILE) --extra fast --extra ray --extra study --extra faces --extra physics --extra model --extra home --extra bus --extra mcp --extra zenoh --extra ros --extra wake pyproject.toml --group dev -c constraints/run.txt -o constraints/dev.txt
	$(COMPILE) pyproject.toml --group docs -c constraints/run.txt -o constraints/docs.txt
	echo uv | $(COMPILE) - -o constraints/uv.txt
	printf 'hatchling==1.27.0\nsetuptools\n' | $(COMPILE) - -o constraints/build.txt

INTO ?= dist
wheel: ready-dev  ## build the package that is released, as small as deflate makes it, into INTO=dist
	$(VENV)/bin/uv build -q --wheel --build-constraints constraints/build.txt --require-hashes -o $(INTO) .
	advzip -q -z -3 $(INTO)/*.whl

docs: ready-dev  ## build the site of the documentation into .site/html; a broken link ends it
	$(VENV)/bin/uv pip install -q --python $(VENV)/bin/python --require-hashes -r constraints/docs.txt
	$(VENV)/bin/python docs/site.py

clean:  ## remove virtual environments and caches
	rm -rf .site .venv* .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready-run:
	@./setup.sh run
ready-dev:
	@./setup.sh dev

.PHONY: help run doctor install first-boot update rollback uninstall test together paced alone quick soak lint format bench bench-senses month bench-service check-arm64 firmware bench-firmware fuzz wheel docs constraints clean ready-run ready-dev
