"""What an item was bought for, and what one unit of it cost on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import frappe
from frappe.utils import getdate, nowdate

from bottle_mfg.ledger import ZERO, Balance, unit_cost
from bottle_mfg.posting.sql import exact
from bottle_mfg.reporting.access import within
from bottle_mfg.reporting.balances import at_end_of
from bottle_mfg.reporting.bills import Seen
from bottle_mfg.reporting.daily_totals import totals

_BOUGHT = ("purchased_quantity", "purchased_value", "return_difference")
_PLACES = {"item": "Bottle Item", "warehouse": "Bottle Warehouse"}


@dataclass(frozen=True)
class Bought:
	"""A line of a purchase: how much, for what price of one unit (currency, without other charges)."""

	day: date
	purchase: str
	supplier: str
	quantity: Decimal
	unit_price: Decimal


def unit_costs(item: str, days: int) -> list[tuple[date, Decimal]]:
	"""What one unit cost, over all warehouses, at the end of each of the last `days` days on which the item moved.

	The first is that of the day before them, if there was any. Days at whose end nothing was left say nothing.
	"""
	last = getdate(nowdate())
	first = last - timedelta(days=days - 1)
	before = at_end_of(first - timedelta(days=1), item=item).values()
	quantity = sum((balance.quantity for balance in before), ZERO)
	value = sum((balance.value for balance in before), ZERO)
	found = [(first - timedelta(days=1), Balance(quantity, value))] if quantity else []
	moved = totals(("quantity", "value"), ("date",), first=first, last=last, where={"item": item})
	for (day,), change in moved.items():
		quantity, value = quantity + change["quantity"], value + change["value"]
		found.append((day, Balance(quantity, value)))
	return [(day, unit_cost(held)) for day, held in found if held.quantity]


def last_bought(seen: Seen, item: str, most: int) -> list[Bought]:
	"""The latest lines of purchases of an item, of those that the user may see, the newest first.

	Found by the days on which something was bought: what else moved in between is passed over a day at a time.
	"""
	condition, values = seen.bills()
	found: list[Bought] = []
	passed, asked = 0, most
	while len(found) < most:
		days = _days_of_purchases(item, asked, passed)
		if days:
			rows = frappe.db.sql(
				f"""select bill.date, bill.name, bill.supplier, cast(line.quantity as char), cast(line.unit_price as char)
				from (select * from `tabBottle Purchase`
					where date in %s and docstatus = 1 and is_return = 0{condition}) bill
				join `tabBottle Purchase Item` line on line.parent = bill.name
				where line.item = %s
				order by bill.date desc, bill.posting_time desc, bill.name desc, line.idx limit %s""",
				(days, *values, item, most - len(found)),
			)
			found += [Bought(*row[:3], exact(row[3]), exact(row[4])) for row in rows]
		if len(days) < asked:
			break
		# Some had nothing but returns, or purchases that the user may not see.
		passed, asked = passed + asked, asked * 2
	return found


def _days_of_purchases(item: str, most: int, passed: int) -> list[date]:
	"""The latest days on which an item was bought or given back, after the first `passed` of them."""
	conditions, values = within("Bottle Daily Total", _PLACES)
	of_item = " and ".join([*conditions, "item = %s"])
	any_bought = " or ".join(f"{column} != 0" for column in _BOUGHT)
	days: list[date] = frappe.db.sql(
		f"""select distinct date from `tabBottle Daily Total` force index (item_warehouse_date)
		where {of_item} and ({any_bought}) order by date desc limit %s offset %s""",
		[*values, item, most, passed],
		pluck=True,
	)
	return days
