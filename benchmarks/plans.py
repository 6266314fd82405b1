"""How the database goes about a query: which of its large tables it would read from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import frappe

LARGE = 10_000
"""Rows from which on reading a whole table, or a whole index, is a fault: of fewer the database may find that quicker."""


def full_scans(statements: Iterable[str]) -> list[str]:
	"""The reads of whole large tables or indexes among the statements' plans: "table (how): statement"."""
	sizes: dict[str, int] = {}
	found = []
	for statement in statements:
		if not re.match(r"\s*\(?\s*(select|with)\b", statement, re.IGNORECASE):
			continue
		tables = [name for name in set(re.findall(r"`(tab[^`]+)`", statement)) if _rows(name, sizes) >= LARGE]
		if not tables:
			continue
		for step in frappe.db.sql(f"explain {statement}", as_dict=True):
			if (
				step.type in ("ALL", "index")
				and _rows_of(step, statement, tables, sizes) >= LARGE
				and not _bounded(step)
			):
				found.append(f"{step.table} ({step.type}): {' '.join(statement.split())[:200]}")
	return found


def _bounded(step: dict[str, Any]) -> bool:
	"""A page at an index's end is read in its order, and no further than the page goes."""
	return step["type"] == "index" and int(step["rows"] or 0) < LARGE


def _rows_of(step: dict[str, Any], statement: str, tables: list[str], sizes: dict[str, int]) -> int:
	"""How many rows the table of a step has, by its name or its alias; a derived table has none of its own."""
	name = str(step["table"] or "")
	if name in sizes:
		return sizes[name]
	for table in tables:
		if re.search(rf"`{re.escape(table)}`\s+(as\s+)?`?{re.escape(name)}`?\b", statement, re.IGNORECASE):
			return sizes[table]
	return 0


def _rows(table: str, sizes: dict[str, int]) -> int:
	if table not in sizes:
		sizes[table] = int(
			frappe.db.sql(f"select count(*) from (select 1 from `{table}` limit {LARGE}) counted")[0][0]
		)
	return sizes[table]
