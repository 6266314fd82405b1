"""The halves of the suite, and what becomes of their answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from dev.layout import CHECKOUT, BenchFolder
from dev.processes import wait_until
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


HALF_WAY = f"""
import sys
sys.path.insert(0, {str(CHECKOUT)!r})
from pathlib import Path
from dev.cli import handle_signals
from dev.layout import BenchFolder
from dev.progress import Progress
from dev.suite_command import Run, run
first = Run([sys.executable, "-c", "print('the first is done')"], {{}})
second = Run([sys.executable, "-c", "import time; print('half of it', flush=True); time.sleep(600)"], {{}})
handle_signals()
run([first, second], BenchFolder(Path(sys.argv[1])), Progress())
"""


def test_whoever_waits_no_longer_is_told_how_far_the_second_came(tmp_path: Path) -> None:
	command = [sys.executable, "-c", HALF_WAY, str(tmp_path)]
	waiting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
	assert waiting.stdout
	assert waiting.stdout.readline() == "the first is done\n"
	log = BenchFolder(tmp_path).logs / "beside-1.log"
	assert wait_until(lambda: log.exists() and "half of it" in log.read_text(), 30)

	def ended() -> bool:
		waiting.send_signal(signal.SIGTERM)  # until the first is known to be done, it is for the first
		return waiting.poll() is not None

	assert wait_until(ended, 30)
	assert "half of it" in waiting.stdout.read()
	waiting.stdout.close()
