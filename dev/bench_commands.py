"""`make bench`, `make console` and `make screenshots`: commands on the demo site."""

import os
import shlex

from dev.errors import DevError
from dev.layout import CHECKOUT, DEMO_SITE
from dev.processes import Record, foreground
from dev.progress import Progress
from dev.run_command import prepare_site, served
from dev.suite_command import environment
from dev.workplace import Workplace


def bench(progress: Progress) -> int:
	"""Run the bench command with ARGS inside the bench, and return its status. Raises DevError."""
	return call_bench(progress, shlex.split(os.environ.get("ARGS", "")))


def console(progress: Progress) -> int:
	"""Open Frappe's Python console on the demo site. Raises DevError if there can't be one."""
	return call_bench(progress, ["--site", DEMO_SITE, "console"])


def screenshots(progress: Progress) -> int:
	"""Have the demo site take its pictures. Raises DevError if it can't be served."""
	script = CHECKOUT / "dev" / "screenshots.py"
	if not script.exists():
		raise DevError(f"{script} is not there.")
	work = Workplace(progress)
	if Record(work.folder.run / "run.json").read():
		raise DevError("`make run` of this checkout is at work: end it first (make stop).")
	with work.ready() as built:
		site = prepare_site(work, built)
		with served(work, built, site, None) as (serving, _):
			return foreground([built.folder.python, script], cwd=CHECKOUT, env=environment(built, serving))


def call_bench(progress: Progress, arguments: list[str]) -> int:
	"""Run Frappe's bench command, with the services up and the demo site made."""
	work = Workplace(progress)
	command = work.toolbox.tool("bench") / "bench"
	with work.ready() as built:
		prepare_site(work, built)
		path = os.pathsep.join([str(command.parent), os.environ.get("PATH", ""), "/usr/sbin"])
		return foreground([command, *arguments], cwd=built.folder.root, env=dict(os.environ, PATH=path))
