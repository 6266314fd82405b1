"""Goods that lie: what there is of items of which nothing, or little, was sold or used up for a while."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, Balance
from bottle_mfg.posting.sql import flat
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.balances import at_end_of
from bottle_mfg.reporting.daily_totals import totals

_AT_ONCE = 500
_ISSUED = "sold_quantity + consumed_quantity > 0"
_LAST_ISSUE = f"""(
	select item, date from `tabBottle Daily Total` use index (item_warehouse_date)
	where item = %s and warehouse = %s and date <= %s and {_ISSUED} order by date desc limit 1
)"""
_ENTRY = """(
	select item, date(posting_datetime) from `tabBottle Ledger Entry` use index (ledger_order)
	where item = %s and warehouse = %s and posting_datetime < %s and is_cancelled = 0
	order by posting_datetime {0}, sequence {0} limit 1
)"""

Key = tuple[str, str]


@dataclass(frozen=True)
class Lying:
	"""An item of which there is something. `item` has Bottle Item's fields; `used` is what was sold, less what came
	back, and used up in the days looked at, in its unit; `last_issue` the day when something last was (None: never)."""

	item: Any
	held: Balance
	used: Decimal
	first_movement: date
	last_movement: date
	last_issue: date | None

	def idle_days(self, on: date) -> int:
		"""Days since something of it was sold or used up, or, where that never was, since it first came in."""
		return (on - (self.last_issue or self.first_movement)).days


def slow_movers(
	on: date, days: int, percent: int, *, item: str | None = None, warehouse: str | None = None
) -> list[Lying]:
	"""What there was at the end of `on` of items of which at most `percent` of that was used in `days`, dearest first.

	What came in for the first time within these days had no time to go. In all warehouses together, or in one.
	"""
	held: dict[str, Balance] = defaultdict(Balance)
	for key, balance in at_end_of(on, item=item, warehouse=warehouse).items():
		sums = held[key.item]
		held[key.item] = Balance(sums.quantity + balance.quantity, sums.value + balance.value)
	if not held:
		return []
	first = on - timedelta(days=days - 1)
	sums = totals(
		("sold_quantity", "consumed_quantity"),
		("item",),
		first=first,
		last=on,
		where={"item": item, "warehouse": warehouse},
	)
	used = {code: sum(parts.values(), ZERO) for (code,), parts in sums.items()}
	slow = [code for code in held if used.get(code, ZERO) * 100 <= held[code].quantity * percent]
	found = _lying(slow, on, held, used, warehouse)
	return sorted(
		(one for one in found if one.first_movement < first),
		key=lambda one: (-one.held.value, -one.idle_days(on), one.item.name),
	)


def _lying(
	slow: list[str], on: date, held: dict[str, Balance], used: dict[str, Decimal], warehouse: str | None
) -> list[Lying]:
	keys = _keys(slow, warehouse)
	until = datetime.combine(on + timedelta(days=1), time())
	issued = _days(_LAST_ISSUE, keys, on)
	firsts = _days(_ENTRY.format("asc"), keys, until)
	lasts = _days(_ENTRY.format("desc"), keys, until)
	items = {row.name: row for row in _items(slow)}
	return [
		Lying(
			items[code],
			held[code],
			used.get(code, ZERO),
			min(firsts[code]),
			max(lasts[code]),
			max(issued.get(code, []), default=None),
		)
		for code in slow
	]


def _items(codes: Iterable[str]) -> list[Any]:
	fields = ["name", "item_name", "item_type", "uom"]
	return frappe.get_all("Bottle Item", filters={"name": ("in", [*codes])}, fields=fields)


def _keys(items: list[str], warehouse: str | None) -> list[Key]:
	"""Where the items are or once were."""
	conditions, values = within("Bottle Daily Total", {"warehouse": "Bottle Warehouse"})
	conditions.append("item in %s")
	values.append(tuple(items) or ("",))
	if warehouse:
		conditions.append("warehouse = %s")
		values.append(warehouse)
	rows = frappe.db.sql(
		f"select item, warehouse from `tabBottle Stock` where {' and '.join(conditions)}", values
	)
	return list(rows)


def _days(look: str, keys: list[Key], until: date) -> dict[str, list[date]]:
	"""What a look at each place finds, by item."""
	found: dict[str, list[date]] = defaultdict(list)
	for start in range(0, len(keys), _AT_ONCE):
		some = keys[start : start + _AT_ONCE]
		for item, day in frappe.db.sql(
			" union all ".join([look] * len(some)), flat((*key, until) for key in some)
		):
			found[item].append(day)
	return found
