"""What makes a set-up safe to kill: stamps written last, folders that appear whole, locks."""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

IGNORED_FOLDERS = frozenset({"__pycache__", "node_modules", ".git", "dist"})


def key_of(*parts: str) -> str:
	"""A short name for what was built from these parts."""
	return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def files_below(root: Path) -> Iterator[Path]:
	"""Every source file below root, sorted; caches and build results are none."""
	for folder, names, files in os.walk(root):
		names[:] = sorted(set(names) - IGNORED_FOLDERS)
		for file in sorted(files):
			if not file.endswith(".pyc"):
				yield Path(folder, file)


def hash_files(paths: Iterable[Path], root: Path) -> str:
	"""One hash over the names (relative to root) and the contents of the files."""
	total = hashlib.sha256()
	for path in paths:
		content = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
		total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
		total.update(content)
	return total.hexdigest()


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
	"""Write the file so that a reader sees the old content or the new, never a part."""
	path.parent.mkdir(parents=True, exist_ok=True)
	handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
	with os.fdopen(handle, "w") as file:
		file.write(text)
	os.chmod(name, mode)
	os.replace(name, path)


class Stamp:
	"""A file that says with which inputs a piece of work was finished."""

	def __init__(self, path: Path) -> None:
		self.path = path

	def read(self) -> dict[str, str]:
		"""The inputs of the finished work; empty if it never finished or the stamp is damaged."""
		try:
			content = json.loads(self.path.read_text())
		except (OSError, ValueError):
			return {}
		return content if isinstance(content, dict) else {}

	def says(self, **inputs: str) -> bool:
		"""Was the work finished with these inputs?"""
		known = self.read()
		return bool(known) and all(known.get(name) == value for name, value in inputs.items())

	def write(self, **inputs: str) -> None:
		"""Record more inputs; call this when the work is done, not before."""
		write_atomically(self.path, json.dumps({**self.read(), **inputs}, indent=1))

	def clear(self) -> None:
		self.path.unlink(missing_ok=True)


def remove(path: Path) -> None:
	"""Remove a file, a link or a folder, if it is there."""
	if path.is_symlink() or path.is_file():
		path.unlink(missing_ok=True)
	elif path.exists():
		shutil.rmtree(path)


def build_folder(target: Path, build: Callable[[Path], None]) -> None:
	"""Let build fill a new folder, then put it in target's place in one step.

	What build raises passes through; target is then as it was.
	"""
	target.parent.mkdir(parents=True, exist_ok=True)
	for leftover in target.parent.glob(f".{target.name}.*"):
		remove(leftover)
	work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
	work.chmod(0o755)
	try:
		build(work)
		old = work.with_name(work.name + ".old")
		if target.exists() or target.is_symlink():
			target.rename(old)
		work.rename(target)
		remove(old)
	except BaseException:
		remove(work)
		raise


@contextmanager
def locked(path: Path, waiting: Callable[[], None] = lambda: None, *, shared: bool = False) -> Iterator[None]:
	"""Hold the lock file for the block; calls waiting once if another process holds it.

	A shared lock keeps out only who wants it for himself. The kernel frees the lock of a process that is
	killed, so no lock is ever left behind.
	"""
	path.parent.mkdir(parents=True, exist_ok=True)
	kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
	with path.open("a") as file:
		try:
			fcntl.flock(file, kind | fcntl.LOCK_NB)
		except BlockingIOError:
			waiting()
			fcntl.flock(file, kind)
		yield


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
	"""Hold the lock file for the block if nobody else does; says whether it is held."""
	path.parent.mkdir(parents=True, exist_ok=True)
	with path.open("a") as file:
		try:
			fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			yield False
		else:
			yield True
