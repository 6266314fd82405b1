"""Where the app goes past Frappe's permissions, it says why."""

from __future__ import annotations

import re
from pathlib import Path

APP = Path(__file__).parents[2] / "bottle_mfg"
SETS = re.compile(r"ignore_permissions\s*[=:]\s*(True|1)\b|flags\.ignore_permissions\s*=(?!=)")


def sources() -> list[Path]:
	return sorted(path for path in APP.rglob("*.py") if "demo" not in path.parts)


def unexplained(text: str) -> list[int]:
	"""The lines that ignore permissions and have no comment on them, or right above them."""
	lines = text.splitlines()
	return [
		number
		for number, line in enumerate(lines, 1)
		if SETS.search(line) and "#" not in line and not lines[number - 2].lstrip().startswith("#")
	]


def test_a_reason_stands_beside_it() -> None:
	found = {str(path.relative_to(APP)): unexplained(path.read_text()) for path in sources()}
	assert {path: lines for path, lines in found.items() if lines} == {}


def test_the_look_finds_them() -> None:
	bare = [
		"doc.insert(ignore_permissions=True)",
		"doc.flags.ignore_permissions = True",
		"x(ignore_permissions=1)",
	]
	for line in bare:
		assert unexplained(f"a\n{line}") == [2]
		assert unexplained(f"a\n{line}  # why") == []
		assert unexplained(f"# why\n{line}") == []
	assert unexplained("if not self.flags.ignore_permissions:") == []
	assert unexplained("flags.ignore_permissions == 1") == []
