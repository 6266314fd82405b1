"""The layer that checkouts share: a Frappe tree, its Node packages and its built assets."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from dev.interpreter import Range
from dev.layout import BENCH_STAMP, NODE, REQUIREMENTS, Cache
from dev.processes import Word, call
from dev.progress import Progress
from dev.stamps import Stamp, build_folder, files_below, hash_files, key_of, locked, locked_if_free, remove
from dev.toolbox import Toolbox

# These run from beside node_modules: Node looks for packages from where a script lies.
SCRIPTS = ("build_assets.mjs", "relay.mjs")
# The requirements that end up in a bench.
INSTALLED = ("engine", "test")


class Source(Protocol):
	"""Where a Frappe tree comes from."""

	title: str
	tree_key: str
	# Names the bench: sites live on when the tree changes, as long as this does not.
	bench_key: str
	pythons: Range

	def fetch(self, app: Path, toolbox: Toolbox, log: Path) -> None:
		"""Put the app (the folder that holds the package `frappe`) at the path."""

	def lock(self, folder: Path, python: str, toolbox: Toolbox, log: Path) -> None:
		"""Write requirements.txt, package.json and, if there is one, package-lock.json into the folder."""


@dataclass(frozen=True)
class Engine:
	"""A finished layer in the cache."""

	key: str
	folder: Path
	is_new: bool = False

	@property
	def app(self) -> Path:
		return self.folder / "frappe"

	@property
	def node_modules(self) -> Path:
		return self.folder / "node_modules"

	@property
	def requirements(self) -> Path:
		return self.folder / "requirements.txt"

	@property
	def manifests(self) -> Path:
		return self.folder / "manifests"


def engine_key(source: Source, python: str) -> str:
	"""Changes with anything that the layer is built from."""
	locks = (path for path in files_below(REQUIREMENTS) if path.stem in INSTALLED)
	inputs = [*files_below(NODE), *locks]
	return key_of(source.tree_key, hash_files(inputs, NODE.parent), Path(python).name)


def prepare_engine(source: Source, python: str, cache: Cache, toolbox: Toolbox, progress: Progress) -> Engine:
	"""Build the layer, or find it built. Raises DevError if a part cannot be had or a sum differs."""
	key = engine_key(source, python)
	engine = Engine(key, cache.engines / key)
	stamp = Stamp(engine.folder / "complete.json")

	def build(work: Path) -> None:
		with progress.step(source.title):
			source.fetch(work / "frappe", toolbox, cache.log)
		with progress.step("Locking the versions of its requirements"):
			source.lock(work, python, toolbox, cache.log)
		with progress.step("Installing Node packages"):
			install_node_packages(work, cache)
		with progress.step("Building Frappe's assets"):
			for script in SCRIPTS:
				(work / script).write_bytes((NODE / script).read_bytes())
			build_assets(
				work,
				"frappe",
				work / "frappe",
				work / "frappe/frappe/public/dist",
				work / "manifests",
				cache.log,
			)
		Stamp(work / "complete.json").write(key=key)

	def waiting() -> None:
		progress.say("  Another set-up builds the same engine: waiting for it ...")

	with locked(engine.folder.with_suffix(".lock"), waiting):
		if not stamp.says(key=key):
			build_folder(engine.folder, build)
			return replace(engine, is_new=True)
	return engine


def remove_unused_engines(cache: Cache) -> None:
	"""Remove the engines that no bench stands on, and what killed set-ups left of others.

	Does nothing while any other set-up is at work, for it may have chosen an engine that no bench names yet.
	"""
	with locked_if_free(cache.engines_lock) as alone:
		if not alone:
			return
		used = {Stamp(path).read().get("engine") for path in cache.benches.glob(f"*/{BENCH_STAMP}")}
		for path in cache.engines.glob("*"):
			if path.stem not in used:
				remove(path)


def install_node_packages(folder: Path, cache: Cache) -> None:
	"""Install what the folder's lock file (or, without one, its package.json) names. Raises CommandFailed."""
	env = dict(os.environ, npm_config_cache=str(cache.folder / "npm"))
	verb = "ci" if (folder / "package-lock.json").exists() else "install"
	quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--loglevel=error"]
	call(["npm", verb, *quiet], cache.log, cwd=folder, env=env)


def build_assets(
	engine: Path, app: str, root: Path, out: Path, manifests: Path, log: Path, modules: Path | None = None
) -> None:
	"""Build the bundles of an app, which may import its own node modules. Raises CommandFailed."""
	url = f"/assets/{app}/dist" if app == "frappe" else f"/assets/dist/{app}"
	frappe = engine / "frappe"
	options: list[Word] = [
		"--app",
		app,
		"--root",
		root,
		"--frappe",
		frappe,
		"--out",
		out,
		"--url",
		url,
		"--manifests",
		manifests,
	]
	own: list[Word] = ["--modules", modules] if modules else []
	call(["node", engine / "build_assets.mjs", *options, *own], log, cwd=engine)
