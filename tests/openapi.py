"""Programs that judge a description of an API. They stand in an environment of their own, beside the tests'."""

from __future__ import annotations

import copy
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

MOST_SECONDS = 120


def judge(program: str, *arguments: str, folder: Path | None = None, seconds: int = MOST_SECONDS) -> str:
	"""Run one of them and return what it says; the test fails with that if it is not content."""
	tools = os.environ.get("BOTTLE_OPENAPI_TOOLS")
	if not tools:
		pytest.fail("this test needs tools that `make test` gets", pytrace=False)
	done = subprocess.run(
		[Path(tools, program), *arguments],
		cwd=folder,
		capture_output=True,
		text=True,
		timeout=seconds,
		check=False,
	)
	if done.returncode:
		pytest.fail(f"{program}:\n{done.stdout}\n{done.stderr}", pytrace=False)
	return done.stdout


CHECKS = (
	"not_a_server_error",
	"status_code_conformance",
	"content_type_conformance",
	"response_headers_conformance",
	"response_schema_conformance",
)
Records = Mapping[str, list[str]]
"""By DocType, the names of the records that a test has made."""


def fuzz(
	document: dict[str, Any],
	url: str,
	folder: Path,
	token: str,
	examples: int,
	seed: int,
	seconds: int = MOST_SECONDS,
	paths: str = "",
) -> str:
	"""Send so many requests to each operation, and judge the answers by the document; return the report.

	`paths` is a regular expression that says which operations; empty: all of them.
	"""
	path = folder / "openapi.json"
	path.write_text(json.dumps(document))
	options = [
		"--phases",
		"examples,fuzzing",
		"--mode",
		"positive",
		"--checks",
		",".join(CHECKS),
		"--no-shrink",
	]
	options += ["--continue-on-failure", "--warnings", "off", "--no-color"]
	options += ["--max-examples", str(examples), "--seed", str(seed)]
	# Two workers would be faster, but what they generate at once is not always the same.
	options += ["--workers", "1", *(["--include-path-regex", paths] if paths else [])]
	return judge(
		"st",
		"run",
		str(path),
		"--url",
		url,
		"--header",
		f"Authorization: {token}",
		*options,
		folder=folder,
		seconds=seconds,
	)


def narrowed(document: dict[str, Any], records: Records, good: Mapping[str, Any]) -> dict[str, Any]:
	"""The document with names that exist where it has any text at all, so that requests get past the first check.

	`good` has bodies that are good all through, by operation; each is sent once.
	Whoever is meant is said by the caller, not made up; and no test changes the settings that others rely on.
	"""
	document = copy.deepcopy(document)
	document.pop("security")
	for path, operations in document["paths"].items():
		doctype = unquote(path.split("/")[3])
		for parameter in operations.get("parameters", []):
			parameter["schema"] = {"enum": records.get(doctype, ["None such"])}
		if doctype == "Bottle Mfg Settings":
			operations.pop("put")
		for operation in operations.values():
			if isinstance(operation, dict) and operation["operationId"] in good:
				body = operation["requestBody"]["content"]["application/json"]
				body["example"] = good[operation["operationId"]]
	schemas = document["components"]["schemas"]
	linked = {}
	for schema in schemas.values():
		schema.pop("examples", None)
	for name, schema in _sent(schemas):
		if schema.get("x-doctype") in records:
			linked[name] = records[schema["x-doctype"]]
			_only(schema, linked[name])
	for name, schema in _arguments(document):
		if name in linked or name in _USUAL:
			_only(schema, [*linked.get(name, []), *_USUAL.get(name, [])])
	return document


_USUAL: dict[str, list[Any]] = {"date": [None], "due_date": [None], "posting_time": [None]}
"""Arguments that are any text by their types, but not by what is in them."""


def _sent(schemas: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
	"""The fields of what clients send as documents."""
	for name, schema in schemas.items():
		if name.endswith(("New", "Change")):
			yield from schema["properties"].items()


def _arguments(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
	"""The arguments of methods, and what lines in them hold."""
	for path, operations in document["paths"].items():
		if path.startswith("/api/method/"):
			for operation in operations.values():
				body = operation.get("requestBody", {"content": {}})["content"]
				for content in body.values():
					yield from content["schema"]["properties"].items()
	for name, schema in document["components"]["schemas"].items():
		if name.endswith("Line"):
			yield from schema["properties"].items()


def _only(schema: dict[str, Any], values: list[Any]) -> None:
	schema.clear()
	schema["enum"] = values
