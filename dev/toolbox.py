"""Tools from PyPI in environments of their own, pinned by hash: uv, the bench CLI, the linters."""

import os
import subprocess
import sys
from pathlib import Path

from dev.layout import REQUIREMENTS, Cache
from dev.processes import Word, call
from dev.stamps import Stamp, build_folder, key_of, locked, remove


class Toolbox:
	"""Makes tool environments in the cache when they are first asked for."""

	def __init__(self, cache: Cache) -> None:
		self.cache = cache

	def environment(self) -> dict[str, str]:
		"""The variables under which uv runs: its cache beside ours, and pip's mirror if the user set one."""
		env = dict(os.environ, UV_CACHE_DIR=str(self.cache.folder / "uv"), UV_NO_PROGRESS="1")
		env.pop("VIRTUAL_ENV", None)
		env.setdefault("UV_HTTP_TIMEOUT", "120")
		# A Python that uv would fetch by itself comes from no package registry.
		env.setdefault("UV_PYTHON_DOWNLOADS", "never")
		if "UV_DEFAULT_INDEX" not in env and "UV_INDEX_URL" not in env:
			mirror = pip_setting("global.index-url") or env.get("PIP_INDEX_URL", "")
			if mirror:
				env["UV_DEFAULT_INDEX"] = mirror
		return env

	def uv(self) -> Path:
		"""The path of uv, installed by pip on the first call. Raises CommandFailed if pip fails."""
		locks = REQUIREMENTS / "uv.txt"
		folder = self._folder("uv", locks)

		def build(work: Path) -> None:
			call([sys.executable, "-m", "venv", work], self.cache.log)
			pip: list[Word] = [
				work / "bin/python",
				"-m",
				"pip",
				"--disable-pip-version-check",
				"install",
				"--quiet",
			]
			call([*pip, "--require-hashes", "--only-binary=:all:", "-r", locks], self.cache.log)

		with locked(folder.with_suffix(".lock")):
			if not folder.exists():
				build_folder(folder, build)
		return folder / "bin/uv"

	def tool(self, name: str) -> Path:
		"""The bin folder of an environment that holds requirements/NAME.txt. Raises CommandFailed."""
		locks = REQUIREMENTS / f"{name}.txt"
		folder = self._folder(name, locks)
		stamp = Stamp(folder / "complete.json")
		with locked(folder.with_suffix(".lock")):
			if not stamp.read():
				remove(folder)
				self.make_environment(folder, sys.executable, [locks], self.cache.log)
				stamp.write(done="yes")
		return folder / "bin"

	def make_environment(self, folder: Path, python: str, locks: list[Path], log: Path) -> None:
		"""Make a virtual environment with exactly what the lock files name. Raises CommandFailed."""
		uv, env = self.uv(), self.environment()
		call([uv, "venv", "--quiet", "--python", python, folder], log, env=env)
		files = [part for path in locks for part in ("-r", str(path))]
		install: list[Word] = [uv, "pip", "install", "--require-hashes", "--python", folder / "bin/python"]
		call([*install, *files], log, env=env)

	def _folder(self, name: str, locks: Path) -> Path:
		return self.cache.folder / "tools" / f"{name}-{key_of(locks.read_text(), sys.version)}"


def pip_setting(name: str) -> str:
	"""A setting of the user's pip, which uv does not read; empty if there is none."""
	answer = subprocess.run(
		[sys.executable, "-m", "pip", "config", "get", name], capture_output=True, text=True, check=False
	)
	return answer.stdout.strip() if answer.returncode == 0 else ""
