"""What items were bought at last, and from whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import frappe

from bottle_mfg.posting.sql import exact

_LATEST = """(
	select line.item, bill.name, bill.supplier, bill.date, cast(line.unit_price as char)
	from `tabBottle Purchase Item` line join `tabBottle Purchase` bill on bill.name = line.parent
	where line.item = %s and bill.docstatus = 1 and bill.is_return = 0
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
	"""The latest purchases of items, by the items' codes; what was never bought is left out.

	For code that has asked whether its user may know.
	"""
	codes = list(dict.fromkeys(items))
	found: dict[str, LastPurchase] = {}
	for start in range(0, len(codes), _AT_ONCE):
		some = codes[start : start + _AT_ONCE]
		for item, name, supplier, day, price in frappe.db.sql(
			" union all ".join([_LATEST] * len(some)), some
		):
			found[item] = LastPurchase(name, supplier, day, exact(price))
	return found
