"""The bench of one checkout: apps, Python environment, configuration and assets, as Frappe people know them."""

import json
import os
import pwd
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from dev.engine import Engine, build_assets, install_node_packages
from dev.layout import APP, BENCH_STAMP, CHECKOUT, BenchFolder
from dev.ports import HOST
from dev.progress import Progress
from dev.stamps import Stamp, build_folder, files_below, hash_files, key_of, remove, write_atomically
from dev.toolbox import Toolbox

ASSET_MANIFESTS = ("assets.json", "assets-rtl.json")
NODE_MANIFESTS = ("package.json", "package-lock.json")
FRAPPE = f" FRAPPE_PATH={os.environ['FRAPPE_PATH']}" if os.environ.get("FRAPPE_PATH") else ""
BUILDS_ITSELF = f"`make run{FRAPPE}` in {CHECKOUT} builds the assets when their sources have changed."
STARTED_BY = f"`make run{FRAPPE}` in {CHECKOUT} starts the servers of this bench."


class Bench:
	"""Brings the folder of a bench to what the checkout and the engine ask for."""

	def __init__(self, folder: BenchFolder, engine: Engine, python: str, toolbox: Toolbox) -> None:
		self.folder = folder
		self.engine = engine
		self.python = python
		self.toolbox = toolbox
		self.stamp = Stamp(folder.root / BENCH_STAMP)
		self.has_new_assets = False

	def prepare(self, progress: Progress) -> None:
		"""Make or refresh all of the folder but its sites. Raises CommandFailed."""
		for part in ("apps", "sites/assets", "config/pids", "logs", "run"):
			(self.folder.root / part).mkdir(parents=True, exist_ok=True)
		self._link_app()
		# What `bench start` would run.
		write_atomically(self.folder.root / "Procfile", f"bench: {refusal(STARTED_BY)}\n")
		if not self.stamp.says(engine=self.engine.key):
			with progress.step("Putting Frappe into the bench"):
				self._copy_frappe()
			self.stamp.write(engine=self.engine.key)
		packages = key_of(self.engine.requirements.read_text(), self.python)
		if not self.stamp.says(packages=packages):
			with progress.step("Installing Python packages"):
				self._make_environment()
			self.stamp.write(packages=packages)
		self.build_own_assets(progress)

	def build_own_assets(self, progress: Progress) -> None:
		"""Build the app's bundles if its sources changed. Raises CommandFailed."""
		public = CHECKOUT / APP / "public"
		sources = hash_files(files_below(public), public)
		packages = hash_files((CHECKOUT / name for name in NODE_MANIFESTS), CHECKOUT)
		if not self.stamp.says(node=packages):
			with progress.step("Installing the app's Node packages"):
				build_folder(self.folder.node, self._install_node_packages)
			self.stamp.write(node=packages)
		assets = key_of(self.engine.key, sources, packages)
		if self.stamp.says(assets=assets):
			return
		with progress.step("Building the app's assets"):
			self._build_own_assets()
		self.stamp.write(assets=assets)
		self.has_new_assets = True

	def configure(self, ports: Mapping[str, int], password: str) -> None:
		"""Write the settings that all sites share, but keep what someone added by hand."""
		queue = f"redis://{HOST}:{ports['redis_queue']}"
		settings = {
			"bench_id": self.folder.root.name,
			"db_host": HOST,
			"db_port": ports["mariadb"],
			"developer_mode": 1,
			# Without it the bench command refuses to work as root.
			"frappe_user": pwd.getpwuid(os.geteuid()).pw_name,
			"redis_cache": f"redis://{HOST}:{ports['redis_cache']}",
			"redis_queue": queue,
			"redis_socketio": queue,
			"root_login": "root",
			"root_password": password,
		}
		update_json(self.folder.config, settings, mode=0o600)

	def queue_url(self) -> str:
		"""Where the running services have the Redis of jobs and live events."""
		return str(json.loads(self.folder.config.read_text())["redis_queue"])

	def _link_app(self) -> None:
		link = self.folder.apps / APP
		if not link.is_symlink() or link.resolve() != CHECKOUT:
			remove(link)
			link.symlink_to(CHECKOUT)
		write_atomically(self.folder.sites / "apps.txt", f"frappe\n{APP}\n")
		assets = self.folder.sites / "assets" / APP
		remove(assets)
		assets.symlink_to(link / APP / "public")

	def _copy_frappe(self) -> None:
		"""A copy, because Frappe finds the bench by where its own files really are."""
		target = self.folder.apps / "frappe"

		def build(work: Path) -> None:
			shutil.copytree(self.engine.app, work, symlinks=True, dirs_exist_ok=True)
			# What `bench build` and `bench watch` would run.
			scripts = dict.fromkeys(("build", "production", "watch"), refusal(BUILDS_ITSELF))
			update_json(work / "package.json", {"scripts": scripts})
			for link in (work / "node_modules", work / "frappe/public/node_modules"):
				link.symlink_to(self.engine.node_modules)

		build_folder(target, build)
		assets = self.folder.sites / "assets" / "frappe"
		remove(assets)
		assets.symlink_to(target / "frappe/public")

	def _make_environment(self) -> None:
		self.stamp.write(packages="")
		remove(self.folder.env)
		self.toolbox.make_environment(
			self.folder.env, self.python, [self.engine.requirements], self.folder.log
		)
		(packages,) = (self.folder.env / "lib").glob("python3*/site-packages")
		paths = [self.folder.apps / "frappe", self.folder.apps / APP]
		(packages / "bench_apps.pth").write_text("".join(f"{path}\n" for path in paths))

	def _install_node_packages(self, folder: Path) -> None:
		"""What `bench get-app` installs inside the app. Here the checkout stays clean."""
		for name in NODE_MANIFESTS:
			shutil.copy(CHECKOUT / name, folder)
		install_node_packages(folder, self.toolbox.cache)

	def _build_own_assets(self) -> None:
		assets = self.folder.sites / "assets"
		manifests = assets / "dist" / "manifests"
		root = self.folder.apps / APP
		# Beside the checkout's public folder, not in it: two benches of one checkout have a build each.
		out, modules = assets / "dist" / APP, self.folder.node / "node_modules"
		build_assets(self.engine.folder, APP, root, out, manifests, self.folder.log, modules)
		for name in ASSET_MANIFESTS:
			frappe = json.loads((self.engine.manifests / name).read_text())
			ours = json.loads((manifests / name).read_text())
			write_atomically(assets / name, json.dumps(frappe | ours, indent=4))


def refusal(sentence: str) -> str:
	"""A shell command that only says the sentence."""
	return f"echo {shlex.quote(sentence)}; false"


def update_json(path: Path, settings: Mapping[str, object], mode: int = 0o644) -> None:
	"""Set these keys of a JSON file and leave its others alone; a file of the same content is not touched."""
	try:
		old = json.loads(path.read_text())
	except (OSError, ValueError):
		old = {}
	new = {**old, **settings}
	if new != old:
		write_atomically(path, json.dumps(new, indent=1, sort_keys=True), mode)
