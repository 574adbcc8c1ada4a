# What each command does stands in the README.
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve build offline book exit test proof lint fix record oldest data experiments measure upgrade audit

serve: .venv/ready
	$(BIN)/python -m mkdocs serve $(if $(PORT),--dev-addr 127.0.0.1:$(PORT))

build: .venv/ready
	$(BIN)/python -m mkdocs build

offline: build
	$(BIN)/python -m tools.theme.offline

# The site is built again, since a page of it leads to the books.
book: .venv/tests
	$(BIN)/python -m mkdocs build
	$(BIN)/python -m tools.theme.book
	$(BIN)/python -m mkdocs build

exit: build
	$(BIN)/python -m tools.checks.way_out site

test: .venv/tests
	$(BIN)/python -m pytest --codeblocks $(if $(PAGE),docs/*/$(PAGE).md,-m "not proof")

proof: .venv/tests
	$(BIN)/python -m pytest --codeblocks -m proof

lint: .venv/tests
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m tools.checks.typography
	$(BIN)/python -m tools.checks

fix: .venv/tests
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .
	$(BIN)/python -m tools.checks.typography --fix

record: .venv/tests
	$(BIN)/python -m tools.running.record $(PAGE) $(NAME)

oldest: .venv-oldest/ready
	.venv-oldest/bin/python -m tools.running.record

data: .venv/ready
	$(BIN)/python experiments/texts.py

experiments: .venv/ready
	$(BIN)/python -m tools.running.experiments

measure: .venv/tests
	$(BIN)/python -m tools.theme.measures --write
	$(BIN)/python -m tools.theme.asking --write
	$(BIN)/python -m tools.checks.permalinks --write

# One version of each package for every system and every Python that pyproject.toml allows. Which
# build of PyTorch, and with it what a GPU needs, is for pip to choose where it is installed.
PIN = .venv-upgrade/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --no-annotate --custom-compile-command 'make upgrade'
NEWER = $(if $(NAME),--upgrade-package $(NAME),--upgrade)

upgrade: .venv-upgrade/bin/uv
	$(PIN) $(NEWER) --extra test pyproject.toml -o requirements-test.txt
	$(PIN) --constraints requirements-test.txt pyproject.toml -o requirements.txt
	cp requirements-test.txt requirements-oldest.txt
	$(PIN) --group oldest -o requirements-oldest.txt
	$(PIN) $(NEWER) --no-deps --group exit -o requirements-exit.txt
	sed -i.partial -E '/^(cuda|nvidia|triton)/d' requirements*.txt && rm requirements*.partial

audit: .venv/tests .venv-audit/bin/pip-audit build
	$(BIN)/python -m tools.checks.audit
	$(BIN)/python -m tools.checks.lighthouse

.venv-upgrade/bin/uv:
	$(PYTHON) -m venv .venv-upgrade
	.venv-upgrade/bin/python -m pip install --disable-pip-version-check uv

.venv-audit/bin/pip-audit:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --disable-pip-version-check pip-audit

# PyTorch first and alone, so that an index that is named for it serves nothing else.
.venv/torch .venv/ready: requirements.txt
.venv-oldest/torch .venv-oldest/ready: requirements-oldest.txt
%/torch:
	$(PYTHON) -m venv $*
	$(if $(TORCH_INDEX_URL),$*/bin/python -m pip install --disable-pip-version-check \
		--no-deps --index-url $(TORCH_INDEX_URL) $(shell grep '^torch==' $<))
	touch $@
%/ready: %/torch
	$*/bin/python -m pip install --disable-pip-version-check -r $(filter %.txt,$^)
	touch $@
.venv/tests: requirements-test.txt .venv/ready
	$(BIN)/python -m pip install --disable-pip-version-check -r $<
	touch $@
