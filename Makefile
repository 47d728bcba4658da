# Everything works from a fresh clone with python3 (and its venv) and make.
PYTHON ?= python3
MANAGE := .venv/bin/python manage.py
TEST_DIR := $(CURDIR)/var/test
SIDE_BY_SIDE := --numprocesses logical --maxprocesses 8 --dist loadgroup --no-loadscope-reorder

# What Python has compiled is kept beside it, or each of the many processes of a run would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run stack test bench soak wheel guide fuzz audit sbom lint stop requirements .venv

.venv: .venv/installed node_modules/.installed

# Built beside its place would be safer still, but the folder of an environment can't be moved:
# an install that is cut off leaves no stamp, and the next one begins anew.
.venv/installed: requirements/dev.txt requirements/font.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	rm -rf .venv
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/dev.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes --no-deps -r requirements/font.txt
	@touch $@

# The kit and the charts of the pages. Where the machine has no Node.js, a package of Python brings it.
node_modules/.installed: package-lock.json requirements/node.txt $(if $(shell command -v npm),,.venv/installed)
	@command -v npm >/dev/null || .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	PATH="$$PATH:$(CURDIR)/.venv/bin" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# For a national recount (docs/growing.md), half a gigabyte, and so by itself. Spark needs Java 17 beside it.
.venv/spark: requirements/spark.txt .venv/installed
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements/spark.txt
	@touch $@

demo: .venv
	$(MANAGE) demo

run: .venv
	$(MANAGE) run

# The processes of docker-compose.yml, without containers.
stack: .venv
	$(MANAGE) stack $(ARGS)

# Servers of its own, so that a running demo is not touched, and removed afterwards; in a folder that you name, only stopped.
# All tests run side by side, in a process for each processor; those that ARGS picks, in one.
# The shell hears of being asked to end while it waits for a child in the background, and not before a child that isn't.
test: .venv
	@after=remove; [ -z "$$CASETRACK_DATA_DIR" ] || after=stop; \
	CASETRACK_DATA_DIR="$${CASETRACK_DATA_DIR:-$(TEST_DIR)}"; export CASETRACK_DATA_DIR; \
	trap '$(MANAGE) servers $$after >/dev/null' EXIT; trap : INT; trap 'kill $$tests' TERM HUP; exec 3<&0; \
	.venv/bin/python -m pytest $(or $(ARGS),$(SIDE_BY_SIDE)) <&3 & tests=$$!; wait $$tests; status=$$?; \
	while kill -0 $$tests 2>/dev/null; do wait $$tests; status=$$?; done; exit $$status

# In a database of its own that is removed afterwards; the results stay in var/bench.json.
bench: .venv
	@CASETRACK_DATA_DIR=$(CURDIR)/var/bench; export CASETRACK_DATA_DIR; \
	trap '$(MANAGE) servers remove >/dev/null' EXIT; trap 'exit 130' INT TERM; \
	$(MANAGE) migrate --verbosity 0 && $(MANAGE) bench --output $(CURDIR)/var/bench.json $(ARGS)

# In servers of its own, since it stops and kills them; what they hold stays until the next run, to be looked at.
soak: .venv
	@CASETRACK_DATA_DIR=$(CURDIR)/var/soak; export CASETRACK_DATA_DIR; \
	trap '$(MANAGE) servers stop >/dev/null' EXIT; trap 'exit 130' INT TERM; \
	$(MANAGE) servers remove >/dev/null && $(MANAGE) soak --minutes $(or $(MINUTES),5) --seed $(or $(SEED),1) $(ARGS)

# In dist/; the same to the byte whoever builds it.
wheel: .venv
	.venv/bin/python -m hatchling build --target=wheel --directory=dist

# The pictures of docs/guide, taken anew by the test that holds the guide against the pages.
guide: .venv
	CASETRACK_GUIDE=1 $(MAKE) --no-print-directory test ARGS=tests/web/test_guide.py

# The parsers and the addresses under files, rows, bodies and queries gone wrong, other ones in each round; ends at what breaks.
fuzz: .venv
	@CASETRACK_DATA_DIR=$(TEST_DIR); FUZZ_TIMES=20; export CASETRACK_DATA_DIR FUZZ_TIMES; \
	trap '$(MANAGE) servers remove >/dev/null' EXIT; trap 'exit 130' INT TERM; seed=$(or $(SEED),1); \
	until=$$(( $$(date +%s) + 60 * $(or $(MINUTES),5) )); while [ $$(date +%s) -lt $$until ]; do echo "seed $$seed"; \
	.venv/bin/python -m pytest tests/fuzz -q -x --show-capture=no --hypothesis-seed=$$seed || exit 1; seed=$$((seed + 1)); done

# Known weaknesses of what others wrote: asked of the advisory services, and said aloud where these don't answer.
audit: .venv
	PATH="$$PATH:$(CURDIR)/.venv/bin" .venv/bin/python .ci/dependencies.py audit

# What is shipped, for whoever takes a release over: CycloneDX.
sbom: .venv
	mkdir -p dist && .venv/bin/python .ci/dependencies.py sbom dist/casetrack.cdx.json

lint:
	bash .ci/run lint

stop: .venv
	$(MANAGE) servers stop

# Needs uv. The public index is asked, whatever this machine is set up to use: the hashes are those of its files.
COMPILE := uv pip compile pyproject.toml --no-config --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet $(UPGRADE)
requirements:
	$(COMPILE) --extra embedded --group dev -o requirements/dev.txt
	$(COMPILE) --extra embedded -c requirements/dev.txt -o requirements/embedded.txt
	$(COMPILE) -c requirements/dev.txt -o requirements/base.txt
	$(COMPILE) --extra spark -c requirements/dev.txt -o requirements/spark.txt
	$(subst pyproject.toml ,,$(COMPILE)) --group node -o requirements/node.txt
	$(subst pyproject.toml ,,$(COMPILE)) --no-deps --group font -o requirements/font.txt
	$(subst pyproject.toml ,,$(COMPILE)) --no-deps -c requirements/embedded.txt --group client -o requirements/client.txt
