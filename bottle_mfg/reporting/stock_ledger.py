"""A page of the stock ledger, or all of it. Every query follows an index of Bottle Ledger Entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe

from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.periods import MONTHLY, split

_EXACT = ("quantity", "value", "balance_quantity", "balance_value")
_PLAIN = (
	"posting_datetime",
	"sequence",
	"item",
	"warehouse",
	"basis",
	"voucher_type",
	"voucher_no",
	"is_cancelled",
)
_ALL = 2**63 - 1


@dataclass(frozen=True)
class Wanted:
	"""Which entries: of the days from `first` to `last`, both included, and of what else is given.

	A document's entries are wanted whatever their day.
	"""

	first: date
	last: date
	item: str | None = None
	warehouse: str | None = None
	voucher_no: str | None = None
	voucher_type: str | None = None
	cancelled: bool = False
	newest_first: bool = False


def entries(wanted: Wanted, limit: int, offset: int = 0) -> list[dict[str, Any]]:
	"""At most `limit` entries in ledger order, figures as exact numbers."""
	conditions, values = _conditions(wanted)
	direction = "desc" if wanted.newest_first else "asc"
	figures = ", ".join(f"cast(`{column}` as char) `{column}`" for column in _EXACT)
	rows = frappe.db.sql(
		f"""select {", ".join(f"`{column}`" for column in _PLAIN)}, {figures}
		from `tabBottle Ledger Entry` {_index(wanted)}
		where {" and ".join(conditions)}
		order by posting_datetime {direction}, sequence {direction}
		limit %s offset %s""",
		(*values, limit, offset),
		as_dict=True,
	)
	for row in rows:
		row.update({column: exact(row[column]) for column in _EXACT})
	return rows


def every_entry(wanted: Wanted) -> Iterator[dict[str, Any]]:
	"""All entries in ledger order, figures as exact numbers; a month of them in memory at a time."""
	if wanted.voucher_no:
		yield from entries(wanted, _ALL)
		return
	months = split(wanted.first, wanted.last, MONTHLY)
	for month in reversed(months) if wanted.newest_first else months:
		yield from entries(replace(wanted, first=month.first, last=month.last), _ALL)


def count(wanted: Wanted, most: int) -> int:
	"""How many entries there are; one more than `most` where there are more."""
	conditions, values = _conditions(wanted)
	found = frappe.db.sql(
		f"""select count(*) from (select 1 from `tabBottle Ledger Entry` {_index(wanted)}
			where {" and ".join(conditions)} limit %s) counted""",
		(*values, most + 1),
	)
	return int(found[0][0])


def _index(wanted: Wanted) -> str:
	if wanted.voucher_no:
		return "ignore index (ledger_order, posting_order)"  # the name of the other differs between Frappe releases
	return "use index (ledger_order)" if wanted.item else "use index (posting_order)"


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
	conditions, values = within(
		"Bottle Ledger Entry", {"item": "Bottle Item", "warehouse": "Bottle Warehouse"}
	)
	by_day = not wanted.voucher_no
	for condition, value in (
		("voucher_no = %s", wanted.voucher_no),
		("voucher_type = %s", wanted.voucher_type),
		("item = %s", wanted.item),
		("warehouse = %s", wanted.warehouse),
		# The index of an item's entries by time begins with item and warehouse.
		("warehouse in %s", warehouses_of(wanted.item) if wanted.item and not wanted.warehouse else None),
		("posting_datetime >= %s", datetime.combine(wanted.first, time()) if by_day else None),
		(
			"posting_datetime < %s",
			datetime.combine(wanted.last + timedelta(days=1), time()) if by_day else None,
		),
	):
		if value is not None:
			conditions.append(condition)
			values.append(value)
	if not wanted.cancelled:
		conditions.append("is_cancelled = 0")
	return conditions, values


def warehouses_of(item: str) -> tuple[str, ...]:
	"""The warehouses in which there was ever anything of an item: its index begins with item and warehouse."""
	return tuple(frappe.get_all("Bottle Stock", filters={"item": item}, pluck="warehouse")) or ("",)
