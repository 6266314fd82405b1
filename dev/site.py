"""Makes and updates a Frappe site of the bench."""

import datetime
import subprocess
from collections.abc import Mapping

from dev.bench import update_json
from dev.layout import ADMIN_PASSWORD, APP, CHECKOUT, BenchFolder
from dev.processes import call
from dev.progress import Progress
from dev.stamps import Stamp, files_below, hash_files, remove


def app_fingerprint() -> str:
	"""Changes when the app's code does: what it says about the database may then have changed, too."""
	root = CHECKOUT / APP
	public = root / "public"
	files = (path for path in files_below(root) if not path.is_relative_to(public))
	return hash_files(files, root)


class Site:
	"""One site, and the stamp that says how far its set-up got."""

	def __init__(self, name: str, folder: BenchFolder) -> None:
		self.name = name
		self.folder = folder
		self.path = folder.sites / name
		self.stamp = Stamp(self.path / "dev-setup.json")

	def prepare(self, engine: str, settings: Mapping[str, object], progress: Progress) -> None:
		"""Make the site, or migrate it if app or engine changed. Raises CommandFailed."""
		app = app_fingerprint()
		if not self.stamp.says(complete="yes"):
			self._create(settings, progress)
			self.stamp.write(complete="yes", app=app, engine=engine)
		elif not self.stamp.says(app=app, engine=engine):
			self.configure(settings)
			with progress.step(f"Migrating {self.name}"):
				self.frappe("migrate")
			self.stamp.write(app=app, engine=engine)
		self.configure(settings)

	def load_demo(self, progress: Progress) -> None:
		"""Load the demo factory if it was not loaded this month by this code. Raises CommandFailed."""
		inputs = {"demo": f"{app_fingerprint()} {datetime.date.today():%Y-%m}"}
		if not self.stamp.says(**inputs):
			with progress.step("Loading the demo factory"):
				self.frappe("execute", f"{APP}.demo.load")
			self.stamp.write(**inputs)

	def summary(self) -> str:
		"""The demo's logins and this month's profit and loss, as the app words them."""
		answer = subprocess.run(
			self._argv("execute", f"{APP}.demo.print_summary"),
			cwd=self.folder.sites,
			stdin=subprocess.DEVNULL,
			capture_output=True,
			text=True,
			check=False,
		)
		return answer.stdout if answer.returncode == 0 else f"(no summary: {answer.stderr.strip()[-2000:]})"

	def configure(self, settings: Mapping[str, object]) -> None:
		update_json(self.path / "site_config.json", settings, mode=0o600)

	def frappe(self, *arguments: str) -> None:
		"""Run one of Frappe's own commands on the site. Raises CommandFailed."""
		call(self._argv(*arguments), self.folder.log, cwd=self.folder.sites)

	def _create(self, settings: Mapping[str, object], progress: Progress) -> None:
		remove(self.path)
		with progress.step(f"Making the site {self.name}"):
			new = ["new-site", self.name, "--force", "--admin-password", ADMIN_PASSWORD]
			call(
				[self.folder.python, "-m", "frappe.utils.bench_helper", "frappe", *new],
				self.folder.log,
				cwd=self.folder.sites,
			)
		self.configure(settings)
		with progress.step(f"Installing {APP} on it"):
			self.frappe("install-app", APP)
		with progress.step("Answering the set-up wizard"):
			script = CHECKOUT / "dev" / "finish_site.py"
			call([self.folder.python, script, self.name], self.folder.log, cwd=self.folder.sites)

	def _argv(self, *arguments: str) -> list[str]:
		helper = [str(self.folder.python), "-m", "frappe.utils.bench_helper", "frappe"]
		return [*helper, "--site", self.name, *arguments]
