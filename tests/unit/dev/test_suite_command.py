"""The halves of the suite, and what becomes of their answers."""

from __future__ import annotations

import os
import sys
from io import StringIO
from pathlib import Path

import pytest

from dev.layout import CHECKOUT, BenchFolder
from dev.progress import Progress
from dev.suite_command import Run, halves, run


def test_every_folder_of_tests_is_in_one_half() -> None:
	tests = CHECKOUT / "tests"
	files = sorted(tests.rglob("test_*.py"))
	asked = [CHECKOUT / folder for half in halves(tests) for folder in half]
	assert all(half for half in halves(tests))
	for file in files:
		assert sum(file.is_relative_to(folder) for folder in asked) == 1, file


def python(code: str) -> Run:
	return Run([sys.executable, "-c", code], dict(os.environ))


@pytest.mark.parametrize(("first", "second", "status"), [(0, 0, 0), (1, 0, 1), (0, 1, 1)])
def test_the_worse_status_counts(tmp_path: Path, first: int, second: int, status: int) -> None:
	said = StringIO()
	runs = [python(f"exit({first})"), python(f"print('told'); exit({second})")]
	assert run(runs, BenchFolder(tmp_path), Progress(said)) == status
	assert "told" in said.getvalue()


def test_who_interrupts_the_first_ends_the_second(tmp_path: Path) -> None:
	said = StringIO()
	runs = [python("exit(2)"), python("import time; time.sleep(600)")]
	assert run(runs, BenchFolder(tmp_path), Progress(said)) == 2
