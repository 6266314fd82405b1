"""The commands behind the Makefile, and what happens on a signal."""

import signal
import sys
from collections.abc import Callable

from dev.bench_commands import bench, console, screenshots
from dev.benchmark_command import benchmark
from dev.end_commands import clean, stop
from dev.errors import DevError
from dev.lint_command import lint
from dev.lock_command import lock
from dev.progress import Progress
from dev.run_command import run
from dev.suite_command import suite
from dev.words_command import words

COMMANDS: dict[str, Callable[[Progress], int]] = {
	"run": run,
	"test": suite,
	"benchmark": benchmark,
	"bench": bench,
	"console": console,
	"screenshots": screenshots,
	"lint": lint,
	"lock": lock,
	"words": words,
	"stop": stop,
	"clean": clean,
}
INTERRUPTED = 130


def interrupt_once(number: int, frame: object) -> None:
	"""Turn the first signal into KeyboardInterrupt, and keep the next ones from disturbing the end."""
	ignore_signals()
	raise KeyboardInterrupt


def ignore_signals() -> None:
	for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		# A handler, not SIG_IGN: programs that we start while ending would inherit that.
		signal.signal(number, lambda *_: None)


def handle_signals() -> None:
	"""Treat a closed terminal and `make stop` like Ctrl-C, also in a shell that ignores them for jobs."""
	signal.signal(signal.SIGINT, interrupt_once)
	signal.signal(signal.SIGTERM, interrupt_once)
	if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
		signal.signal(signal.SIGHUP, interrupt_once)


def main(arguments: list[str]) -> int:
	"""Run one command and return the status for the shell."""
	if len(arguments) != 1 or arguments[0] not in COMMANDS:
		sys.stderr.write(f"usage: python3 -m dev {'|'.join(COMMANDS)}\n")
		return 2
	handle_signals()
	try:
		return COMMANDS[arguments[0]](Progress())
	except DevError as error:
		sys.stdout.flush()
		sys.stderr.write(f"\n{error}\n")
		return 1
	except KeyboardInterrupt:
		return 0 if arguments[0] == "run" else INTERRUPTED
