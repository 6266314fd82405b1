"""Where everything lies: the checkout, the cache that checkouts share, the bench of each checkout."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from dev.errors import DevError

CHECKOUT = Path(__file__).resolve().parent.parent
REQUIREMENTS = CHECKOUT / "dev" / "requirements"
NODE = CHECKOUT / "dev" / "node"
APP = "bottle_mfg"
DEMO_SITE = "demo.localhost"
TEST_SITE = "test.localhost"
SECOND_TEST_SITE = "test-two.localhost"
BENCHMARK_SITE = "benchmark.localhost"
# In a bench's folder: with what it was built.
BENCH_STAMP = "bench.json"
ADMIN_PASSWORD = "admin"


@dataclass(frozen=True)
class Cache:
	"""The folder outside of the repository that holds all that is built."""

	folder: Path

	@property
	def log(self) -> Path:
		return self.folder / "setup.log"

	@property
	def benches(self) -> Path:
		return self.folder / "benches"

	def prepare(self) -> "Cache":
		"""Make the folder. Raises DevError if this user can't write there."""
		try:
			self.folder.mkdir(parents=True, exist_ok=True)
		except OSError as error:
			raise DevError(f"The cache folder {self.folder} can't be made: {error.strerror}.") from error
		if not os.access(self.folder, os.W_OK | os.X_OK):
			raise DevError(
				f"The cache folder {self.folder} is not this user's to write to.\n"
				"Give it to them, or name another one in XDG_CACHE_HOME."
			)
		return self

	@property
	def engines(self) -> Path:
		return self.folder / "engines"

	@property
	def engines_lock(self) -> Path:
		"""Shared by each set-up from the choice of its engine until its bench names it."""
		return self.folder / "engines.lock"

	def benches_of(self, checkout: Path) -> list[Path]:
		"""Every bench made for this checkout, whichever Frappe it runs on."""
		return sorted(self.benches.glob(f"{checkout_id(checkout)}-*")) if self.benches.is_dir() else []


def cache_of_user() -> Cache:
	"""The cache where the user's system wants caches to be."""
	base = os.environ.get("XDG_CACHE_HOME") or ""
	# The specification has relative paths ignored.
	root = Path(base) if base.startswith("/") else Path.home() / ".cache"
	return Cache(root / "bottle-mfg")


def checkout_id(checkout: Path) -> str:
	"""A short name for this checkout, other than that of any second one beside it."""
	real = checkout.resolve()
	label = re.sub(r"[^a-z0-9]+", "", real.name.lower())[:16] or "checkout"
	return f"{label}-{hashlib.sha256(str(real).encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class BenchFolder:
	"""The paths inside one bench."""

	root: Path

	@property
	def sites(self) -> Path:
		return self.root / "sites"

	@property
	def apps(self) -> Path:
		return self.root / "apps"

	@property
	def env(self) -> Path:
		return self.root / "env"

	@property
	def python(self) -> Path:
		return self.root / "env" / "bin" / "python"

	@property
	def node(self) -> Path:
		"""Where the app's own Node packages are."""
		return self.root / "node"

	@property
	def run(self) -> Path:
		return self.root / "run"

	@property
	def logs(self) -> Path:
		return self.root / "logs"

	@property
	def log(self) -> Path:
		return self.logs / "setup.log"

	@property
	def config(self) -> Path:
		return self.sites / "common_site_config.json"
