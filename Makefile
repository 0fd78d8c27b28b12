# From a bare clone: `make serve` shows the site, `make test` runs every check.
# Needs Python 3.13 (found or fetched, see tools/python), Node with npm, and make.

PYTHON := .venv/bin/python
SHELL := /bin/sh
# Of the local server: make serve PORT=8001
PORT ?= 8000
# The number of a proposal, for the preview of it: make site PREVIEW=12
PREVIEW ?=

# Hundreds of processes start: those that may not keep what they compile take two seconds more each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve site check test bench pictures mutants lock zensical clean installed test-tools rules built \
	types calculators-tests python-style layers scripts-style scripts-units browsers

serve: installed
	@$(PYTHON) build_site.py serve --port $(PORT)

site: installed
	$(PYTHON) build_site.py build $(if $(PREVIEW),--preview $(PREVIEW))

check: .venv/installed
	$(PYTHON) build_site.py check

test: test-tools
	@$(SIDE_BY_SIDE) types calculators-tests python-style layers scripts-style scripts-units browsers
# Other tests at the same time would slow WebKitGTK until it keeps nothing: its file runs alone.
	export $(BROWSERS); \
	$(TESTS) --ignore=tests/browser/test_engines.py --ignore=tests/calculators && \
	$(PYTHON) -m pytest tests/browser/test_engines.py

# What measures the calculators slows everything that uses them: worked cases are measured, and must
# reach every line; what is true of thousands of made situations is not.
# They share nothing that is long to make, so that a process takes from another what it has not begun.
TRUTHS := tests/calculators/test_nothing_ignored.py tests/calculators/test_properties.py
calculators-tests: rules
	$(TESTS) tests/calculators $(TRUTHS:%=--ignore=%) --dist=worksteal --cov --cov-report=
	$(PYTHON) -m coverage report --fail-under=100
	$(TESTS) $(TRUTHS) --dist=worksteal

# Found or installed while the site is built, which keeps one core busy.
browsers:
	@export $(BROWSERS)

# Two at a time, the words of each together where make can; the first that fails is the last.
SIDE_BY_SIDE := $(MAKE) --no-print-directory --jobs=2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# Browsers wait often: three processes for two cores.
TESTS = $(PYTHON) -m pytest --numprocesses=$$(( $$(getconf _NPROCESSORS_ONLN) * 3 / 2 )) --dist=loadfile --no-loadscope-reorder
BROWSERS = CHROMIUM="$$(sh tools/chromium $(PYTHON) light)" FIREFOX="$$(sh tools/program firefox)" \
	WEBKIT="$$(sh tools/program webkit)" WEB_SERVER="$$(sh tools/program nginx)"

installed test-tools:
	@$(MAKE) --no-print-directory --jobs=2 .venv/$@ node_modules/$@

# Once, before what reads them and what would write them at the same time.
rules:
	@$(PYTHON) build_site.py rules

built: rules
	$(PYTHON) build_site.py build

python-style:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

layers:
	.venv/bin/lint-imports --no-logo --no-cache

scripts-style:
	npm run --silent lint

scripts-units:
	npm run --silent unit

types: built
	$(PYTHON) -m mypy
	npm run --silent types

# All of it, or what is named: make bench ROWS=start,growth
bench: test-tools site
	CHROMIUM="$$(sh tools/chromium $(PYTHON))" WEB_SERVER="$$(sh tools/program nginx)" \
		WRK="$$(sh tools/program wrk)" $(PYTHON) -m benchmarks $(ROWS)

# The pictures of the guide for contributors, taken again from the workshop as it is.
pictures: test-tools site
	CHROMIUM="$$(sh tools/chromium $(PYTHON))" $(PYTHON) -m tools.pictures

# Change the calculators one expression at a time: do the worked cases notice? Ten to twenty minutes.
# The mutants that count, and those that survive: benchmarks/mutants.md. `rm -rf mutants` forgets the last run.
mutants: site
	$(PYTHON) -m venv build/mutants
	build/mutants/bin/python -m pip install --quiet --upgrade pip
	build/mutants/bin/python -m pip install --quiet --require-hashes -r requirements.txt -r requirements-test.txt
	build/mutants/bin/python -m pip install --quiet --group mutants
	build/mutants/bin/mutmut run
	$(PYTHON) -m benchmarks.mutants

# Pin again every dependency that pyproject.toml names, with hashes and no index address.
PINNED := --universal --python-version 3.13 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet
lock: .venv/installed
	$(PYTHON) -m pip install --quiet --target .tools uv
	.tools/bin/uv pip compile pyproject.toml --group site $(PINNED) -o requirements.txt
	.tools/bin/uv pip compile pyproject.toml --group test $(PINNED) -c requirements.txt -o requirements-test.txt

# The announced successor of the renderer reads the same configuration and the same Markdown.
zensical: site
	$(PYTHON) -m venv build/zensical
	build/zensical/bin/pip install --quiet zensical==0.0.73
	sed 's#build/docs#docs#; s#build/site#zensical/site#; s#generator/theme#../&#' mkdocs.yml > build/zensical.yml
	build/zensical/bin/zensical build --config-file build/zensical.yml

clean:
	rm -rf build mutants .venv .tools node_modules calculators/rules.json

# What the site needs; the tests install theirs above it. Python compiles what it imports, when it does.
PIP := .venv/bin/pip install --quiet --disable-pip-version-check --no-compile --require-hashes

.venv/installed: requirements.txt .python-version tools/python
	@echo "Installation des outils Python dans .venv/ : une minute environ, la première fois seulement…"
	@rm -rf .venv
	@"$$(sh tools/python)" -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/test-tools: .venv/installed requirements-test.txt
	@echo "Installation de ce que les tests demandent en plus : une minute environ, la première fois seulement…"
	@$(PIP) -r requirements-test.txt
	@touch $@

# The programs of binaryen weigh 90 MB, and nothing runs them: its library cuts the engine.
NPM := npm ci --loglevel=error
node_modules/installed: package.json package-lock.json tools/node
	@sh tools/node
	@echo "Installation des outils JavaScript dans node_modules/ : une demi-minute environ, la première fois seulement…"
	@$(NPM) --omit=dev
	@rm -rf node_modules/binaryen/bin
	@touch $@

# `npm ci` starts again from nothing: this installs both.
node_modules/test-tools: package.json package-lock.json tools/node
	@sh tools/node
	@echo "Installation des outils JavaScript et de ceux des tests : une minute environ, la première fois seulement…"
	@$(NPM)
	@rm -rf node_modules/binaryen/bin
	@touch node_modules/installed $@
