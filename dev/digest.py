"""One checksum over the code files of a Frappe tree, equal on both sides of the rename."""

import hashlib
from pathlib import Path

# Endings, not suffixes: the tree holds a file whose whole name is ".txt".
CODE_ENDINGS = (".py", ".js", ".scss", ".vue", ".sql", ".txt")


def blob_id(content: bytes) -> str:
	"""The name that Git gives a file of this content."""
	return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def code_digest(root: Path) -> str:
	"""SHA-256 over the sorted lines `path blob` of every code file below root."""
	lines = sorted(
		f"{path.relative_to(root).as_posix()} {blob_id(path.read_bytes())}"
		for path in root.rglob("*")
		if path.name.endswith(CODE_ENDINGS) and path.is_file()
	)
	return hashlib.sha256("\n".join(lines).encode()).hexdigest()
