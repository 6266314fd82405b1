# Every target is one command of the package `dev`: `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test benchmark stop clean console bench screenshots lint lock words
export PORT DEMO FRAPPE_PATH ARGS ALL

PYTHON ?= python3
# -B for this process alone: the checkout stays clean, the bench keeps its bytecode.
DEV := $(PYTHON) -B -m dev

help:  ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | awk -F ': .*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run:  ## the demo factory, served until Ctrl-C (PORT=8000, DEMO=0 for an empty site, FRAPPE_PATH=/a/checkout)
	@$(DEV) run

test:  ## the test suite on a site of its own (ARGS="tests/unit -k average", FRAPPE_PATH=/a/checkout)
	@$(DEV) test

benchmark:  ## what posting, corrections and reports take, on a site of its own (ARGS="--quick", ARGS="submit replay")
	@$(DEV) benchmark

stop:  ## end all that this checkout runs
	@$(DEV) stop

clean:  ## stop, and remove this checkout's bench with its sites (ALL=1: the cache, too)
	@$(DEV) clean

console:  ## Frappe's Python console on the demo site
	@$(DEV) console

bench:  ## Frappe's bench command inside the bench (ARGS="--site demo.localhost migrate")
	@$(DEV) bench

screenshots:  ## the pictures of the documentation, taken from the demo factory
	@$(DEV) screenshots

lint:  ## ruff, mypy and prefly
	@$(DEV) lint

lock:  ## resolve the Python requirements anew and write their hashes down
	@$(DEV) lock

words:  ## what the translations into Hindi and Urdu lack
	@$(DEV) words
