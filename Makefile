# One command sets up, one checks; nobody needs the tools underneath.
.DEFAULT_GOAL := help
.PHONY: help install demo figures run test check guide screens words bundle bundle-compare bundle-linux bundle-windows test-windows pack release-check bench torture clean system

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# The same commit gives the same bytes. A bare Debian is made by root: SUDO=sudo where that is asked.
SUDO ?=
FREEZE = SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" PYTHONHASHSEED=1 \
	$(BIN)/pyinstaller --noconfirm --log-level ERROR --distpath build/frozen

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

install: $(STAMP) ## make .venv with the program and its tools

$(STAMP): requirements.lock pyproject.toml hmip_desktop/__init__.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

system:
	@packaging/linux/system-packages.sh

demo: install system ## run the main job on the Merseyside inspection, then open its window
	@rm -rf build/demo
	$(BIN)/hmip demo build/demo
	@$(BIN)/python packaging/open_demo.py build/demo

figures: install ## the figures of the 2013 report, computed from the demonstration
	@export HMIP_PASSPHRASE="$$($(BIN)/python -c 'from hmip_desktop.operations.demo import PASSPHRASE; print(PASSPHRASE)')" && \
	{ test -e build/demo/lead.hmip || $(BIN)/hmip demo build/demo; } && \
	$(BIN)/hmip figures build/demo/lead.hmip

run: install system ## open the window
	$(BIN)/hmip-desktop

check: install ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check system ## every check and every test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses auto --dist worksteal

bench: install ## ratios against the bare libraries
	$(BIN)/python -m pytest tests/benchmarks tests/gui/test_gui_speed.py --benchmark-enable --benchmark-only -p no:randomly

guide: install system ## the user's guide as PDF in build/guide
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/guide.py build/guide

screens: install system ## a picture of every page in build/screens
	QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/screens.py build/screens

bundle: install system ## freeze the program in build/frozen, start it in a bare Debian
	@$(FREEZE) --workpath build/freezing packaging/frozen/hmip.spec
	@$(SUDO) $(BIN)/python packaging/frozen/check.py "build/frozen/HMIP Desktop"

bundle-compare: install ## size and start of the frozen program beside a bare PySide6 window
	@test -d "build/frozen/HMIP Desktop" || $(MAKE) bundle
	@$(FREEZE) --workpath build/freezing-bare packaging/frozen/bare.spec
	@$(BIN)/python packaging/frozen/compare.py "build/frozen/HMIP Desktop" build/frozen/bare

bundle-linux: ## tar.gz and .deb in build/release, installed, started and removed in a bare Debian
	@test -d "build/frozen/HMIP Desktop" || $(MAKE) bundle
	@$(BIN)/python packaging/linux/package.py "build/frozen/HMIP Desktop" build/release
	@$(SUDO) $(BIN)/python packaging/linux/check_packages.py build/release

bundle-windows: install system ## installer and portable zip in build/windows, frozen and tried under wine
	@packaging/windows/system-packages.sh
	@$(BIN)/python packaging/windows/bundle.py build/windows
	@$(BIN)/python packaging/windows/check.py build/windows
	@$(BIN)/python packaging/windows/check_update.py build/windows

test-windows: install system ## the tests of the core under wine; others by ASKED="tests/gui -x"
	@packaging/windows/system-packages.sh
	@$(BIN)/python packaging/windows/tests.py build/windows/python-for-tests $(ASKED)

pack: install ## a signed pack of what was bundled: KEY=PRIVATE.pem SAYS="What is new."
	@version=$$($(BIN)/python -c 'from hmip_desktop import __version__; print(__version__)') && \
	$(BIN)/hmip pack make "build/release/hmip-desktop-$$version.hmip-pack" --kind program \
		--version "$$version" --key "$(KEY)" --says "$(SAYS)" \
		$$(ls build/release/hmip-desktop-$$version-linux-*.tar.gz \
			build/windows/hmip-desktop-$$version-windows-setup.exe 2>/dev/null)

release-check: install system ## whether this checkout may be released, and what to do if not
	@$(BIN)/python packaging/release/check.py

# Small disks can be made where a user may have a namespace of their own.
DISKS = $(shell unshare -Urm true 2>/dev/null && echo unshare -Urm)

torture: install system ## kill it, cut its power, fill its disk, forge its files: ten minutes
	@HMIP_TORTURE_MINUTES=$${HMIP_TORTURE_MINUTES:-0.5} QT_QPA_PLATFORM=offscreen \
		$(DISKS) $(BIN)/python -m pytest tests/torture -p no:randomly --numprocesses auto --dist worksteal

words: install ## bring the Welsh catalogue up to date with what the program says
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --no-default-keywords -k mark -k tr -k tr_count:1,2 --no-location --project hmip-desktop -o build/words.pot hmip_desktop ui
	$(BIN)/pybabel --quiet update --ignore-obsolete --no-fuzzy-matching --width 96 -l cy -i build/words.pot -o resources/locale/cy.po

clean: ## remove what was built
	rm -rf build dist .venv
