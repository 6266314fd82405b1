"""`make lint`: style, format, types and removed Frappe calls."""

from dev.layout import CHECKOUT, cache_of_user
from dev.processes import foreground
from dev.progress import Progress
from dev.toolbox import Toolbox

CHECKS = (
	("ruff", "check", "."),
	("ruff", "format", "--check", "."),
	("mypy",),
	("preflight", "--path", ".", "--target", "v16"),
)


def lint(progress: Progress) -> int:
	"""Run every check, also after one has failed; return 1 if any did. Raises CommandFailed."""
	tools = Toolbox(cache_of_user().prepare()).tool("lint")
	failed = []
	for check in CHECKS:
		progress.say(f"$ {' '.join(check)}")
		if foreground([tools / check[0], *check[1:]], cwd=CHECKOUT):
			failed.append(" ".join(check))
	for check_line in failed:
		progress.say(f"failed: {check_line}")
	return 1 if failed else 0
