"""`make test`: pytest on a site of its own, beside whatever else this checkout runs."""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from dev.bench import Bench
from dev.layout import APP, CHECKOUT, TEST_SITE, BenchFolder
from dev.processes import Record, Word, foreground, identify
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
CHROMIUM = "/usr/bin/chromium"
LOCAL = "127.0.0.1,localhost"


def suite(progress: Progress) -> int:
	"""Run the suite and return pytest's status. Raises DevError if the site can't be set up."""
	work = Workplace(progress)
	record = Record(work.folder.run / "test.json")

	def waiting() -> None:
		progress.say("  Another `make test` of this checkout is at work: waiting for it ...")

	with locked(work.cache.benches / f"{work.folder.root.name}.test.lock", waiting):
		record.write(identify(os.getpid()))
		try:
			progress.say(f"{APP}: setting up the test site")
			with progress.step("Getting what judges the description of the API"):
				judges = work.toolbox.tool("openapi")
			with work.ready() as bench:
				site = Site(TEST_SITE, work.folder)
				with work.setting_up():
					site.prepare(bench.engine.key, SETTINGS, progress)
				with served(work, bench, site) as (serving, _):
					progress.say(
						f"\nThe test site is ready at {serving.url} after {progress.elapsed():.0f} s\n"
					)
					arguments = shlex.split(os.environ.get("ARGS", ""))
					argv: list[Word] = [bench.folder.python, "-m", "pytest", *arguments]
					env = environment(bench.folder, site.name, serving.url)
					return foreground(argv, cwd=CHECKOUT, env=env | {"BOTTLE_OPENAPI_TOOLS": str(judges)})
		finally:
			record.clear()


@contextmanager
def served(work: Workplace, bench: Bench, site: Site) -> Iterator[tuple[Serving, Running]]:
	"""Have the test site served for the block: two processes, so that races over HTTP are real ones."""

	def choose() -> Serving:
		web, relay = work.web_ports("test", first=None)
		queue = bench.queue_url()
		serving = Serving(site.name, "test", web, relay, queue, workers=2, reload=False, scheduler=False)
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
	return {"BOTTLE_CHROMIUM": CHROMIUM} | known | told
