"""Keeps the database and the Redis servers of a bench up while any command uses them."""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from dev.database import Database
from dev.errors import CommandFailed
from dev.layout import BenchFolder
from dev.ports import any_free, is_free
from dev.redis_server import Redis
from dev.stamps import locked, write_atomically

NAMES = ("mariadb", "redis_cache", "redis_queue")
PORT_TRIES = 4


class Services:
	"""The servers behind the sites of one bench, shared by `make run`, `make test` and the others."""

	def __init__(self, folder: BenchFolder, on_ports: Callable[[Mapping[str, int]], None]) -> None:
		self.folder = folder
		self.on_ports = on_ports
		self._ports_file = folder.run / "ports.json"

	@contextmanager
	def in_use(self) -> Iterator[None]:
		"""Have the servers up for the block; the last user to leave stops them.

		Every user holds a shared lock, which the kernel takes from a killed one: who gets the lock
		for himself alone knows that nobody else is left. Raises CommandFailed if a server won't start.
		"""
		self.folder.run.mkdir(parents=True, exist_ok=True)
		gate = self.folder.run / "services.lock"
		with (self.folder.run / "services-users.lock").open("a") as users:
			with locked(gate):
				fcntl.flock(users, fcntl.LOCK_SH)
				self._start_missing()
			try:
				yield
			finally:
				with locked(gate):
					fcntl.flock(users, fcntl.LOCK_UN)
					with contextlib.suppress(BlockingIOError):
						fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
						self.stop()

	def ports(self) -> dict[str, int]:
		"""The port of each server, as chosen when it was last started."""
		try:
			known = json.loads(self._ports_file.read_text())
		except (OSError, ValueError):
			known = {}
		return {name: int(known[name]) for name in NAMES if name in known}

	def forget_cache(self) -> None:
		"""Drop what sites have cached. Raises CommandFailed if the cache can't be asked."""
		Redis("redis_cache", self.folder, self.ports()["redis_cache"]).forget()

	def stop(self) -> None:
		"""Stop every server that runs, whichever command started it."""
		for server in reversed(list(self._members(dict.fromkeys(NAMES, 0) | self.ports()).values())):
			server.server.stop(patience=30)
		with contextlib.suppress(ChildProcessError):
			# Those that this very command started: where no init tidies up, they would stay as zombies.
			while os.waitpid(-1, os.WNOHANG)[0]:
				pass

	def _start_missing(self) -> None:
		for name in NAMES:
			for attempt in range(PORT_TRIES):
				ports = self._claim(name)
				member = self._members(ports)[name]
				if member.server.record.read() and member.answers():
					break
				member.server.stop()
				try:
					if isinstance(member, Database):
						member.create()
					member.start()
					break
				except CommandFailed:
					# Between our look and its start another program may have taken the port.
					if attempt == PORT_TRIES - 1 or is_free(ports[name]):
						raise
		self.on_ports(self.ports())

	def _claim(self, name: str) -> dict[str, int]:
		"""All ports; the named server's is chosen anew if it has none, or a stranger sits on it."""
		ports = dict.fromkeys(NAMES, 0) | self.ports()
		ours = self._members(ports)[name].server.record.read()
		if not ports[name] or (not ours and not is_free(ports[name])):
			ports[name] = any_free(frozenset(ports.values()))
			write_atomically(self._ports_file, json.dumps(ports))
		return ports

	def _members(self, ports: Mapping[str, int]) -> dict[str, Database | Redis]:
		return {
			"mariadb": Database(self.folder, ports["mariadb"]),
			"redis_cache": Redis("redis_cache", self.folder, ports["redis_cache"]),
			"redis_queue": Redis("redis_queue", self.folder, ports["redis_queue"]),
		}
