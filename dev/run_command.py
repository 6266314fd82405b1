"""`make run`: the demo factory, served until Ctrl-C."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from dev.bench import Bench
from dev.errors import DevError
from dev.layout import ADMIN_PASSWORD, APP, DEMO_SITE, BenchFolder
from dev.ports import FIRST_WEB_PORT, HOST, requested
from dev.processes import Record, identify
from dev.progress import Progress
from dev.servers import Running, Serving, check_running, serve
from dev.site import Site
from dev.workplace import Workplace

SETTINGS = {"allow_tests": 0}
RECORD = "run.json"
PORTS = "demo-ports.json"


def run(progress: Progress) -> int:
	"""Serve the demo site. Raises DevError if it can't be set up or is served already."""
	work = Workplace(progress)
	record = Record(work.folder.run / RECORD)
	if record.read():
		known = address(work.folder)
		where = f" at {known}" if known else ""
		raise DevError(f"`make run` of this checkout is at work already{where}. `make stop` ends it.")
	wanted = requested(os.environ["PORT"]) if os.environ.get("PORT") else None
	work.folder.run.mkdir(parents=True, exist_ok=True)
	record.write(identify(os.getpid()))
	try:
		progress.say(f"{APP}: setting up the demo factory")
		with work.ready() as bench:
			site = prepare_site(work, bench)
			serve_until_interrupted(work, bench, site, wanted)
	finally:
		record.clear()
	return 0


def prepare_site(work: Workplace, bench: Bench) -> Site:
	"""The demo site, up to date. Raises CommandFailed."""
	site = Site(DEMO_SITE, work.folder)
	with work.setting_up():
		site.prepare(bench.engine.key, SETTINGS, work.progress)
		if wants_demo():
			site.load_demo(work.progress)
	return site


def wants_demo() -> bool:
	return os.environ.get("DEMO", "1") not in ("0", "no", "false")


def serve_until_interrupted(work: Workplace, bench: Bench, site: Site, wanted: int | None) -> None:
	"""Raises KeyboardInterrupt when told to end, CommandFailed if a server ends by itself."""
	with served(work, bench, site, wanted) as (serving, running):
		announce(work.progress, serving, site)
		while True:
			check_running(work.folder, running)
			time.sleep(0.5)


@contextmanager
def served(
	work: Workplace, bench: Bench, site: Site, wanted: int | None
) -> Iterator[tuple[Serving, Running]]:
	"""Have the demo site served for the block; the site's configuration says how."""

	def choose() -> Serving:
		web, relay = work.web_ports("demo", FIRST_WEB_PORT, wanted)
		serving = Serving(
			site.name, "demo", web, relay, bench.queue_url(), workers=1, reload=True, scheduler=True
		)
		site.configure(serving.settings())
		return serving

	with serve(work.folder, bench.engine, choose, work.ports_lock, work.progress) as pair:
		yield pair


def announce(progress: Progress, serving: Serving, site: Site) -> None:
	progress.say(f"\n{APP} is ready at {serving.url} after {progress.elapsed():.0f} s")
	progress.say(f"  Log in as Administrator with the password {ADMIN_PASSWORD}.")
	if wants_demo():
		progress.say("\n" + site.summary())
	progress.say("Ctrl-C ends it.")


def address(folder: BenchFolder) -> str:
	"""Where the demo site was last served; empty if it never was."""
	path = folder.run / PORTS
	return f"http://{HOST}:{json.loads(path.read_text())[0]}" if path.exists() else ""
