"""A site that can be again what its set-up left: what tests commit would slow every later run down."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from dev.database import Database
from dev.layout import BenchFolder
from dev.progress import Progress
from dev.services import Services
from dev.site import Site, app_fingerprint
from dev.stamps import Stamp, build_folder

DATABASE = "database.sql"


class FreshSite(Site):
	"""A site, and beside it a copy of its database as it was before the first test."""

	def __init__(self, name: str, folder: BenchFolder, services: Services) -> None:
		super().__init__(name, folder)
		self.services = services
		self.copy = self.path / "as-set-up"

	def begin(self, engine: str, settings: Mapping[str, object], progress: Progress, *, anew: bool) -> None:
		"""Make or migrate the site, and have nothing in it that tests left, where that is asked for.

		A migration begins without it, too, so that the copy is always of a site that no test has seen. Raises
		CommandFailed.
		"""
		if not anew and self.stamp.says(complete="yes", app=app_fingerprint(), engine=engine):
			self.configure(settings)
			return
		copied = Stamp(self.copy / self.stamp.path.name)
		if copied.says(complete="yes"):
			with progress.step(f"Emptying {self.name}"):
				self._put_back(copied)
		else:
			self.stamp.clear()
		self.prepare(engine, settings, progress)
		if copied.read() != self.stamp.read():
			build_folder(self.copy, self._take)

	@property
	def _database(self) -> Database:
		return Database(self.folder, self.services.ports()["mariadb"])

	@property
	def _database_name(self) -> str:
		return str(json.loads((self.path / "site_config.json").read_text())["db_name"])

	def _take(self, folder: Path) -> None:
		self._database.dump(self._database_name, folder / DATABASE)
		shutil.copy(self.stamp.path, folder)

	def _put_back(self, copied: Stamp) -> None:
		self.stamp.clear()  # who is killed from here on puts it back once more
		self._database.load(self._database_name, self.copy / DATABASE)
		self.services.forget_cache()
		shutil.copy(copied.path, self.stamp.path)
