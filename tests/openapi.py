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
) -> str:
	"""Send so many requests to each operation, and judge the answers by the document; return the report."""
	path = folder / "openapi.json"
	path.write_text(json.dumps(document))
	options = ["--phases", "fuzzing", "--mode", "positive", "--checks", ",".join(CHECKS), "--no-shrink"]
	options += ["--continue-on-failure", "--workers", "2", "--warnings", "off", "--no-color"]
	options += ["--max-examples", str(examples), "--seed", str(seed)]
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


def narrowed(document: dict[str, Any], records: Records) -> dict[str, Any]:
	"""The document with names that exist where it has any text at all, so that requests get past the first check.

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
	for schema in _linking(document["components"]["schemas"]):
		doctype = schema["x-doctype"]
		if doctype in records:
			schema.pop("type")
			schema.pop("maxLength", None)
			schema.pop("minLength", None)
			schema["enum"] = records[doctype]
	return document


def _linking(schemas: Any) -> Iterator[dict[str, Any]]:
	"""The parts of what clients send that name records."""
	for name, schema in schemas.items():
		if name.endswith(("New", "Change")):
			yield from (one for one in schema["properties"].values() if "x-doctype" in one)
