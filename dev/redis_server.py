"""The two Redis servers of a bench: one for the cache, one for jobs and live events."""

import socket

from dev.database import program
from dev.errors import CommandFailed
from dev.layout import BenchFolder
from dev.ports import HOST
from dev.processes import Server, tail, wait_until

START_SECONDS = 20


class Redis:
	"""Starts and stops one Redis that keeps nothing on disk."""

	def __init__(self, name: str, folder: BenchFolder, port: int) -> None:
		self.name = name
		self.folder = folder
		self.port = port

	@property
	def server(self) -> Server:
		argv = [program("redis-server"), "--port", str(self.port), "--bind", HOST, "--save", ""]
		argv += ["--appendonly", "no", "--dir", str(self.folder.run)]
		return Server(self.name, argv, self.folder.root, self.folder.run, self.folder.logs, outlives_us=True)

	def start(self) -> None:
		"""Start the server and wait until it answers. Raises CommandFailed if it does not."""
		process = self.server.start()
		wait_until(lambda: process.poll() is not None or self.answers(), START_SECONDS)
		if process.poll() is not None or not self.answers():
			self.server.stop()
			raise CommandFailed(f"Redis did not start:\n{tail(self.server.log)}")

	def answers(self) -> bool:
		"""Does a Redis answer on the port?"""
		try:
			return self._ask(b"PING").startswith(b"+PONG")
		except OSError:
			return False

	def forget(self) -> None:
		"""Drop all it holds. Raises CommandFailed if it can't be asked."""
		try:
			answer = self._ask(b"FLUSHALL")
		except OSError as error:
			answer = str(error).encode()
		if answer != b"+OK\r\n":
			raise CommandFailed(f"{self.name} did not drop what it holds: {answer.decode().strip()}")

	def _ask(self, command: bytes) -> bytes:
		with socket.create_connection((HOST, self.port), timeout=10) as connection:
			connection.sendall(command + b"\r\n")
			return connection.recv(64)
