"""How fast goods are used, and for how many days what there is will do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import ZERO
from bottle_mfg.posting.sql import flat
from bottle_mfg.reporting.daily_totals import totals

WINDOW = 30
"""Days that an average is taken over: long enough to even out weeks, short enough to follow a season."""

_QUANTITY_STEP = Decimal("0.001")
_DAY_STEP = Decimal("0.1")
_AT_ONCE = 500
_FIRST = """(
	select item, date(posting_datetime) from `tabBottle Ledger Entry` use index (ledger_order)
	where item = %s and warehouse = %s and is_cancelled = 0
	order by posting_datetime, sequence limit 1
)"""


@dataclass(frozen=True)
class Use:
	"""What was used of an item: sold, less what customers brought back, and used up in blows, in the item's unit.

	What moved to another warehouse, went back to a supplier or was missing at a count was not used. `days` are those
	of the window since the item moved for the first time, so that a new item is not taken for a slow one.
	"""

	quantity: Decimal
	days: int

	@property
	def per_day(self) -> Decimal:
		"""The average of a day, 3 places; 0 where more came back than went."""
		return (max(self.quantity, ZERO) / self.days).quantize(_QUANTITY_STEP)

	def cover(self, held: Decimal) -> Decimal | None:
		"""For how many days `held` will do at that rate, 1 place; None where nothing was used."""
		return (held * self.days / self.quantity).quantize(_DAY_STEP) if self.quantity > 0 else None


def used(on: date | None = None, item: str | None = None, days: int = WINDOW) -> dict[str, Use]:
	"""The use of every item, or of one, in the `days` that end with `on` (default: today), in all warehouses.

	Items of which nothing was used are left out. Users see no more items and warehouses than User Permissions let
	them.
	"""
	last = on or getdate(nowdate())
	first = last - timedelta(days=days - 1)
	sums = totals(
		("sold_quantity", "consumed_quantity"), ("item",), first=first, last=last, where={"item": item}
	)
	since = _first_days([code for (code,) in sums])
	return {
		code: Use(sum(parts.values(), ZERO), (last - max(first, since.get(code, first))).days + 1)
		for (code,), parts in sums.items()
	}


def _first_days(items: list[str]) -> dict[str, date]:
	"""By item the day on which it moved for the first time: one look into an index for each balance."""
	keys = frappe.db.sql("select item, warehouse from `tabBottle Stock` where item in %s", (items or [""],))
	found: dict[str, date] = {}
	for start in range(0, len(keys), _AT_ONCE):
		some = keys[start : start + _AT_ONCE]
		for code, day in frappe.db.sql(" union all ".join([_FIRST] * len(some)), flat(some)):
			found[code] = min(day, found.get(code, day))
	return found
