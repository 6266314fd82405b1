"""A MariaDB of the bench's own: no system service, no password of the machine, 127.0.0.1 only."""

import os
import secrets
import subprocess
from pathlib import Path

from dev.apt import find
from dev.errors import CommandFailed, DevError
from dev.layout import BenchFolder
from dev.ports import HOST
from dev.processes import Server, call, tail, wait_until
from dev.stamps import build_folder, write_atomically

START_SECONDS = 120
# A development bench may lose the last second when the machine (not the server) dies; a test run commits
# thousands of times and would wait for the disk each time. DB_FLUSH=1 gives full durability.
DEFAULT_FLUSH = "2"
DEFAULT_BUFFER_POOL = "512M"


class Database:
	"""Makes, starts and stops the server whose data lies in the bench."""

	def __init__(self, folder: BenchFolder, port: int) -> None:
		self.folder = folder
		self.port = port
		self.data = folder.run / "mariadb"

	@property
	def server(self) -> Server:
		flush = os.environ.get("DB_FLUSH") or DEFAULT_FLUSH
		pool = os.environ.get("DB_BUFFER_POOL") or DEFAULT_BUFFER_POOL
		argv = [
			program("mariadbd"),
			"--no-defaults",
			f"--datadir={self.data}",
			# A server that starts sweeps away the temporary tables it finds, those of other checkouts among them.
			f"--tmpdir={self._temporary}",
			# Relative to the data folder: the path of a socket may hold no more than 107 characters.
			"--socket=server.sock",
			f"--port={self.port}",
			f"--bind-address={HOST}",
			f"--pid-file={self.folder.run / 'mariadb.pid'}",
			f"--log-error={self.folder.logs / 'mariadb.log'}",
			f"--init-file={self._init_file}",
			"--character-set-server=utf8mb4",
			"--collation-server=utf8mb4_unicode_ci",
			"--skip-log-bin",
			f"--innodb-flush-log-at-trx-commit={flush}",
			f"--innodb-buffer-pool-size={pool}",
			*as_root(),
		]
		return Server("mariadb", argv, self.folder.root, self.folder.run, self.folder.logs, outlives_us=True)

	@property
	def password(self) -> str:
		"""The server's root password, drawn when it is first asked for."""
		path = self.folder.run / "mariadb-password"
		if not path.exists():
			write_atomically(path, secrets.token_hex(16), 0o600)
		return path.read_text()

	@property
	def _temporary(self) -> Path:
		return self.folder.run / "mariadb-tmp"

	@property
	def _init_file(self) -> Path:
		return self.folder.run / "mariadb-init.sql"

	def create(self) -> None:
		"""Make the data folder if there is none. Raises CommandFailed."""
		if self.data.exists():
			return

		def build(work: Path) -> None:
			work.chmod(0o700)
			argv = [program("mariadb-install-db"), "--no-defaults", f"--datadir={work}", "--skip-test-db"]
			call([*argv, "--auth-root-authentication-method=normal", *as_root()], self.folder.log)

		build_folder(self.data, build)

	def start(self) -> None:
		"""Start the server and wait until it answers. Raises CommandFailed if it does not."""
		# Run before the first connection is taken: root has no password in a fresh data folder.
		sql = (
			f"ALTER USER root@localhost IDENTIFIED BY '{self.password}';\n"
			"DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');\n"
			"FLUSH PRIVILEGES;\n"
		)
		write_atomically(self._init_file, sql, 0o600)
		self._temporary.mkdir(exist_ok=True)
		process = self.server.start()
		wait_until(lambda: process.poll() is not None or self.answers(), START_SECONDS)
		if not self.answers():
			self.server.stop()
			raise CommandFailed(f"MariaDB did not start:\n{tail(self.folder.logs / 'mariadb.log')}")

	def answers(self) -> bool:
		"""Is it our server, not another one, that answers on the port?"""
		answer = self._ask("SELECT @@datadir")
		return bool(answer) and Path(answer).resolve() == self.data.resolve()

	def dump(self, name: str, target: Path) -> None:
		"""Write a database into a file of SQL. Raises CommandFailed."""
		argv = [*self._client("mysqldump"), "--single-transaction", f"--result-file={target}", name]
		call(argv, self.folder.log, env=self._environment)

	def load(self, name: str, source: Path) -> None:
		"""Make a database what a dump says: nothing else is left in it. Raises CommandFailed."""
		client = self._client("mariadb")
		empty = f"DROP DATABASE IF EXISTS `{name}`; CREATE DATABASE `{name}`"
		call([*client, "-e", empty], self.folder.log, env=self._environment)
		with source.open("rb") as script:
			call([*client, name], self.folder.log, env=self._environment, stdin=script)

	def _ask(self, query: str) -> str:
		argv = [*self._client("mariadb"), "-Nse", query]
		answer = subprocess.run(argv, env=self._environment, capture_output=True, text=True, check=False)
		return answer.stdout.strip()

	def _client(self, name: str) -> list[str]:
		to_us = ["--no-defaults", "--protocol=tcp", "-h", HOST, "-P", str(self.port)]
		return [program(name), *to_us, "-uroot"]

	@property
	def _environment(self) -> dict[str, str]:
		return dict(os.environ, MYSQL_PWD=self.password)


def as_root() -> list[str]:
	"""MariaDB refuses to run as root unless it is told that this is meant."""
	return ["--user=root"] if os.geteuid() == 0 else []


def program(name: str) -> str:
	"""The path of one of MariaDB's programs. Raises DevError if it is not installed."""
	path = find(name)
	if not path:
		raise DevError(f"{name} is not installed: `make run` says how to get it.")
	return path
