"""Work that one process at a time does, across the whole database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def alone(what: str) -> Iterator[bool]:
	"""Whether nobody else is at it. It outlasts commits; the database frees it if this process dies."""
	lock = name_of(what)
	ours = bool(frappe.db.sql("select get_lock(%s, 0)", (lock,))[0][0])
	try:
		yield ours
	finally:
		if ours:
			frappe.db.sql("select release_lock(%s)", (lock,))


def is_free(what: str) -> bool:
	"""Whether nobody is at it now."""
	return bool(frappe.db.sql("select is_free_lock(%s)", (name_of(what),))[0][0])


def name_of(what: str) -> str:
	"""What the database calls it: its locks are shared by all sites of a server, and their names are short."""
	return f"{frappe.conf.db_name}.{what}"
