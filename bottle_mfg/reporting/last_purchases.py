"""What items were bought at last, and from whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe

from bottle_mfg.posting.sql import exact, flat
from bottle_mfg.reporting.bills import visible

_LATEST = """(
	select line.item, bill.name, bill.supplier, bill.date, cast(line.unit_price as char)
	from `tabBottle Purchase Item` line join (
		select name, supplier, `date`, posting_time from `tabBottle Purchase`
		where docstatus = 1 and is_return = 0{0}
	) bill on bill.name = line.parent
	where line.item = %s
	order by bill.date desc, bill.posting_time desc, bill.name desc, line.idx desc limit 1
)"""
_AT_ONCE = 500


@dataclass(frozen=True)
class LastPurchase:
	"""The latest purchase of an item that stands; `unit_price` in currency for one unit."""

	purchase: str
	supplier: str
	day: date
	unit_price: Decimal


def last_purchases(items: Collection[str]) -> dict[str, LastPurchase]:
	"""The latest purchases of items that the session's user may see, by the items' codes; others are left out.

	For code that has asked whether its user may know what is bought, and for how much.
	"""
	return _latest(items, *visible("Bottle Purchase").bills())


def bought(items: Collection[str]) -> set[str]:
	"""Those of the items that were bought at all, whoever may see it."""
	return {*_latest(items, "", [])}


def _latest(items: Collection[str], condition: str, values: list[object]) -> dict[str, LastPurchase]:
	codes = list(dict.fromkeys(items))
	look = _LATEST.format(condition)
	found: dict[str, LastPurchase] = {}
	for start in range(0, len(codes), _AT_ONCE):
		some = codes[start : start + _AT_ONCE]
		for item, name, supplier, day, price in frappe.db.sql(
			" union all ".join([look] * len(some)), flat((*values, code) for code in some)
		):
			found[item] = LastPurchase(name, supplier, day, exact(price))
	return found
