"""Starts and ends the processes of a bench, and knows them again in a later command."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dev.errors import CommandFailed
from dev.stamps import write_atomically

# One word of a command line.
Word = str | Path
PR_SET_PDEATHSIG = 1
# Loaded here, not after the fork: between fork and exec a child should do next to nothing.
LIBC = ctypes.CDLL(None)
TAIL_LINES = 25


@dataclass(frozen=True)
class Identity:
	"""One process of this machine: the number alone may be another's by the time we look again."""

	pid: int
	started: str

	def is_alive(self) -> bool:
		return bool(self.started) and start_time(self.pid) == self.started


def start_time(pid: int) -> str:
	"""The moment the kernel started this process, in its own ticks; empty if it has ended."""
	try:
		# The second field is the program's name in brackets and may hold spaces and brackets itself.
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return ""
	return "" if fields[0] in "ZX" else fields[19]


def identify(pid: int) -> Identity:
	return Identity(pid, start_time(pid))


class Record:
	"""The file in which a running process is noted down, so that any later command finds it."""

	def __init__(self, path: Path) -> None:
		self.path = path

	def read(self) -> Identity | None:
		"""The recorded process if it is still running."""
		try:
			content = json.loads(self.path.read_text())
			identity = Identity(int(content["pid"]), str(content["started"]))
		except (OSError, ValueError, KeyError, TypeError):
			return None
		return identity if identity.is_alive() else None

	def write(self, identity: Identity) -> None:
		write_atomically(self.path, json.dumps({"pid": identity.pid, "started": identity.started}))

	def clear(self) -> None:
		self.path.unlink(missing_ok=True)


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
	"""Ask until the condition holds; False if it never did within the time."""
	deadline = time.monotonic() + seconds
	while not condition():
		if time.monotonic() > deadline:
			return False
		time.sleep(pause)
	return True


def send(identity: Identity, number: signal.Signals, whole_group: bool) -> None:
	"""Send the signal to the process, or to the group that it leads."""
	with contextlib.suppress(ProcessLookupError):
		if whole_group and leads_group(identity):
			os.killpg(identity.pid, number)
		elif identity.is_alive():
			os.kill(identity.pid, number)


def leads_group(identity: Identity) -> bool:
	"""Is it a process that we started in a session of its own?"""
	try:
		return os.getpgid(identity.pid) == identity.pid
	except ProcessLookupError:
		return False


def end(identity: Identity, patience: float = 10, *, whole_group: bool = False) -> None:
	"""Ask the process to end, and make it and its children end when patience is over.

	A server is asked alone, because it ends its own children in order; a program of the set-up is
	asked with its whole group, because most of those do not care for their children.
	"""
	if not identity.is_alive():
		return
	leader = leads_group(identity)
	send(identity, signal.SIGTERM, whole_group)
	if not wait_until(lambda: not identity.is_alive(), patience):
		send(identity, signal.SIGKILL, whole_group=True)
		wait_until(lambda: not identity.is_alive(), 5)
	if leader:
		# The group keeps the leader's number as long as a member is left, so it can't be a stranger's.
		with contextlib.suppress(ProcessLookupError, PermissionError):
			os.killpg(identity.pid, signal.SIGKILL)


def die_with_parent() -> None:
	"""Have the kernel end this process when the one that started it is gone, even by SIGKILL."""
	LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True)
class Server:
	"""A long-running program: how it is started, where it is noted down and where it logs."""

	name: str
	argv: Sequence[str]
	cwd: Path
	run: Path
	logs: Path
	env: Mapping[str, str] | None = None
	outlives_us: bool = False

	@property
	def record(self) -> Record:
		return Record(self.run / f"{self.name}.json")

	@property
	def log(self) -> Path:
		return self.logs / f"{self.name}.log"

	def start(self) -> "subprocess.Popen[bytes]":
		"""Start the program in a session of its own: Ctrl-C then reaches us alone, and we end it in order."""
		self.logs.mkdir(parents=True, exist_ok=True)
		with self.log.open("ab") as log:
			process = subprocess.Popen(
				list(self.argv),
				cwd=self.cwd,
				env=dict(self.env) if self.env is not None else None,
				stdin=subprocess.DEVNULL,
				stdout=log,
				stderr=subprocess.STDOUT,
				start_new_session=True,
				preexec_fn=None if self.outlives_us else die_with_parent,
			)
		self.record.write(identify(process.pid))
		return process

	def stop(self, patience: float = 10) -> None:
		"""End the program if it runs, whichever command started it."""
		running = self.record.read()
		if running:
			end(running, patience)
		self.record.clear()


def tail(path: Path, lines: int = TAIL_LINES) -> str:
	"""The last lines of a log."""
	try:
		return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
	except OSError:
		return ""


def call(
	argv: Sequence[Word],
	log: Path,
	*,
	cwd: Path | None = None,
	env: Mapping[str, str] | None = None,
	stdin: BinaryIO | None = None,
) -> None:
	"""Run a program of the set-up to its end; what it prints goes to the log.

	Raises CommandFailed, with the end of what it printed, if its status is not zero. If we are
	interrupted meanwhile, the program and all that it started end first.
	"""
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("ab") as output:
		output.write(("$ " + " ".join(map(str, argv)) + "\n").encode())
		output.flush()
		begin = output.tell()
		process = subprocess.Popen(
			[str(part) for part in argv],
			cwd=cwd,
			env=dict(env) if env is not None else None,
			stdin=stdin or subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
			start_new_session=True,
			preexec_fn=die_with_parent,
		)
		with ending_on_error(process):
			status = process.wait()
	if status:
		with log.open("rb") as printed:
			printed.seek(begin)
			last = printed.read().decode(errors="replace").splitlines()[-TAIL_LINES:]
		shown = "\n".join(f"    {line}" for line in last)
		raise CommandFailed(
			f"`{Path(argv[0]).name}` failed with status {status}:\n{shown}\n  (all of it: {log})"
		)


@contextmanager
def ending_on_error(process: "subprocess.Popen[bytes]") -> Iterator[None]:
	"""End the process if the block is left by an exception."""
	try:
		yield
	except BaseException:
		end(identify(process.pid), whole_group=True)
		process.wait()
		raise


def foreground(argv: Sequence[Word], *, cwd: Path, env: Mapping[str, str] | None = None) -> int:
	"""Run a program that talks to the user, and return its status.

	Ctrl-C at a terminal reaches the program by itself and is its to handle; a signal sent to us alone
	is passed on, as an interrupt, so that a test run still tidies up.
	"""
	process = subprocess.Popen(
		[str(part) for part in argv],
		cwd=cwd,
		env=dict(env) if env is not None else None,
		preexec_fn=die_with_parent,
	)

	def pass_on(number: int, frame: object) -> None:
		if number != signal.SIGINT:
			process.send_signal(signal.SIGINT)

	handled = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
	before = [signal.signal(number, pass_on) for number in handled]
	try:
		return process.wait()
	finally:
		for number, handler in zip(handled, before, strict=True):
			signal.signal(number, handler)
