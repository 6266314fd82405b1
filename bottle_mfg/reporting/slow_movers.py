"""Goods that lie: what there is of items of which nothing, or little, was sold or used up for a while."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import frappe

from bottle_mfg.ledger import ZERO, Balance
from bottle_mfg.posting.sql import exact, flat
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.balances import at_end_of
from bottle_mfg.reporting.daily_totals import totals

_AT_ONCE = 500
_ISSUED = "sold_quantity + consumed_quantity > 0"
_LAST_ISSUE = f"""(
	select item, date from `tabBottle Daily Total` use index (item_warehouse_date)
	where item = %s and warehouse = %s and date <= %s and {_ISSUED} order by date desc limit 1
)"""
_LAST_ENTRY = """(
	select item, date(posting_datetime) from `tabBottle Ledger Entry` use index (ledger_order)
	where item = %s and warehouse = %s and posting_datetime < %s and is_cancelled = 0
	order by posting_datetime desc, sequence desc limit 1
)"""
_ISSUE = """(
	select item, date(posting_datetime) from `tabBottle Ledger Entry` use index (ledger_order)
	where item = %s and warehouse = %s and posting_datetime >= %s and posting_datetime < %s and is_cancelled = 0
		and quantity < 0 and voucher_type in ('Bottle Sale', 'Blow')
	order by posting_datetime desc, sequence desc limit 1
)"""
_MOVED = """(
	select item, date, cast(quantity as char) from `tabBottle Daily Total` use index (item_warehouse_date)
	where item = %s and warehouse = %s and date >= %s and date <= %s
)"""
_EVER = date(1000, 1, 1)
_DAY = timedelta(days=1)

Key = tuple[str, str]


@dataclass(frozen=True)
class Lying:
	"""An item of which there is something. `item` has Bottle Item's fields; `used` is what was sold, less what came
	back, and used up in the days looked at, in its unit; `last_issue` the day when something last was (None: never);
	`came` that on which it came, where there was none at its beginning (None: before all that)."""

	item: Any
	held: Balance
	used: Decimal
	last_movement: date
	last_issue: date | None
	came: date | None

	def idle_days(self, on: date) -> int:
		"""Days since something of it was sold or used up, or since it came, where that is later."""
		return (on - max(day for day in (self.last_issue, self.came) if day)).days


def slow_movers(
	on: date, days: int, percent: int, *, item: str | None = None, warehouse: str | None = None
) -> list[Lying]:
	"""What there was at the end of `on` of items of which at most `percent` of that was used in `days`, dearest first.

	What came within these days, when there was none of it, had no time to go. In all warehouses together, or in one.
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
	found = _lying(slow, first, on, held, used, warehouse)
	return sorted(
		(one for one in found if one.came is None or one.came < first),
		key=lambda one: (-one.held.value, -one.idle_days(on), one.item.name),
	)


def _lying(
	slow: list[str],
	first: date,
	on: date,
	held: dict[str, Balance],
	used: dict[str, Decimal],
	warehouse: str | None,
) -> list[Lying]:
	keys = _keys(slow, warehouse)
	until = on + _DAY
	lasts = _latest(_LAST_ENTRY, [(*key, until) for key in keys])
	issued = _latest(_LAST_ISSUE, [(*key, on) for key in keys])
	# A day on which as much came back says of itself that nothing was sold: what it was, the entries know.
	after = {code: day + _DAY for code, day in issued.items()}
	issued |= _latest(_ISSUE, [(*key, after.get(key[0], _EVER), until) for key in keys])
	starts = {code: min(first, day + _DAY) for code, day in issued.items()}
	moved: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
	for code, day, quantity in _each(_MOVED, [(*key, starts.get(key[0], _EVER), on) for key in keys]):
		moved[code][day] += exact(quantity)
	items = {row.name: row for row in _items(slow)}
	return [
		Lying(
			items[code],
			held[code],
			used.get(code, ZERO),
			lasts[code],
			issued.get(code),
			_came(held[code].quantity, moved[code]),
		)
		for code in slow
	]


def _came(held: Decimal, moved: Mapping[date, Decimal]) -> date | None:
	"""The last day at whose beginning there was nothing of what is `held` after all that moved; None: there always was."""
	for day in sorted(moved, reverse=True):
		held -= moved[day]
		if not held:
			return day
	return None


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


def _latest(look: str, asked: list[tuple[Any, ...]]) -> dict[str, date]:
	"""The latest day that looks at the places of an item find."""
	found: dict[str, date] = {}
	for item, day in _each(look, asked):
		found[item] = max(day, found.get(item, day))
	return found


def _each(look: str, asked: list[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
	"""The rows that a look finds with each of the values, many at once."""
	for start in range(0, len(asked), _AT_ONCE):
		some = asked[start : start + _AT_ONCE]
		yield from frappe.db.sql(" union all ".join([look] * len(some)), flat(some))
