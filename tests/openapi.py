"""Programs that judge a description of an API. They stand in an environment of their own, beside the tests'."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

MOST_SECONDS = 120


def judge(program: str, *arguments: str, folder: Path | None = None) -> str:
	"""Run one of them and return what it says; the test fails with that if it is not content."""
	tools = os.environ.get("BOTTLE_OPENAPI_TOOLS")
	if not tools:
		pytest.fail("this test needs tools that `make test` gets", pytrace=False)
	done = subprocess.run(
		[Path(tools, program), *arguments],
		cwd=folder,
		capture_output=True,
		text=True,
		timeout=MOST_SECONDS,
		check=False,
	)
	if done.returncode:
		pytest.fail(f"{program}:\n{done.stdout}\n{done.stderr}", pytrace=False)
	return done.stdout
