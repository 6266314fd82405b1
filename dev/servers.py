"""The programs that serve one site: web, websocket relay, worker and, for the demo, the scheduler."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev.engine import Engine
from dev.errors import CommandFailed, PortBusy
from dev.layout import CHECKOUT, BenchFolder
from dev.ports import HOST, is_free
from dev.processes import Server, tail
from dev.progress import Progress
from dev.stamps import locked

READY_SECONDS = 90


@dataclass(frozen=True)
class Serving:
	"""How one site is served."""

	site: str
	prefix: str
	web_port: int
	relay_port: int
	queue: str
	workers: int
	reload: bool
	scheduler: bool

	@property
	def url(self) -> str:
		return f"http://{HOST}:{self.web_port}"

	def settings(self) -> dict[str, object]:
		"""What the site's own configuration has to say about it."""
		return {"host_name": self.url, "webserver_port": self.web_port, "socketio_port": self.relay_port}


def server_list(folder: BenchFolder, engine: Engine, serving: Serving) -> list[Server]:
	"""The programs, in the order of their start."""
	# With DEV_SERVER the Desk asks for the relay on its own port.
	env = dict(os.environ, FRAPPE_SITE=serving.site, DEV_SERVER="1", PYTHONUNBUFFERED="1")

	def server(name: str, argv: Sequence[str]) -> Server:
		return Server(f"{serving.prefix}-{name}", argv, folder.sites, folder.run, folder.logs, env)

	python = str(folder.python)
	web = [python, "-m", "gunicorn", "--bind", f"{HOST}:{serving.web_port}", "--timeout", "300"]
	web += ["--workers", str(serving.workers), "--threads", "4", "--worker-class", "gthread"]
	# Whatever a client sends, it is the app that answers: no line of a request is too long.
	web += ["--limit-request-line", "0"]
	web += ["--pythonpath", str(CHECKOUT / "dev"), "--graceful-timeout", "5", "wsgi:application"]
	relay = ["node", str(engine.folder / "relay.mjs"), str(serving.relay_port), serving.url, serving.queue]
	frappe = [python, "-m", "frappe.utils.bench_helper", "frappe"]
	servers = [
		server("web", [*web, "--reload" if serving.reload else "--preload"]),
		server("relay", [*relay, serving.site]),
		server("worker", [*frappe, "worker", "--queue", "short,default,long", "--quiet"]),
	]
	return [*servers, server("scheduler", [*frappe, "schedule"])] if serving.scheduler else servers


Running = dict[str, "subprocess.Popen[bytes]"]


@contextmanager
def serve(
	folder: BenchFolder, engine: Engine, choose: Callable[[], Serving], lock: Path, progress: Progress
) -> Iterator[tuple[Serving, Running]]:
	"""Have a site served for the block; choose says how, and on which ports.

	Raises PortBusy if the web port was taken meanwhile, CommandFailed if a program ends at once.
	"""
	with ExitStack() as stack:
		# Held until the ports are bound: no other checkout may choose the same ones meanwhile.
		with progress.step("Starting the web server and what belongs to it"), locked(lock):
			serving = choose()
			running: Running = {}
			for server in server_list(folder, engine, serving):
				server.stop()
				if server.name.endswith("-web") and not is_free(serving.web_port):
					raise PortBusy(f"Port {serving.web_port} was taken by another program just now.")
				stack.callback(server.stop)
				running[server.name] = server.start()
			wait_for_web(folder, serving, running)
		try:
			yield serving, running
		finally:
			with progress.step("Ending what was started"):
				stack.close()


def wait_for_web(folder: BenchFolder, serving: Serving, running: Running) -> None:
	"""Return when the site answers. Raises CommandFailed if a program ends, or nothing answers in time."""
	deadline = time.monotonic() + READY_SECONDS
	while not answers(f"{serving.url}/api/method/ping"):
		check_running(folder, running)
		if time.monotonic() > deadline:
			log = tail(folder.logs / f"{serving.prefix}-web.log")
			raise CommandFailed(f"The web server does not answer at {serving.url}:\n{log}")
		time.sleep(0.1)


def check_running(folder: BenchFolder, running: Running) -> None:
	"""Raises CommandFailed, with the end of its log, if one of the programs has ended."""
	for name, process in running.items():
		if process.poll() is not None:
			log = folder.logs / f"{name}.log"
			raise CommandFailed(
				f"{name} ended with status {process.returncode}:\n{tail(log)}\n  (all of it: {log})"
			)


def answers(url: str) -> bool:
	"""Does the address answer with success?"""
	# A proxy of the user's has no business with a server on this machine.
	direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
	try:
		with direct.open(url, timeout=30) as answer:
			return bool(answer.status == 200)
	except (OSError, urllib.error.URLError):
		return False
