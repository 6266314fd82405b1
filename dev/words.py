"""All words of the app that a reader may see, and what of them has no translation yet."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Places = dict[str, list[str]]
"""Where each text stands, by the text."""

LANGUAGES = ("hi", "ur")

_SKIPPED = {"dist", "translations", "__pycache__", "node_modules"}
_STRING = r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\$])*`)"""
_IN_SCRIPT = re.compile(r"\b__\(\s*" + _STRING, re.DOTALL)
_IN_TEMPLATE = re.compile(r"(?<![\w_])_\(\s*" + _STRING)
_HELD = re.compile(r"\{(\d+)\}|%s|%\(\w+\)s")
_LABELS = {"label", "description", "title", "subtitle", "success_message", "stats_filter_label", "chart_name"}
_NAMED = {
	"DocType",
	"Report",
	"Number Card",
	"Dashboard",
	"Dashboard Chart",
	"Print Format",
	"Workspace",
	"Role",
}
_TEXT_TAG = re.compile(r"<[^>]+>")


def messages(app: Path) -> Places:
	"""Every text of the app below a folder that passes through a translation, and in which files."""
	found: Places = defaultdict(list)
	for path in sorted(app.rglob("*")):
		if not path.is_file() or _SKIPPED & set(path.parts):
			continue
		for text in _texts(path):
			if _says_something(text):
				found[text].append(str(path.relative_to(app)))
	return dict(found)


def held(text: str) -> list[str]:
	"""The places of a text that are filled in, sorted: a translation has to have the same."""
	return sorted(match.group(0) for match in _HELD.finditer(text))


def translations(app: Path, language: str) -> dict[str, str]:
	"""What the app's file of a language says. Raises `ValueError` where a text stands in it twice."""
	found: dict[str, str] = {}
	with (app / "translations" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
		for row in csv.reader(file):
			if row[0] in found:
				raise ValueError(f"{language}.csv has twice: {row[0]}")
			found[row[0]] = row[1]
	return found


def _texts(path: Path) -> Iterable[str]:
	if path.suffix == ".py":
		return _of_python(path.read_text(encoding="utf-8"))
	if path.suffix == ".js":
		return _of_script(path.read_text(encoding="utf-8"))
	if path.suffix in (".html", ".jinja"):
		text = path.read_text(encoding="utf-8")
		return [*_of_script(text), *map(_unquoted, _IN_TEMPLATE.findall(text))]
	if path.suffix == ".json":
		return _of_record(json.loads(path.read_text(encoding="utf-8")))
	return []


def _of_python(source: str) -> Iterator[str]:
	for node in ast.walk(ast.parse(source)):
		if isinstance(node, ast.ClassDef):
			yield from _titles(node)
		if not isinstance(node, ast.Call) or not node.args:
			continue
		name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
		first = node.args[0]
		if name in ("_", "_lt") and isinstance(first, ast.Constant) and isinstance(first.value, str):
			yield first.value


def _titles(of: ast.ClassDef) -> Iterator[str]:
	"""What an error of `errors.py` is headed with: translated where it is shown."""
	for node in of.body:
		target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
		value = getattr(node, "value", None)
		if getattr(target, "id", "") == "title" and isinstance(value, ast.Constant):
			yield str(value.value)


def _of_script(source: str) -> Iterator[str]:
	yield from map(_unquoted, _IN_SCRIPT.findall(source))


def _unquoted(quoted: str) -> str:
	return re.sub(r"\\(.)", lambda escaped: {"n": "\n"}.get(escaped[1], escaped[1]), quoted[1:-1])


def _of_record(record: Any) -> Iterator[str]:
	"""What of a record of Frappe's is shown: its name where that is a title, labels, choices, words of a workspace."""
	if isinstance(record, list):
		for one in record:
			yield from _of_record(one)
		return
	if not isinstance(record, dict):
		return
	if record.get("doctype") in _NAMED and record.get("name"):
		yield record["name"]
	for key, value in record.items():
		if key in _LABELS and isinstance(value, str):
			yield value
		elif key == "options" and record.get("fieldtype") == "Select" and isinstance(value, str):
			yield from value.split("\n")
		elif key == "content" and record.get("doctype") == "Workspace":
			yield from _of_blocks(json.loads(value))
		elif isinstance(value, list | dict):
			yield from _of_record(value)


def _of_blocks(blocks: list[dict[str, Any]]) -> Iterator[str]:
	for block in blocks:
		if text := block.get("data", {}).get("text"):
			yield text
			if _TEXT_TAG.search(text):
				yield _TEXT_TAG.sub("", text)


def _says_something(text: str) -> bool:
	return any(character.isalpha() for character in _HELD.sub("", text)) and not text.startswith("eval:")
