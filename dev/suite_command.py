"""`make test`: pytest on a site of its own, beside whatever else this checkout runs.

The whole suite is run as two halves at once, each on a site of its own: one keeps a core busy, hardly more.
"""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev import apt
from dev.bench import Bench
from dev.fresh_site import FreshSite
from dev.layout import APP, CHECKOUT, SECOND_TEST_SITE, TEST_SITE, BenchFolder
from dev.processes import Record, Server, foreground, identify
from dev.progress import Progress
from dev.servers import Running, Serving, serve
from dev.site import Site
from dev.stamps import locked
from dev.workplace import Workplace

SETTINGS: dict[str, object] = {
	"allow_tests": 1,
	# In developer mode Frappe would write the documents of a test into the checkout.
	"developer_mode": 0,
	"pause_scheduler": 1,
}
FIRST_HALF = ("concurrency", "property", "reporting", "rest", "unit")
"""The folders of tests that are run together; all others are the second half."""

LOCAL = "127.0.0.1,localhost"
INTERRUPTED = 2


@dataclass(frozen=True)
class Run:
	"""One pytest: what it is asked for, and what it is told of its site."""

	argv: Sequence[str]
	env: Mapping[str, str]


def suite(progress: Progress) -> int:
	"""Run the suite and return pytest's status, the worse of two. Raises DevError if a site can't be set up."""
	work = Workplace(progress)
	record = Record(work.folder.run / "test.json")

	def waiting() -> None:
		progress.say("  Another `make test` of this checkout is at work: waiting for it ...")

	with locked(work.cache.benches / f"{work.folder.root.name}.test.lock", waiting):
		record.write(identify(os.getpid()))
		try:
			arguments = shlex.split(os.environ.get("ARGS", ""))
			parts = [arguments] if arguments else halves(CHECKOUT / "tests")
			progress.say(f"{APP}: setting up the test site")
			with progress.step("Getting what judges the description of the API"):
				judges = work.toolbox.tool("openapi")
			with work.ready() as bench:
				names = (TEST_SITE, SECOND_TEST_SITE)[: len(parts)]
				sites = [FreshSite(name, work.folder, work.services(bench)) for name in names]
				with work.setting_up():
					for site in sites:
						site.begin(bench.engine.key, SETTINGS, progress, anew=not arguments)
				with ExitStack() as stack:
					runs = []
					for site, asked in zip(sites, parts, strict=True):
						serving, _ = stack.enter_context(served(work, bench, site))
						env = environment(bench.folder, site.name, serving.url)
						env["BOTTLE_OPENAPI_TOOLS"] = str(judges)
						runs.append(Run([str(bench.folder.python), "-m", "pytest", *asked], env))
					progress.say(f"\nReady at {serving.url} after {progress.elapsed():.0f} s\n")
					return run(runs, work.folder, progress)
		finally:
			record.clear()


def halves(tests: Path) -> list[list[str]]:
	"""The arguments of two pytests that together run every folder of tests."""
	folders = sorted(path.name for path in tests.iterdir() if (path / "__init__.py").exists())
	second = [name for name in folders if name not in FIRST_HALF]
	return [[f"tests/{name}" for name in half] for half in (FIRST_HALF, second)]


def run(runs: Sequence[Run], folder: BenchFolder, progress: Progress) -> int:
	"""Run the first in the foreground and any others beside it; what those print is shown when they are ended."""
	beside = [
		Server(f"beside-{number}", one.argv, CHECKOUT, folder.run, folder.logs, one.env)
		for number, one in enumerate(runs[1:], 1)
	]
	statuses: list[int] = []
	try:
		processes = []
		for server in beside:
			server.log.unlink(missing_ok=True)
			processes.append(server.start())
		statuses.append(foreground(list(runs[0].argv), cwd=CHECKOUT, env=runs[0].env))
		if statuses[0] != INTERRUPTED:
			statuses.extend(process.wait() for process in processes)
		return max(statuses)
	finally:
		for server in beside:
			server.stop()
			if statuses and statuses[0] != INTERRUPTED:
				# Also if it has not come to its end: where it stood is then all there is to know.
				progress.say(server.log.read_text(errors="replace"))


@contextmanager
def served(work: Workplace, bench: Bench, site: Site) -> Iterator[tuple[Serving, Running]]:
	"""Have a test site served for the block: two processes, so that races over HTTP are real ones."""

	prefix = site.name.partition(".")[0]

	def choose() -> Serving:
		web, relay = work.web_ports(prefix, first=None)
		queue = bench.queue_url()
		serving = Serving(site.name, prefix, web, relay, queue, workers=2, reload=False, scheduler=False)
		site.configure(serving.settings())
		return serving

	with serve(work.folder, bench.engine, choose, work.ports_lock, work.progress) as pair:
		yield pair


def environment(folder: BenchFolder, site: str, url: str) -> dict[str, str]:
	"""What a program of the checkout's is told about the bench that it runs on."""
	known = {key: value for key, value in os.environ.items() if key not in ("ARGS", "MAKEFLAGS", "MAKELEVEL")}
	no_proxy = ",".join(filter(None, [known.get("NO_PROXY"), LOCAL]))
	told = {
		"BOTTLE_BENCH": str(folder.root),
		"BOTTLE_SITE": site,
		"BOTTLE_URL": url,
		"NO_PROXY": no_proxy,
		"no_proxy": no_proxy,
	}
	browser = apt.browser()
	return ({"BOTTLE_CHROMIUM": browser} if browser else {}) | known | told
