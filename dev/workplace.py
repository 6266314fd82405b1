"""Puts the parts together: from a machine with nothing to a bench whose services are up."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev import apt
from dev.bench import Bench
from dev.checkout_engine import CheckoutEngine
from dev.database import Database
from dev.engine import Source, prepare_engine, remove_unused_engines
from dev.interpreter import find_python
from dev.layout import CHECKOUT, BenchFolder, Cache, cache_of_user, checkout_id
from dev.ports import any_free, first_free, is_free
from dev.progress import Progress
from dev.restored_engine import RestoredEngine
from dev.services import Services
from dev.stamps import locked, write_atomically
from dev.toolbox import Toolbox


class Workplace:
	"""The bench of this checkout, with all it stands on."""

	def __init__(self, progress: Progress) -> None:
		"""Raises DevError if FRAPPE_PATH names no Frappe."""
		self.progress = progress
		self.cache: Cache = cache_of_user().prepare()
		self.toolbox = Toolbox(self.cache)
		self.source: Source = chosen_source()
		name = f"{checkout_id(CHECKOUT)}-{self.source.bench_key}"
		self.folder = BenchFolder(self.cache.benches / name)

	@property
	def ports_lock(self) -> Path:
		return self.cache.folder / "ports.lock"

	def build(self) -> Bench:
		"""Make or refresh everything but the sites. Raises DevError if a part cannot be had."""
		with self.progress.step("Checking the system's programs"):
			packages = apt.missing_packages()
			python = "" if packages else find_python(self.source.pythons)
		if packages:
			with self.progress.step(f"Installing {' '.join(packages)}"):
				apt.install(packages, self.cache.log)
			python = find_python(self.source.pythons)
		with locked(self.cache.engines_lock, shared=True):
			engine = prepare_engine(self.source, python, self.cache, self.toolbox, self.progress)
			bench = Bench(self.folder, engine, python, self.toolbox)
			bench.prepare(self.progress)
		if engine.is_new:
			with self.progress.step("Removing engines that no bench stands on"):
				remove_unused_engines(self.cache)
		return bench

	@contextmanager
	def ready(self) -> Iterator[Bench]:
		"""Have the bench built and its database and Redis up for the block."""
		with self.setting_up():
			bench = self.build()
		services = self.services(bench)
		with services.in_use():
			if bench.has_new_assets:
				# Sites that another command serves right now have the old bundles' names in there.
				services.forget_cache()
			yield bench

	def services(self, bench: Bench) -> Services:
		"""The servers behind the bench's sites."""
		password = Database(self.folder, 0).password
		return Services(self.folder, lambda ports: bench.configure(ports, password))

	@contextmanager
	def setting_up(self) -> Iterator[None]:
		"""Keep a second set-up of the same bench out for the block."""

		def waiting() -> None:
			self.progress.say("  Another set-up of this checkout is at work: waiting for it ...")

		with locked(self.cache.benches / f"{self.folder.root.name}.lock", waiting):
			yield

	def web_ports(self, prefix: str, first: int | None, wanted: int | None = None) -> tuple[int, int]:
		"""The ports of a site's web server and relay: those of last time if they are still free."""
		path = self.folder.run / f"{prefix}-ports.json"
		try:
			web, relay = json.loads(path.read_text())
		except (OSError, ValueError):
			web, relay = 0, 0
		if wanted:
			web = wanted
		elif not web or not is_free(web):
			web = first_free(first) if first else any_free()
		if not relay or relay == web or not is_free(relay):
			relay = any_free(frozenset({web}))
		write_atomically(path, json.dumps([web, relay]))
		return web, relay


def chosen_source() -> Source:
	"""The Frappe that FRAPPE_PATH names, or the restored one."""
	path = os.environ.get("FRAPPE_PATH")
	return CheckoutEngine(Path(path)) if path else RestoredEngine()
