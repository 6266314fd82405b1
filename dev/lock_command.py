"""`make lock`: writes the versions and hashes of all Python requirements down."""

from dev.layout import CHECKOUT, REQUIREMENTS, cache_of_user
from dev.processes import Word, call
from dev.progress import Progress
from dev.toolbox import Toolbox

# The tests run in the engine's environment and have to agree with it.
LOCKS = (
	("uv", None),
	("bench", None),
	("lint", None),
	("engine", None),
	("test", "engine"),
	("openapi", None),
)
LOWEST_PYTHON = "3.10"


def lock(progress: Progress) -> int:
	"""Resolve requirements/*.in for every Python from the lowest on. Raises CommandFailed."""
	cache = cache_of_user().prepare()
	toolbox = Toolbox(cache)
	for name, base in LOCKS:
		with progress.step(f"Resolving {name}"):
			compile_requirements(toolbox, name, base)
	return 0


def compile_requirements(toolbox: Toolbox, name: str, base: str | None) -> None:
	"""Write NAME.txt from NAME.in, on top of BASE.txt if there is one. Raises CommandFailed."""
	folder = REQUIREMENTS.relative_to(CHECKOUT)
	argv: list[Word] = [toolbox.uv(), "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
	# Which registry the versions came from is nobody else's business.
	argv += ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
	argv += ["--python-version", LOWEST_PYTHON, folder / f"{name}.in", "-o", folder / f"{name}.txt"]
	if base:
		argv += ["-c", folder / f"{base}.txt"]
	call(argv, toolbox.cache.log, cwd=CHECKOUT, env=toolbox.environment())
