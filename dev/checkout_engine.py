"""The engine that FRAPPE_PATH names: a Frappe checkout of the user's, copied and never written to."""

import json
import re
import shutil
from pathlib import Path

from dev.errors import DevError
from dev.interpreter import parse_range
from dev.layout import NODE, REQUIREMENTS
from dev.processes import Word, call
from dev.stamps import IGNORED_FOLDERS, files_below, hash_files, key_of
from dev.toolbox import Toolbox

# What Frappe takes straight from Git, and the releases that stand in for it.
PYTHON_STAND_INS = {"gunicorn": "gunicorn==23.0.0"}
# What Frappe's requirements import without asking for it: pkg_resources, which later releases no longer ship.
PYTHON_ADDED = ("setuptools<81",)
NODE_STAND_INS = {"air-datepicker": "2.2.3"}
# What our builder and relay are written for, whatever Frappe itself asks for.
NODE_OWN = ("esbuild", "sass", "postcss", "autoprefixer", "rtlcss", "@redis/client", "socket.io")
# npm takes the versions in it where package.json allows several, and resolves what it does not name.
YARN_LOCK = "yarn.lock"
FROM_GIT = re.compile(r"^(git[+:]|github:|https?:.*\.git)")


class CheckoutEngine:
	"""A Frappe tree of release 15 or 16."""

	def __init__(self, path: Path) -> None:
		"""Raises DevError if there is no Frappe at the path."""
		self.path = path.expanduser().resolve()
		needed = ("frappe/__init__.py", "pyproject.toml", "package.json")
		if not all((self.path / name).is_file() for name in needed):
			raise DevError(f"FRAPPE_PATH={path} is no Frappe checkout: it lacks one of {', '.join(needed)}.")
		version = frappe_version(self.path)
		self.title = f"Copying Frappe {version} from FRAPPE_PATH"
		# Sites are migrated to a later commit of the checkout, but not back to an earlier release.
		self.bench_key = key_of(str(self.path), version.partition(".")[0])[:8]
		self.tree_key = key_of(hash_files(files_below(self.path), self.path))
		pyproject = (self.path / "pyproject.toml").read_text()
		match = re.search(r'^requires-python\s*=\s*"([^"]+)"', pyproject, re.MULTILINE)
		self.pythons = parse_range(match[1] if match else "")

	def fetch(self, app: Path, toolbox: Toolbox, log: Path) -> None:
		"""Copy the tree, without what a build or a run of it left there."""
		ignore = shutil.ignore_patterns(*IGNORED_FOLDERS, "*.pyc")
		shutil.copytree(self.path, app, symlinks=True, ignore=ignore)

	def lock(self, folder: Path, python: str, toolbox: Toolbox, log: Path) -> None:
		"""Resolve what the tree asks for, today, and write the versions and hashes down. Raises CommandFailed."""
		write_node_manifests(self.path, folder)
		added, overrides, constraints = (
			folder / f"{name}.in" for name in ("added", "overrides", "constraints")
		)
		added.write_text("\n".join(PYTHON_ADDED) + "\n")
		overrides.write_text("\n".join(PYTHON_STAND_INS.values()) + "\n")
		constraints.write_text(test_pins())
		inputs: list[Word] = [folder / "frappe/pyproject.toml", REQUIREMENTS / "test.in", added]
		options: list[Word] = ["--quiet", "--generate-hashes", "--no-emit-index-url", "--python", python]
		pins: list[Word] = [
			"--override",
			overrides,
			"--constraint",
			constraints,
			"-o",
			folder / "requirements.txt",
		]
		call([toolbox.uv(), "pip", "compile", *inputs, *options, *pins], log, env=toolbox.environment())


def frappe_version(path: Path) -> str:
	match = re.search(r'^__version__ = "([^"]+)"', (path / "frappe/__init__.py").read_text(), re.MULTILINE)
	return match[1] if match else "of unknown version"


def write_node_manifests(tree: Path, folder: Path) -> None:
	"""Say which Node packages the folder gets: the tree's requirements, at the versions that its lock names."""
	given = json.loads((tree / "package.json").read_text())
	ours = json.loads((NODE / "package.json").read_text())
	(folder / "package.json").write_text(json.dumps(node_packages(given, ours), indent=1))
	if (tree / YARN_LOCK).exists():
		shutil.copy(tree / YARN_LOCK, folder)


def test_pins() -> str:
	"""The tested versions of what only the tests import; shared requirements are left to Frappe."""
	names = set((REQUIREMENTS / "test.in").read_text().split()) - {"requests"}
	locked = re.findall(
		r"^([a-z0-9-]+)==([^\s;]+)( ;[^\\\n]*)?", (REQUIREMENTS / "test.txt").read_text(), re.MULTILINE
	)
	return "".join(f"{name}=={version}{marker}\n" for name, version, marker in locked if name in names)


def node_packages(given: dict[str, object], ours: dict[str, object]) -> dict[str, object]:
	"""A package.json with Frappe's requirements from the registry, and our tools at our versions."""
	wanted, tools = given["dependencies"], ours["dependencies"]
	if not isinstance(wanted, dict) or not isinstance(tools, dict):
		raise DevError("package.json of the Frappe checkout names no dependencies.")
	packages = {
		name: NODE_STAND_INS.get(name, version) if FROM_GIT.match(version) else version
		for name, version in wanted.items()
	}
	return {
		"name": "frappe-assets",
		"private": True,
		"dependencies": packages | {name: tools[name] for name in NODE_OWN},
	}
