"""`make stop` and `make clean`: ends and removes what belongs to this checkout, and nothing else."""

import os

from dev.layout import CHECKOUT, BenchFolder, cache_of_user
from dev.processes import Record, end
from dev.progress import Progress
from dev.stamps import remove

# A command ends its own servers when it is asked to end, so it is asked before them.
COMMANDS = ("run.json", "test.json", "benchmark.json")
SERVICES = ("redis_queue.json", "redis_cache.json", "mariadb.json")
PATIENCE = 60


def stop(progress: Progress) -> int:
	"""End every process of every bench of this checkout."""
	for folder in benches():
		if running(folder):
			with progress.step(f"Ending {folder.root.name}"):
				stop_bench(folder)
	progress.say("Nothing of this checkout is running.")
	return 0


def clean(progress: Progress) -> int:
	"""Stop, and remove the benches of this checkout with their sites; with ALL=1 the shared cache, too."""
	stop(progress)
	cache = cache_of_user()
	for folder in benches():
		with progress.step(f"Removing {folder.root.name}"):
			remove(folder.root)
	others = [path for path in cache.benches.glob("*") if path.is_dir()] if cache.benches.is_dir() else []
	if os.environ.get("ALL") == "1" and others:
		progress.say(
			"Other checkouts have benches in the cache: it stays. " + ", ".join(path.name for path in others)
		)
	elif os.environ.get("ALL") == "1":
		with progress.step(f"Removing {cache.folder}"):
			remove(cache.folder)
	return 0


def benches() -> list[BenchFolder]:
	return [BenchFolder(path) for path in cache_of_user().benches_of(CHECKOUT) if path.is_dir()]


def ordered_records(folder: BenchFolder) -> list[Record]:
	"""The noted processes in the order in which they should end: commands, servers, services."""
	known = {path.name: Record(path) for path in folder.run.glob("*.json")}
	first = [known.pop(name) for name in COMMANDS if name in known]
	last = [known.pop(name) for name in SERVICES if name in known]
	return [*first, *known.values(), *last]


def running(folder: BenchFolder) -> bool:
	return any(record.read() for record in ordered_records(folder))


def stop_bench(folder: BenchFolder) -> None:
	for record in ordered_records(folder):
		process = record.read()
		if process:
			end(process, PATIENCE)
