"""Checks the programs that come from the system, and installs what is missing if it may."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from dev.errors import DevError
from dev.processes import call

# Debian keeps servers here, and a plain user's PATH leaves it out.
SBIN = "/usr/sbin"

# A command, and the packages that bring it. Commands, not packages, are looked for: nodejs may well
# come from elsewhere and bring its own npm.
COMMANDS: dict[str, tuple[str, ...]] = {
	"node": ("nodejs", "npm"),
	"npm": ("npm",),
	"mariadbd": ("mariadb-server-core",),
	"mariadb-install-db": ("mariadb-server-core",),
	"mariadb": ("mariadb-client-core",),
	"mysqldump": ("mariadb-client",),
	"redis-server": ("redis-server",),
	"wkhtmltopdf": ("wkhtmltopdf",),
}
PYTHON_PACKAGES = ("python3-venv",)
BROWSERS = ("chromium-headless-shell", "chromium")
"""Chromium as programs use it, and as people do. Without the windows a page costs a quarter less of the machine."""
BROWSER_PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core")


def find(command: str) -> str | None:
	"""The path of a program, also if it is one that only root has on its PATH."""
	return shutil.which(command) or shutil.which(command, path=SBIN)


def browser(finder: Callable[[str], str | None] = find) -> str | None:
	"""The path of the Chromium that tests, screenshots and benchmarks drive: the first of BROWSERS that is there."""
	return next(filter(None, map(finder, BROWSERS)), None)


def has_venv() -> bool:
	"""Can this Python make virtual environments? Debian ships that part on its own."""
	check = subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False)
	return check.returncode == 0


def missing_packages(
	commands: Iterable[str] = tuple(COMMANDS),
	finder: Callable[[str], str | None] = find,
	venv: Callable[[], bool] = has_venv,
) -> list[str]:
	"""The packages that would bring what is not there."""
	packages = {package for command in commands if not finder(command) for package in COMMANDS[command]}
	if not browser(finder):
		packages.update(BROWSER_PACKAGES)
	if not venv():
		packages.update(PYTHON_PACKAGES)
	return sorted(packages)


def privilege() -> list[str] | None:
	"""What to write before a command to run it as root: nothing for root, sudo where it asks for no password."""
	if os.geteuid() == 0:
		return []
	if (
		shutil.which("sudo")
		and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
	):
		return ["sudo", "-n"]
	return None


def install(packages: list[str], log: Path) -> None:
	"""Install Debian packages.

	Raises DevError, with the one line to run, if this user may not; CommandFailed if apt fails.
	"""
	line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
	if not shutil.which("apt-get"):
		raise DevError(
			"These Debian packages, or what your system calls them, are missing:\n  " + " ".join(packages)
		)
	prefix = privilege()
	if prefix is None:
		raise DevError(
			f"Some system packages are missing. Please run this line once, then start again:\n\n  sudo sh -c '{line}'\n"
		)
	call([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", line], log)
	still = missing_packages()
	if still:
		raise DevError(f"apt installed its packages, but these are still not usable: {' '.join(still)}")
