"""`make benchmark`: what is measured, on a site of its own that is emptied and filled again."""

import os
import shlex
from collections.abc import Sequence
from contextlib import nullcontext

from dev.layout import BENCHMARK_SITE, CHECKOUT
from dev.processes import Record, Word, foreground, identify
from dev.progress import Progress
from dev.site import Site
from dev.stamps import locked
from dev.suite_command import environment, served
from dev.workplace import Workplace

SETTINGS: dict[str, object] = {
	"allow_tests": 0,
	# The benchmarks delete what is on a site, and look for this before they do.
	"bottle_benchmark": 1,
	"developer_mode": 0,
	"pause_scheduler": 1,
}
RECORD = "benchmark.json"
NOT_SERVED = ""
IN_A_BROWSER = "felt"


def wants_serving(arguments: Sequence[str]) -> bool:
	"""Whether what is measured is asked for over HTTP: named, or all is measured."""
	return IN_A_BROWSER in arguments or not [one for one in arguments if not one.startswith("-")]


def benchmark(progress: Progress) -> int:
	"""Run the benchmarks with ARGS and return their status. Raises DevError if the site can't be set up."""
	work = Workplace(progress)
	record = Record(work.folder.run / RECORD)

	def waiting() -> None:
		progress.say("  Another `make benchmark` of this checkout is at work: waiting for it ...")

	with locked(work.cache.benches / f"{work.folder.root.name}.benchmark.lock", waiting):
		record.write(identify(os.getpid()))
		try:
			with work.ready() as bench:
				site = Site(BENCHMARK_SITE, work.folder)
				with work.setting_up():
					site.prepare(bench.engine.key, SETTINGS, progress)
				arguments = shlex.split(os.environ.get("ARGS", ""))
				argv: list[Word] = [bench.folder.python, "-m", "benchmarks", *arguments]
				with served(work, bench, site) if wants_serving(arguments) else nullcontext() as pair:
					url = pair[0].url if pair else NOT_SERVED
					return foreground(argv, cwd=CHECKOUT, env=environment(bench.folder, site.name, url))
		finally:
			record.clear()
