"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import frappe
import pymysql

MEGABYTE = 1024 * 1024
BUFFER_POOL = 2048
"""Megabytes that the database server of a factory would have."""


def facts(sizes: str) -> dict[str, str]:
	"""The conditions of a run, by what they are called."""
	pool, flush = _variable("innodb_buffer_pool_size"), _variable("innodb_flush_log_at_trx_commit")
	return {
		"date": f"{datetime.now():%Y-%m-%d %H:%M}",
		"machine": f"{os.cpu_count()} cores, {_memory()} of memory, {platform.machine()}",
		"other programs": f"a load of {os.getloadavg()[0]:.1f} in the minute before",
		"MariaDB": f"{_variable('version')}, buffer pool {int(pool) // MEGABYTE} MB, "
		f"innodb_flush_log_at_trx_commit={flush}",
		"Frappe": f"{frappe.__version__} on Python {platform.python_version()}",
		"sizes": sizes,
	}


def _variable(name: str) -> str:
	return str(frappe.db.sql("select @@global." + name)[0][0])


def _memory() -> str:
	"""Raises `OSError` on a system without /proc."""
	kilobytes = Path("/proc/meminfo").read_text().split("MemTotal:")[1].split()[0]
	return f"{round(int(kilobytes) / MEGABYTE)} GB"


def resident() -> float:
	"""What this process holds in memory, in megabytes."""
	return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def buffer_pool(megabytes: int) -> Iterator[None]:
	"""Give the database server at least this much memory for the block, where we may: a factory's would have it."""
	before = int(_variable("innodb_buffer_pool_size"))
	enlarged = before < megabytes * MEGABYTE and _set_buffer_pool(megabytes * MEGABYTE)
	try:
		yield
	finally:
		if enlarged:
			_set_buffer_pool(before)


def _set_buffer_pool(size: int) -> bool:
	"""Whether the server took it: it does so from its administrator alone, whom a development bench knows."""
	try:
		connection = _as_root()
	except pymysql.Error:
		return False
	with connection, connection.cursor() as cursor:
		cursor.execute("set global innodb_buffer_pool_size = %s", (size,))
	return True


def _as_root() -> pymysql.Connection[Any]:
	user = os.environ.get("BOTTLE_DB_ROOT") or frappe.conf.get("root_login") or "root"
	password = os.environ.get("BOTTLE_DB_ROOT_PASSWORD") or frappe.conf.get("root_password") or ""
	return pymysql.connect(host=frappe.db.host, port=int(frappe.db.port), user=user, password=password)
