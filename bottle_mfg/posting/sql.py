"""What the bulk statements of posting have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import frappe
from pymysql.converters import escape_string

STANDARD_COLUMNS = ("creation", "modified", "owner", "modified_by", "docstatus", "idx")


def standard_values(now: datetime) -> tuple[Any, ...]:
	"""The values of `STANDARD_COLUMNS` for a row that the session's user makes at `now`."""
	return (now, now, frappe.session.user, frappe.session.user, 0, 0)


def columns(names: Iterable[str]) -> str:
	"""The names as a quoted list of columns."""
	return ", ".join(f"`{name}`" for name in names)


def places(rows: Sequence[Sequence[Any]], *expressions: str) -> str:
	"""As many `(%s, …)` groups as there are rows, each begun by the given SQL expressions."""
	return ", ".join(["(" + ", ".join([*expressions, *["%s"] * len(rows[0])]) + ")"] * len(rows))


def flat(rows: Iterable[Iterable[Any]]) -> list[Any]:
	"""The values of all rows, one after another."""
	return [cell for row in rows for cell in row]


def joined(doctype: str, given: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
	"""A table reference that has each row of `rows` as `x` beside the record `t` it names.

	`given` names the parts of a row, the record's name first. Records that do not exist are left out.
	"""
	# Written out here: the driver's own way of filling in places takes longer than the database takes for it all.
	values = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
	named = "x.name collate utf8mb4_unicode_ci" if isinstance(rows[0][0], str) else "x.name"
	return f"""(with v ({columns(given)}) as (values {values}) select * from v) x
		straight_join `tab{doctype}` t on t.name = {named}"""


def literal(cell: Any) -> str:
	"""A value as it stands in SQL that is run without values of its own."""
	if cell is None:
		return "null"
	if isinstance(cell, Decimal):
		return f"{cell:f}"  # with an exponent it would be a float
	return str(cell) if isinstance(cell, int) else f"'{escape_string(str(cell))}'"


def exact(text: str | None) -> Decimal:
	"""A decimal column read as text: the driver would hand it over as a float."""
	return Decimal(text or 0).normalize() + 0
