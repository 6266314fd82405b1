"""`make bench`, `make console` and `make screenshots`: commands on the demo site."""

import os
import shlex

from dev.bench import BUILDS_ITSELF, STARTED_BY
from dev.errors import DevError
from dev.layout import CHECKOUT, DEMO_SITE
from dev.processes import Record, Word, foreground
from dev.progress import Progress
from dev.run_command import RECORD, address, prepare_site, served
from dev.servers import answers
from dev.suite_command import environment
from dev.workplace import Workplace

# Here the bench command would look for tools and processes of an installation that is made in another way.
INSTEAD = {"build": BUILDS_ITSELF, "watch": BUILDS_ITSELF, "start": STARTED_BY}


def bench(progress: Progress) -> int:
	"""Run the bench command with ARGS inside the bench, and return its status. Raises DevError."""
	arguments = shlex.split(os.environ.get("ARGS", ""))
	if arguments[:1] and arguments[0] in INSTEAD:
		raise DevError(INSTEAD[arguments[0]])
	return call_bench(progress, arguments)


def console(progress: Progress) -> int:
	"""Open Frappe's Python console on the demo site. Raises DevError if there can't be one."""
	return call_bench(progress, ["--site", DEMO_SITE, "console"])


def screenshots(progress: Progress) -> int:
	"""Have the demo site take its pictures. Raises DevError if it can't be served."""
	script = CHECKOUT / "dev" / "screenshots.py"
	if not script.exists():
		raise DevError(f"{script} is not there.")
	work = Workplace(progress)
	argv: list[Word] = [work.folder.python, script]
	if Record(work.folder.run / RECORD).read():
		url = address(work.folder)
		if not url or not answers(f"{url}/api/method/ping"):
			raise DevError("`make run` of this checkout is still setting up: try again when it is ready.")
		return foreground(argv, cwd=CHECKOUT, env=environment(work.folder, DEMO_SITE, url))
	with work.ready() as built:
		site = prepare_site(work, built)
		with served(work, built, site, None) as (serving, _):
			return foreground(argv, cwd=CHECKOUT, env=environment(work.folder, site.name, serving.url))


def call_bench(progress: Progress, arguments: list[str]) -> int:
	"""Run Frappe's bench command, with the services up and the demo site made."""
	work = Workplace(progress)
	command = work.toolbox.tool("bench") / "bench"
	with work.ready() as built:
		prepare_site(work, built)
		path = os.pathsep.join([str(command.parent), os.environ.get("PATH", ""), "/usr/sbin"])
		return foreground([command, *arguments], cwd=built.folder.root, env=dict(os.environ, PATH=path))
