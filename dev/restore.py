"""Gives the renamed wheel its upstream names back, and trusts the result only if the sums agree."""

import hashlib
import zipfile
from pathlib import Path

from dev.digest import code_digest
from dev.errors import DevError

WHEEL_NAME = "criscostack"
WHEEL_VERSION = "1.0.0"
WHEEL_SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"
CODE_DIGEST = "bbce8a000f267ee5e18dd5b5fabbe35cd2704cb26056bc39a8215f09afd118a0"

# In this order: the short form would otherwise eat the beginning of the long ones.
RENAMES = (
	(b"criscostack", b"frappe"),
	(b"CRISCOSTACK", b"FRAPPE"),
	(b"Criscostack", b"Frappe"),
	(b"criscoerp", b"erpnext"),
	(b"Criscoerp", b"ERPNext"),
	(b"Crisco", b"Frappe"),
)


def upstream_text(content: bytes) -> bytes:
	"""The content with every renamed word put back."""
	for renamed, original in RENAMES:
		content = content.replace(renamed, original)
	return content


def upstream_path(name: str) -> str:
	"""The path that a file of the wheel has upstream."""
	return upstream_text(name.encode()).decode().replace("brik_helper", "bench_helper")


def check_wheel(wheel: Path) -> None:
	"""Raise DevError unless the wheel is, byte for byte, the one this set-up knows."""
	found = hashlib.sha256(wheel.read_bytes()).hexdigest()
	if found != WHEEL_SHA256:
		raise DevError(f"{wheel.name} is not the expected file: sha256 {found}, expected {WHEEL_SHA256}")


def check_code(package: Path) -> None:
	"""Raise DevError unless the restored code files are upstream's."""
	found = code_digest(package)
	if found != CODE_DIGEST:
		raise DevError(f"The restored engine differs from upstream: digest {found}, expected {CODE_DIGEST}")


def restore(wheel: Path, target: Path) -> None:
	"""Unpack the wheel into target under its upstream names.

	Raises DevError if a file of the archive would land outside of target.
	"""
	root = target.resolve()
	with zipfile.ZipFile(wheel) as archive:
		for name in archive.namelist():
			if name.endswith(("/", ".DS_Store")) or ".dist-info/" in name:
				continue
			path = (root / upstream_path(name)).resolve()
			if not path.is_relative_to(root):
				raise DevError(f"{wheel.name} holds a file outside of its own folder: {name}")
			path.parent.mkdir(parents=True, exist_ok=True)
			path.write_bytes(upstream_text(archive.read(name)))
