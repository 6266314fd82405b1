"""Finds a Python that a given Frappe runs on."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dev.errors import DevError

CANDIDATES = ("python3.11", "python3.12", "python3.13", "python3.10", "python3.14", "python3")


@dataclass(frozen=True)
class Range:
	"""The Python versions that an engine runs on: from lowest on, below the upper end."""

	lowest: tuple[int, int]
	below: tuple[int, int]

	def __contains__(self, version: object) -> bool:
		return isinstance(version, tuple) and self.lowest <= version < self.below

	def __str__(self) -> str:
		last = (self.below[0], self.below[1] - 1)
		ends = [".".join(map(str, end)) for end in (self.lowest, last)]
		return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def parse_range(requires_python: str) -> Range:
	"""Read a `requires-python` such as `>=3.10,<3.13`; an end that is not said is taken as 3.10 or 3.14."""

	def end(pattern: str, default: tuple[int, int]) -> tuple[int, int]:
		match = re.search(pattern + r"\s*(\d+)\.(\d+)", requires_python)
		return (int(match[1]), int(match[2])) if match else default

	return Range(end(">=", (3, 10)), end(r"<(?!=)", (3, 15)))


def version_of(path: str) -> tuple[int, int] | None:
	"""The version that the program says it is; None if it is no working Python with venv."""
	code = "import sys, venv; print(*sys.version_info[:2])"
	try:
		answer = subprocess.run([path, "-c", code], capture_output=True, text=True, check=True, timeout=30)
		major, minor = answer.stdout.split()
	except (OSError, subprocess.SubprocessError, ValueError):
		return None
	return int(major), int(minor)


def every_python() -> Iterable[str]:
	"""Each Python on PATH by the names Pythons have; Debian's own come last, in case PATH hides them."""
	folders = [*os.environ.get("PATH", "").split(os.pathsep), "/usr/bin", "/usr/local/bin"]
	for name in CANDIDATES:
		for folder in dict.fromkeys(folders):
			path = shutil.which(name, path=folder) if folder else None
			if path:
				yield path


def find_python(
	wanted: Range,
	pythons: Callable[[], Iterable[str]] = every_python,
	version: Callable[[str], tuple[int, int] | None] = version_of,
) -> str:
	"""The path of a Python within the range. Raises DevError, naming what was found, if there is none."""
	seen: dict[str, str] = {}
	for path in pythons():
		found = version(path)
		if found in wanted:
			return path
		if found:
			seen[path] = ".".join(map(str, found))
	listed = ", ".join(f"{path} is {number}" for path, number in seen.items()) or "none was found"
	raise DevError(
		f"This Frappe runs on Python {wanted}, and this machine has no such Python ({listed}).\n"
		f"Install one (Debian 12: apt-get install python3 python3-venv) so that it is on PATH as python3.X."
	)
