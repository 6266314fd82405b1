"""Everything we started ends, and nothing else does."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dev.errors import CommandFailed
from dev.processes import Identity, Record, Server, call, end, foreground, identify, start_time, wait_until

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def server(folder: Path, code: str) -> Server:
	return Server("sample", [sys.executable, "-c", code], folder, folder / "run", folder / "logs")


def logged(server: Server) -> str:
	wait_until(lambda: server.log.read_text().strip() != "", 10)
	return server.log.read_text().strip()


def test_server_is_known_to_a_later_command_and_ends(tmp_path: Path) -> None:
	process = server(tmp_path, "import time; time.sleep(60)").start()
	later = server(tmp_path, "")
	assert later.record.read() == identify(process.pid)
	later.stop()
	assert process.wait(5) == -signal.SIGTERM
	assert later.record.read() is None


def test_server_that_will_not_end_is_made_to(tmp_path: Path) -> None:
	stubborn = server(tmp_path, STUBBORN)
	process = stubborn.start()
	assert logged(stubborn) == "up"
	stubborn.stop(patience=0.2)
	assert process.wait(5) == -signal.SIGKILL


def test_children_of_a_server_end_with_it(tmp_path: Path) -> None:
	parent = server(tmp_path, PARENT)
	parent.start()
	child = identify(int(logged(parent)))
	assert child.is_alive()
	parent.stop()
	assert wait_until(lambda: not child.is_alive(), 5)


def test_a_number_used_again_is_not_our_process(tmp_path: Path) -> None:
	stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
	try:
		record = Record(tmp_path / "sample.json")
		record.write(Identity(stranger.pid, "1"))
		assert record.read() is None
		end(Identity(stranger.pid, "1"))
		assert stranger.poll() is None
	finally:
		stranger.kill()
		stranger.wait()


@pytest.mark.parametrize("damaged", ["", "{}", '{"pid": "x", "started": "1"}', "[1]"])
def test_damaged_record_names_nobody(tmp_path: Path, damaged: str) -> None:
	(tmp_path / "sample.json").write_text(damaged)
	assert Record(tmp_path / "sample.json").read() is None


def test_ended_process_has_no_start_time() -> None:
	process = subprocess.Popen([sys.executable, "-c", ""])
	# Not waited for: the kernel keeps it as a zombie, which does not count as running.
	assert wait_until(lambda: start_time(process.pid) == "", 10)
	process.wait()
	assert start_time(os.getpid())


def test_failed_program_shows_the_end_of_what_it_printed(tmp_path: Path) -> None:
	log = tmp_path / "setup.log"
	log.write_text("earlier words\n")
	with pytest.raises(CommandFailed) as failure:
		call([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], log)
	assert "status 3" in str(failure.value)
	assert "the reason" in str(failure.value)
	assert "earlier words" not in str(failure.value)


def test_program_that_succeeds_is_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
	call([sys.executable, "-c", "print('noise')"], tmp_path / "setup.log")
	assert capfd.readouterr().out == ""
	assert "noise" in (tmp_path / "setup.log").read_text()


def test_interrupted_call_ends_its_program_and_children(tmp_path: Path) -> None:
	log = tmp_path / "setup.log"
	before = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))

	def interrupt_once_it_has_a_child() -> None:
		assert wait_until(lambda: bool(pids(log)), 30)
		os.kill(os.getpid(), signal.SIGALRM)

	watcher = threading.Thread(target=interrupt_once_it_has_a_child)
	watcher.start()
	try:
		with pytest.raises(KeyboardInterrupt):
			call([sys.executable, "-c", PARENT], log)
	finally:
		watcher.join()
		signal.signal(signal.SIGALRM, before)
	child = identify(pids(log)[0])
	assert wait_until(lambda: not child.is_alive(), 10)  # it was told; the system takes a moment


def pids(log: Path) -> list[int]:
	"""The numbers that a program has printed, each on a line of its own."""
	lines = log.read_text().split("\n")[:-1] if log.exists() else []
	return [int(line) for line in lines if line.isdigit()]


def test_servers_end_when_their_starter_is_killed(tmp_path: Path) -> None:
	code = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parents[3])!r})
from pathlib import Path
from dev.processes import Server
folder = Path({str(tmp_path)!r})
print(Server("sample", ["sleep", "60"], folder, folder, folder).start().pid, flush=True)
time.sleep(60)
"""
	starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
	assert starter.stdout
	child = identify(int(starter.stdout.readline()))
	assert child.is_alive()
	starter.kill()
	starter.wait()
	starter.stdout.close()
	assert wait_until(lambda: not child.is_alive(), 5)


def test_foreground_passes_status_and_signals_on(tmp_path: Path) -> None:
	assert foreground([sys.executable, "-c", "raise SystemExit(5)"], cwd=tmp_path) == 5
	code = """
import os, signal, time
try:
	os.kill(os.getppid(), signal.SIGTERM)
	time.sleep(30)
except KeyboardInterrupt:
	raise SystemExit(7)
"""
	begun = time.monotonic()
	assert foreground([sys.executable, "-c", code], cwd=tmp_path) == 7
	assert time.monotonic() - begun < 20
