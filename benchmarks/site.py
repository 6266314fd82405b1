"""The site that is measured on: connected, known to be for this, emptied, with its statements counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe
import pymysql

FLAG = "bottle_benchmark"
"""In a site's configuration: everything of ours on it may be deleted."""

MODULE = "Bottle Mfg"
WAREHOUSE = "Bottle Warehouse"


def connect() -> None:
	"""Connect this process to the site that BOTTLE_BENCH and BOTTLE_SITE name, as Administrator.

	Raises `SystemExit` where the site is not one that may be emptied.
	"""
	if "BOTTLE_BENCH" not in os.environ:
		raise SystemExit("The benchmarks need a bench: run them with `make benchmark`.")
	os.chdir(f"{os.environ['BOTTLE_BENCH']}/sites")
	frappe.init(site=os.environ["BOTTLE_SITE"], sites_path=".")
	if not frappe.conf.get(FLAG):
		raise SystemExit(f"{frappe.local.site} is not marked with {FLAG} in its configuration: left alone.")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.flags.mute_emails = True


def plain_connection(**options: Any) -> pymysql.Connection[Any]:
	"""A connection of its own to the site's database, past Frappe. Raises `pymysql.Error`."""
	db = frappe.db
	return pymysql.connect(
		host=db.host, port=int(db.port), user=db.user, password=db.password, database=db.user, **options
	)


def empty() -> None:
	"""Delete all that was ever entered, masters too, but for the default warehouse and the settings."""
	frappe.db.commit()
	kept = frappe.db.get_single_value("Bottle Mfg Settings", "default_warehouse")
	for doctype in frappe.get_all("DocType", filters={"module": MODULE, "issingle": 0}, pluck="name"):
		if doctype != WAREHOUSE:
			frappe.db.sql_ddl(f"truncate table `tab{doctype}`")
	frappe.db.delete(WAREHOUSE, {"name": ("!=", kept)})
	frappe.db.delete("Version")
	frappe.db.sql("delete from `tabSeries` where name regexp '^[A-Z]+-[0-9]{6}-$'")
	frappe.db.commit()
	frappe.clear_cache()


def commit() -> None:
	"""End a document's transaction as a request does, and forget what a request would forget."""
	frappe.db.commit()
	frappe.clear_messages()
	frappe.local.response = frappe._dict(docs=[])


def asked() -> int:
	"""How many statements the database has counted on this connection."""
	return int(frappe.db.sql("show session status like 'Questions'")[0][1])


def statements(act: Callable[[], object]) -> int:
	"""How many statements the database counts on this connection while `act` runs."""
	before = asked()
	act()
	return asked() - before - 1


@contextmanager
def recorded() -> Iterator[list[str]]:
	"""Collect the text of every statement that goes through Frappe's connection inside the block."""
	texts: list[str] = []
	original = frappe.db.sql

	def sql(*arguments: Any, **options: Any) -> Any:
		answer = original(*arguments, **options)
		texts.append(_text(frappe.db._cursor))
		return answer

	frappe.db.sql = sql
	try:
		yield texts
	finally:
		del frappe.db.sql


def _text(cursor: Any) -> str:
	executed = cursor._executed
	return executed.decode() if isinstance(executed, bytes) else str(executed)
